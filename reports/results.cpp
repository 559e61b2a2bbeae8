#include "reports/results.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "reports/writers/facts.hpp"

namespace revenant::reports {
namespace {

using model::BadInput;
using nlohmann::json;

// The values of an enumeration by their spelling. `last` is the last of them.
template <class Enum>
Enum word(const json& value, Enum last) {
    const auto& text = value.get_ref<const std::string&>();
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        if (text == to_text(static_cast<Enum>(i))) return static_cast<Enum>(i);
    }
    throw std::out_of_range("unknown word");
}

// No number that a sum over many files could run over with.
std::uint64_t count(const json& value) {
    constexpr std::uint64_t count_max = std::uint64_t{1} << 48;
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > count_max) {
        throw std::out_of_range("not a count");
    }
    return value.get<std::uint64_t>();
}

unsigned threads(const json& value) {
    constexpr std::uint64_t threads_max = 1000;  // far above what any model runs
    const auto number = count(value);
    if (number > threads_max) throw std::out_of_range("not a number of threads");
    return static_cast<unsigned>(number);
}

double seconds(const json& value) {
    const auto number = value.get<double>();
    if (!std::isfinite(number) || number < 0) throw std::out_of_range("not a time");
    return number;
}

std::string text_or_empty(const json& value) {
    return value.is_null() ? std::string() : value.get<std::string>();
}

std::optional<model::Finding> finding(const json& value) {
    if (value.is_null()) return std::nullopt;
    model::Finding found;
    found.kind = word(value.at("kind"), model::FindingKind::assertion);
    found.invariant = value.at("invariant").get<std::string>();
    found.where = value.at("where").get<std::string>();
    found.sentence = value.at("sentence").get<std::string>();
    return found;
}

model::Schedule schedule(const json& value) {
    if (value.is_null()) return {};
    auto parsed = model::parse_schedule(value.get_ref<const std::string&>());
    if (!parsed) throw std::out_of_range("not a schedule");
    return std::move(*parsed);
}

// Throws what nlohmann::json or std throw where something is missing, or is not what it should be.
Row row_of(const json& value) {
    Row row;
    row.scenario = value.at("scenario").get<std::string>();
    row.implementation = value.at("implementation").get<std::string>();
    row.threads = threads(value.at("threads"));
    row.strategy = value.at("strategy").get<std::string>();
    row.symmetry = value.at("symmetry").get<bool>();
    row.shard = text_or_empty(value.at("shard"));
    row.expected = word(value.at("expected"), model::Verdict::undecided);
    row.as_expected = value.at("as_expected").get<bool>();
    auto& outcome = row.outcome;
    outcome.ending = word(value.at("ending"), model::Ending::diverged);
    outcome.exhaustive = value.at("exhaustive").get<bool>();
    outcome.executions_complete = count(value.at("executions").at("complete"));
    outcome.executions_blocked = count(value.at("executions").at("blocked"));
    const auto& share = value.at("share_explored");
    if (!share.is_null()) outcome.share_explored = share.get<double>();
    outcome.seconds = seconds(value.at("seconds"));
    outcome.verdict = word(value.at("verdict"), model::Verdict::undecided);
    outcome.finding = finding(value.at("finding"));
    outcome.difference = text_or_empty(value.at("difference"));
    outcome.schedule = schedule(value.at("schedule"));
    if (outcome.finding.has_value() != (outcome.verdict == model::Verdict::broken)) {
        throw std::out_of_range("a verdict without its finding, or the other way round");
    }
    return row;
}

std::string name_of(const json& row, std::size_t number) {
    const auto text = [&](const char* key) {
        const auto found = row.find(key);
        return found != row.end() && found->is_string() ? found->get<std::string>() : std::string("?");
    };
    return "row " + std::to_string(number) + ", " + text("scenario") + " " + text("implementation");
}

}  // namespace

model::Result<Report> parse_results(std::string_view text) {
    const auto root = json::parse(text, nullptr, false);
    if (!root.is_object() || root.value("schema", json()) != "revenant.results/1" ||
        !root.value("rows", json()).is_array() || root["rows"].empty() ||
        !root.value("interrupted", json()).is_boolean()) {
        return BadInput{"not a revenant.results/1 file with rows, or cut short"};
    }
    Report report;
    report.interrupted = root["interrupted"].get<bool>();
    for (const auto& row : root["rows"]) {
        const auto number = report.rows.size() + 1;
        if (!row.is_object()) return BadInput{"row " + std::to_string(number) + " is not as its schema says"};
        try {
            report.rows.push_back(row_of(row));
        } catch (const std::exception&) {
            return BadInput{name_of(row, number) + " is not as its schema says"};
        }
    }
    return report;
}

}  // namespace revenant::reports
