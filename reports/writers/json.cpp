#include "reports/writers/json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/printable.hpp"
#include "reports/results_checksum.hpp"
#include "reports/writers/facts.hpp"

namespace revenant::reports {
namespace {

using nlohmann::ordered_json;

ordered_json finding(const model::Outcome& outcome) {
    if (!outcome.finding) return nullptr;
    const auto& found = *outcome.finding;
    return {{"kind", model::to_text(found.kind)},
            {"invariant", found.invariant},
            {"where", found.where},
            {"sentence", sentences(found)}};
}

// What lies behind a data race or a leak, where somebody has looked.
ordered_json behind(const Row& row) {
    if (!row.behind_ending) return nullptr;
    auto all = ordered_json::array();
    for (const auto& outcome : row.behind) {
        auto one = finding(outcome);
        one["schedule"] = model::to_text(outcome.schedule);
        all.push_back(std::move(one));
    }
    return {{"findings", std::move(all)},
            {"races_not_shown", row.races_not_shown},
            {"ending", to_text(*row.behind_ending)}};
}

ordered_json to_object(const Row& row) {
    const auto& outcome = row.outcome;
    const bool broken = outcome.finding.has_value();
    return {
        {"scenario", row.scenario},
        {"implementation", row.implementation},
        {"threads", row.threads},
        {"strategy", row.strategy},
        {"symmetry", row.symmetry},
        {"shard", row.shard.empty() ? ordered_json(nullptr) : ordered_json(row.shard)},
        {"ending", to_text(outcome.ending)},
        {"exhaustive", outcome.exhaustive},
        {"executions", {{"complete", outcome.executions_complete}, {"blocked", outcome.executions_blocked}}},
        {"share_explored", outcome.share_explored < 0
                               ? ordered_json(nullptr)
                               : ordered_json(std::round(outcome.share_explored * 1e6) / 1e6)},
        {"seconds", std::round(outcome.seconds * 1e6) / 1e6},
        {"verdict", model::to_text(outcome.verdict)},
        {"expected", model::to_text(row.expected)},
        {"as_expected", row.as_expected},
        {"finding", finding(outcome)},
        {"difference", outcome.difference.empty() ? ordered_json(nullptr) : ordered_json(outcome.difference)},
        {"schedule", broken ? ordered_json(model::to_text(outcome.schedule)) : nullptr},
        {"covered", outcome.covered.empty() ? ordered_json(nullptr) : ordered_json(outcome.covered)},
        {"advice", row.advice.empty() ? ordered_json(nullptr) : ordered_json(row.advice)},
        {"behind", behind(row)}};
}

// A text that is no UTF-8 costs its own bytes, not the report.
std::string dumped(const ordered_json& value, int indent) {
    return value.dump(indent, ' ', false, ordered_json::error_handler_t::replace);
}

std::string quoted(const std::string& text) { return dumped(text, -1); }

// Two levels further in. JSON has no line break within a text.
std::string indented(const ordered_json& row) {
    std::string text;
    for (const char c : dumped(row, 2)) {
        text += c;
        if (c == '\n') text += "    ";
    }
    return text;
}

}  // namespace

std::string to_json(const Report& report) {
    const auto version = clean(report.version);
    const auto build = clean(report.build);
    ResultsChecksum sum;
    auto text = "{\n  \"schema\": \"revenant.results/1\",\n  \"version\": " + quoted(version) +
                ",\n  \"build\": " + quoted(build) +
                ",\n  \"interrupted\": " + (report.interrupted ? "true" : "false") + ",\n  \"rows\": [";
    // Row by row: as one value, all of them would take many times what their text takes.
    const char* before = "\n    ";
    for (const auto& row : report.rows) {
        const auto object = to_object(row);
        sum.add_row(object);
        text += before;
        text += indented(object);
        before = ",\n    ";
    }
    text += report.rows.empty() ? "]" : "\n  ]";
    return text + ",\n  \"checksum\": " + quoted(sum.text(version, build, report.interrupted)) + "\n}\n";
}

}  // namespace revenant::reports
