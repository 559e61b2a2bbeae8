#include "harness/commands/merge_command.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <optional>

#include "harness/commands/check_command.hpp"
#include "harness/commands/complain.hpp"
#include "harness/files/input_file.hpp"
#include "harness/files/output_file.hpp"
#include "harness/search/expectation.hpp"
#include "harness/search/settings.hpp"
#include "reports/command_name.hpp"
#include "reports/results.hpp"
#include "reports/writers/json.hpp"
#include "scenarios/entry.hpp"

namespace revenant::harness {
namespace {

using model::BadInput;
using model::Ending;
using model::Verdict;
using reports::Report;
using reports::Row;

model::Result<Report> read_results(const std::string& path) {
    const auto text = read_file(path);
    if (!text) return BadInput{text.error()};
    auto report = reports::parse_results(*text);
    if (!report) return BadInput{path + ": " + report.error()};
    return report;
}

/// The shares of one row, by their index.
struct Shares {
    unsigned count = 0;
    std::map<unsigned, Row> rows;
};

std::string name_of(const Row& row) {
    return fmt::format("{} {} {} threads {}", row.scenario, row.implementation, row.threads, row.strategy);
}

constexpr unsigned threads_in_any_world = 128;

std::optional<std::string> add(const std::string& path, const Row& row, Shares& shares) {
    const auto wrong = [&](const std::string& what) {
        return fmt::format("{}: {}{}", path, name_of(row), what);
    };
    if (row.shard.empty()) return wrong(" is not a share; only files of check --shard can be merged");
    if (row.threads < model::relacy::explore_threads_min || row.threads > threads_in_any_world ||
        row.strategy != kind_of(StrategyName::dpor).text) {
        return wrong(" is not as its schema says");
    }
    const auto shard = parse_shard(row.shard);
    if (!shard) return wrong(": " + shard.error());
    if (shares.count == 0) shares.count = shard->count;
    if (shares.count != shard->count) {
        return wrong(fmt::format(": share {} among shares of {}", row.shard, shares.count));
    }
    if (!shares.rows.empty() && shares.rows.begin()->second.symmetry != row.symmetry) {
        return wrong(": a share with symmetry among shares without, or the other way round");
    }
    if (!shares.rows.emplace(shard->index, row).second) {
        return wrong(fmt::format(": share {} is there twice", row.shard));
    }
    return std::nullopt;
}

// The row of the whole search. The first share that found something speaks for all.
Row join(const Shares& shares, const scenarios::Entry& entry) {
    std::uint64_t complete = 0;
    std::uint64_t blocked = 0;
    double seconds = 0;
    bool all_done = true;
    const Row* broken = nullptr;
    for (const auto& [index, row] : shares.rows) {
        complete += row.outcome.executions_complete;
        blocked += row.outcome.executions_blocked;
        seconds += row.outcome.seconds;
        all_done =
            all_done && (row.outcome.ending == Ending::share || row.outcome.ending == Ending::exhausted);
        if (broken == nullptr && row.outcome.verdict == Verdict::broken) broken = &row;
    }
    Row whole = broken != nullptr ? *broken : shares.rows.begin()->second;
    const bool proven = broken == nullptr && all_done;
    whole.shard.clear();
    whole.expected = expected_verdict({&entry, whole.threads}, StrategyName::dpor);
    auto& outcome = whole.outcome;
    outcome.seconds = seconds;
    outcome.exhaustive = proven;
    // A share may have been too small to be worth one.
    for (const auto& [index, row] : shares.rows) {
        if (whole.advice.empty()) whole.advice = row.advice;
    }
    if (broken != nullptr) return whole;
    outcome.executions_complete = complete;
    outcome.executions_blocked = blocked;
    if (proven) outcome.ending = Ending::exhausted;
    outcome.verdict = proven ? Verdict::correct : Verdict::undecided;
    whole.as_expected = is_as_expected(outcome, entry.claim, whole.expected);
    return whole;
}

// A program that explores its own tests is claimed to be right, and names none as the catalogue does.
bool is_of_ordinary_code(const Row& row) { return row.scenario.find('/') == row.scenario.npos; }

scenarios::Entry test_of_ordinary_code(const Row& row) {
    scenarios::Entry entry;
    entry.scenario = row.scenario;
    entry.implementation = row.implementation;
    entry.exhaustive_threads_max = model::program_threads_max;
    return entry;
}

model::Result<Report> merge(const std::vector<std::string>& files) {
    std::vector<std::string> order;  // as the rows are met
    std::map<std::string, Shares> shares;
    Report merged;
    for (const auto& path : files) {
        const auto report = read_results(path);
        if (!report) return BadInput{report.error()};
        if (merged.build.empty()) merged.version = report->version;
        if (merged.build.empty()) merged.build = report->build;
        if (merged.build != report->build) {
            return BadInput{
                fmt::format("{}: of another build of revenant than {}: their shares may not fit together",
                            path, files.front())};
        }
        merged.interrupted = merged.interrupted || report->interrupted;
        for (const auto& row : report->rows) {
            auto& of_row = shares[name_of(row)];
            if (of_row.rows.empty()) order.push_back(name_of(row));
            if (auto error = add(path, row, of_row)) return BadInput{*error};
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
        const auto* const entry = scenarios::find_entry(first.scenario, first.implementation);
        if (entry == nullptr && is_of_ordinary_code(first)) {
            merged.rows.push_back(join(of_row, test_of_ordinary_code(first)));
            continue;
        }
        if (entry == nullptr) {
            return BadInput{
                fmt::format("the catalogue has no {}; `{} list` shows it", name, reports::command_name)};
        }
        merged.rows.push_back(join(of_row, *entry));
    }
    return merged;
}

}  // namespace

ExitStatus run_merge(const std::vector<std::string>& files, const std::string& json_path) {
    for (const auto& file : files) {
        std::error_code error;
        if (json_path != "-" && std::filesystem::equivalent(file, json_path, error)) {
            return complain(exit_usage,
                            fmt::format("--json: {} is one of the files to be joined", json_path));
        }
    }
    const auto merged = merge(files);
    if (!merged) return complain(exit_usage, merged.error());
    const auto text = reports::to_json(*merged);
    if (!json_path.empty() && json_path != "-") {
        auto file = OutputFile::open(json_path);
        if (!file) return complain(exit_usage, file.error());
        if (const auto error = file->commit(text)) return complain(exit_usage, *error);
    }
    if (json_path == "-") {
        print(text);
    } else {
        for (const auto& row : merged->rows) {
            const auto& outcome = row.outcome;
            print(fmt::format("{}: {}{}, {} executions, {} blocked\n", name_of(row), to_text(outcome.verdict),
                              outcome.exhaustive ? ", exhaustive" : "", outcome.executions_complete,
                              outcome.executions_blocked));
            if (!row.advice.empty()) print("  " + row.advice + "\n");
        }
    }
    if (const auto error = flush_stdout()) return complain(exit_usage, *error);
    return status_of(*merged);
}

}  // namespace revenant::harness
