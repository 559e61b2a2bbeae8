#include "harness/merge_command.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "harness/complain.hpp"
#include "harness/input_file.hpp"
#include "harness/output_file.hpp"
#include "harness/search_row.hpp"
#include "scenarios/catalogue.hpp"

namespace revenant::harness {
namespace {

using model::BadInput;
using nlohmann::ordered_json;

model::Result<ordered_json> read_results(const std::string& path) {
    const auto text = read_file(path);
    if (!text) return BadInput{text.error()};
    auto root = ordered_json::parse(*text, nullptr, false);
    if (!root.is_object() || !root.contains("schema") || root["schema"] != "revenant.results/1" ||
        !root.contains("rows") || !root["rows"].is_array() || root["rows"].empty() ||
        !root.contains("interrupted") || !root["interrupted"].is_boolean()) {
        return BadInput{fmt::format("{} is not a revenant.results/1 file with rows, or is cut short", path)};
    }
    return root;
}

/// The shares of one row, by their index.
struct Shares {
    unsigned count = 0;
    std::map<unsigned, ordered_json> rows;
};

std::string name_of(const ordered_json& row) {
    return fmt::format("{} {} {} threads {}", row.at("scenario").get<std::string>(),
                       row.at("implementation").get<std::string>(), row.at("threads").get<unsigned>(),
                       row.at("strategy").get<std::string>());
}

// What `join` relies on, and no number that its sum could run over with.
bool is_sound(const ordered_json& row) {
    constexpr std::uint64_t executions_max = std::uint64_t{1} << 48;
    const auto& executions = row.at("executions");
    const auto is_count = [&](const char* name) {
        const auto& count = executions.at(name);
        return count.is_number_unsigned() && count.get<std::uint64_t>() <= executions_max;
    };
    const auto& threads = row.at("threads");
    return is_count("complete") && is_count("blocked") && threads.is_number_unsigned() &&
           threads.get<unsigned>() >= model::relacy::explore_threads_min &&
           threads.get<unsigned>() <= model::relacy::explore_threads_max && row.at("strategy") == "dpor" &&
           row.at("seconds").is_number() && row.at("ending").is_string() && row.at("verdict").is_string() &&
           row.at("symmetry").is_boolean() && row.at("as_expected").is_boolean();
}

std::optional<std::string> add(const std::string& path, const ordered_json& row, Shares& shares) {
    if (!row.at("shard").is_string()) {
        return fmt::format("{}: {} is not a share; only files of check --shard can be merged", path,
                           name_of(row));
    }
    if (!is_sound(row)) return fmt::format("{}: {} is not as its schema says", path, name_of(row));
    const auto shard = parse_shard(row.at("shard").get<std::string>());
    if (!shard) return fmt::format("{}: {}: {}", path, name_of(row), shard.error());
    if (shares.count == 0) shares.count = shard->count;
    if (shares.count != shard->count) {
        return fmt::format("{}: {}: share {}/{} among shares of {}", path, name_of(row), shard->index,
                           shard->count, shares.count);
    }
    if (!shares.rows.empty() && shares.rows.begin()->second.at("symmetry") != row.at("symmetry")) {
        return fmt::format("{}: {}: a share with symmetry among shares without, or the other way round", path,
                           name_of(row));
    }
    if (!shares.rows.emplace(shard->index, row).second) {
        return fmt::format("{}: {}: share {}/{} is there twice", path, name_of(row), shard->index,
                           shard->count);
    }
    return std::nullopt;
}

// The row of the whole search. The first share that found something speaks for all.
ordered_json join(const Shares& shares, const scenarios::Entry& entry) {
    ordered_json whole = shares.rows.begin()->second;
    std::uint64_t complete = 0;
    std::uint64_t blocked = 0;
    double seconds = 0;
    bool all_done = true;
    const ordered_json* broken = nullptr;
    for (const auto& [index, row] : shares.rows) {
        complete += row.at("executions").at("complete").get<std::uint64_t>();
        blocked += row.at("executions").at("blocked").get<std::uint64_t>();
        seconds += row.at("seconds").get<double>();
        const auto ending = row.at("ending").get<std::string>();
        all_done = all_done && (ending == "share" || ending == "exhausted");
        if (broken == nullptr && row.at("verdict") == "broken") broken = &row;
    }
    if (broken != nullptr) whole = *broken;
    const bool proven = broken == nullptr && all_done;
    const auto expected = entry.claim.verdict(whole.at("threads").get<unsigned>());
    whole["shard"] = nullptr;
    whole["seconds"] = seconds;
    whole["exhaustive"] = proven;
    whole["expected"] = model::to_text(expected);
    if (broken == nullptr) {
        whole["executions"]["complete"] = complete;
        whole["executions"]["blocked"] = blocked;
        whole["ending"] = proven ? "exhausted" : whole["ending"];
        whole["verdict"] = proven ? "correct" : "undecided";
        whole["as_expected"] = proven && expected == model::Verdict::correct;
    }
    return whole;
}

struct Merged {
    ordered_json rows = ordered_json::array();
    bool interrupted = false;
};

model::Result<Merged> merge(const std::vector<std::string>& files) {
    std::vector<std::string> order;  // as the rows are met
    std::map<std::string, Shares> shares;
    Merged merged;
    for (const auto& path : files) {
        const auto root = read_results(path);
        if (!root) return BadInput{root.error()};
        merged.interrupted = merged.interrupted || root->at("interrupted").get<bool>();
        for (const auto& row : (*root)["rows"]) {
            try {
                auto& of_row = shares[name_of(row)];
                if (of_row.rows.empty()) order.push_back(name_of(row));
                if (auto error = add(path, row, of_row)) return BadInput{*error};
            } catch (const nlohmann::json::exception&) {
                return BadInput{fmt::format("{} has a row that is not as its schema says", path)};
            }
        }
    }
    for (const auto& name : order) {
        const auto& of_row = shares.at(name);
        for (unsigned i = 1; i <= of_row.count; ++i) {
            if (of_row.rows.count(i) == 0) {
                return BadInput{fmt::format("{}: share {}/{} is missing", name, i, of_row.count)};
            }
        }
        const auto& first = of_row.rows.begin()->second;
        const auto* const entry = scenarios::find_entry(first.at("scenario").get<std::string>(),
                                                        first.at("implementation").get<std::string>());
        if (entry == nullptr) {
            return BadInput{fmt::format("the catalogue has no {}; `revenant list` shows it", name)};
        }
        merged.rows.push_back(join(of_row, *entry));
    }
    return merged;
}

ExitStatus status_of(const Merged& merged) {
    auto status = merged.interrupted ? exit_undecided : exit_as_expected;
    for (const auto& row : merged.rows) {
        if (row.at("as_expected").get<bool>()) continue;
        if (row.at("verdict") != "undecided") return exit_not_as_expected;
        status = exit_undecided;
    }
    return status;
}

}  // namespace

ExitStatus run_merge(const std::vector<std::string>& files, const std::string& json_path) {
    const auto merged = merge(files);
    if (!merged) return complain(exit_usage, merged.error());
    const ordered_json root{
        {"schema", "revenant.results/1"}, {"interrupted", merged->interrupted}, {"rows", merged->rows}};
    const auto text = root.dump(2) + "\n";
    if (!json_path.empty() && json_path != "-") {
        auto file = OutputFile::open(json_path);
        if (!file) return complain(exit_usage, file.error());
        if (const auto error = file->commit(text)) return complain(exit_usage, *error);
    }
    if (json_path == "-") {
        std::fputs(text.c_str(), stdout);
    } else {
        for (const auto& row : merged->rows) {
            fmt::print("{}: {}{}, {} executions, {} blocked\n", name_of(row),
                       row.at("verdict").get<std::string>(),
                       row.at("exhaustive").get<bool>() ? ", exhaustive" : "",
                       row.at("executions").at("complete").get<std::uint64_t>(),
                       row.at("executions").at("blocked").get<std::uint64_t>());
        }
    }
    if (const auto error = flush_stdout()) return complain(exit_usage, *error);
    return status_of(*merged);
}

}  // namespace revenant::harness
