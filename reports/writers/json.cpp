#include "reports/writers/json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/writers/facts.hpp"

namespace revenant::reports {
namespace {

using nlohmann::ordered_json;

ordered_json finding(const Row& row) {
    if (!row.outcome.finding) return nullptr;
    const auto& found = *row.outcome.finding;
    return {{"kind", model::to_text(found.kind)},
            {"invariant", found.invariant},
            {"where", found.where},
            {"sentence", sentences(found)}};
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
        {"finding", finding(row)},
        {"difference", outcome.difference.empty() ? ordered_json(nullptr) : ordered_json(outcome.difference)},
        {"schedule", broken ? ordered_json(model::to_text(outcome.schedule)) : nullptr}};
}

}  // namespace

std::string to_json(const Report& report) {
    ordered_json rows = ordered_json::array();
    for (const auto& row : report.rows) rows.push_back(to_object(row));
    const ordered_json root{
        {"schema", "revenant.results/1"}, {"interrupted", report.interrupted}, {"rows", std::move(rows)}};
    // A text that is no UTF-8 costs its own bytes, not the report.
    return root.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace revenant::reports
