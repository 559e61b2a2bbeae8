#include "reports/writers/sarif.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/writers/facts.hpp"
#include "reports/writers/sarif_result.hpp"
#include "reports/writers/sarif_rules.hpp"

namespace revenant::reports {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t results_max = 5000;

struct NotificationKind {
    const char* id;
    const char* brief;
    const char* meaning;
};
constexpr NotificationKind nothing_found{
    "revenant/nothing-found", "A bug is claimed, and the search found none.",
    "Either the bug is gone and the catalogue's claim is old, or the model or the search has lost it."};
constexpr NotificationKind undecided{
    "revenant/undecided", "The search ended without a verdict.",
    "Nothing is proven and nothing is refuted; a greater budget or a stronger search may decide it."};
constexpr NotificationKind not_deterministic{
    "revenant/not-deterministic", "The same choices gave another execution.",
    "The code on trial depends on something that the model does not choose: a clock, an address, a static."};
constexpr NotificationKind interrupted{"revenant/interrupted", "The run was interrupted.",
                                       "The rows that had not begun are missing from the report."};
constexpr NotificationKind no_place{
    "revenant/no-place", "A finding has no place in the source.",
    "No step of its execution names a file of the tree, so that no line can be shown for it."};
constexpr NotificationKind too_many{"revenant/too-many", "There are more findings than can be written.",
                                    "Those that the catalogue does not claim are written first."};
constexpr NotificationKind notification_kinds[] = {nothing_found, undecided, not_deterministic,
                                                   interrupted,   no_place,  too_many};

ordered_json notification(const NotificationKind& kind, const char* level, const std::string& words) {
    return {{"descriptor", {{"id", kind.id}}}, {"level", level}, {"message", sarif_text(words)}};
}

// What a row says that is no result; null when there is nothing.
ordered_json notification_of(const Row& row) {
    const auto words = row.scenario + ", " + row_name(row) + ": " + verdict_sentence(row);
    const auto stands = standing(row);
    if (stands == Standing::not_deterministic) return notification(not_deterministic, "error", words);
    if (row.outcome.finding) {
        if (sarif_anchor(row) >= 0) return nullptr;
        return notification(
            no_place, row.as_expected ? "note" : "error",
            words + " " + sentences(*row.outcome.finding) + " To see it again: " + replay_command(row) + ".");
    }
    if (stands == Standing::wrong) return notification(nothing_found, "error", words);
    if (stands == Standing::missing) return notification(undecided, "warning", words);
    if (stands == Standing::unproven) return notification(undecided, "note", words);
    return nullptr;
}

ordered_json invocation(const Report& report, std::size_t left_out) {
    ordered_json said = ordered_json::array();
    bool whole = !report.interrupted;
    if (report.interrupted) {
        said.push_back(notification(interrupted, "error",
                                    "The run was interrupted: rows that had not begun are missing."));
    }
    for (const auto& row : report.rows) {
        whole = whole && standing(row) != Standing::not_deterministic;
        if (auto one = notification_of(row); !one.is_null()) said.push_back(std::move(one));
    }
    if (left_out > 0) {
        said.push_back(
            notification(too_many, "warning", counted(left_out, "finding") + " left out for size."));
    }
    return {{"executionSuccessful", whole}, {"toolExecutionNotifications", std::move(said)}};
}

bool is_semantic(const std::string& version) {
    const auto core = version.substr(0, version.find_first_of("-+"));
    return !core.empty() && core.find_first_not_of("0123456789.") == core.npos && core.front() != '.' &&
           core.back() != '.' && core.find("..") == core.npos &&
           std::count(core.begin(), core.end(), '.') == 2;
}

ordered_json driver(const std::string& version) {
    ordered_json rules = ordered_json::array();
    for (const auto& rule : sarif_rules()) {
        rules.push_back(
            {{"id", rule_id(rule.kind)},
             {"name", rule.name},
             {"shortDescription", sarif_text(rule.brief)},
             {"fullDescription", sarif_text(rule.meaning)},
             {"help",
              {{"text", fmt::format("{} {}", rule.meaning, rule.remedy)},
               {"markdown", fmt::format("**{}**\n\n{}\n\n{}\n\nThe message of each finding ends with "
                                        "the command that replays it, step for step.",
                                        rule.brief, rule.meaning, rule.remedy)}}},
             {"defaultConfiguration", {{"level", "error"}}},
             {"properties", {{"tags", {"concurrency", "lifetime"}}, {"precision", "very-high"}}}});
    }
    ordered_json notifications = ordered_json::array();
    for (const auto& kind : notification_kinds) {
        notifications.push_back({{"id", kind.id},
                                 {"shortDescription", sarif_text(kind.brief)},
                                 {"fullDescription", sarif_text(kind.meaning)},
                                 {"help", sarif_text(kind.meaning)}});
    }
    ordered_json result{{"name", "revenant"}};
    if (!version.empty()) result["version"] = clean(version);
    if (is_semantic(version)) result["semanticVersion"] = clean(version);
    result["rules"] = std::move(rules);
    result["notifications"] = std::move(notifications);
    return result;
}

}  // namespace

std::string to_sarif(const Report& report) {
    ordered_json results = ordered_json::array();
    std::size_t left_out = 0;
    const auto add = [&](const Row& row) {
        if (sarif_anchor(row) < 0) return;
        if (results.size() < results_max) {
            results.push_back(sarif_result(row));
        } else {
            ++left_out;
        }
    };
    for (const bool expected : {false, true}) {  // the ones that matter first: the others may not fit
        for (const auto& row : report.rows) {
            if (row.as_expected != expected || !row.outcome.finding) continue;
            add(row);
            for (const auto& found : row.behind) add(row_behind(row, found));
        }
    }
    const ordered_json source_root{
        {"description", sarif_text("The root of the source tree that revenant was built from.")}};
    const ordered_json run{{"tool", {{"driver", driver(report.version)}}},
                           {"invocations", ordered_json::array({invocation(report, left_out)})},
                           {"originalUriBaseIds", {{"SRCROOT", source_root}}},
                           {"columnKind", "unicodeCodePoints"},
                           {"results", std::move(results)}};
    const ordered_json root{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                            {"version", "2.1.0"},
                            {"runs", ordered_json::array({run})}};
    return root.dump(2) + "\n";
}

}  // namespace revenant::reports
