#include "reports/writers/sarif.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <nlohmann/json.hpp>

#include "model/checksum.hpp"
#include "reports/writers/facts.hpp"
#include "reports/writers/sarif_rules.hpp"

namespace revenant::reports {
namespace {

using model::Step;
using nlohmann::ordered_json;

constexpr std::size_t results_max = 5000;
constexpr std::size_t steps_max = 1000;

ordered_json text(const std::string& words) { return {{"text", clean(words)}}; }

// The message of a result may hold links, `[text](id)`. What is not one of ours must not look like one.
std::string unlinked(const std::string& words) {
    std::string result;
    for (const char c : words) {
        if (c == '[' || c == ']' || c == '\\') result += '\\';
        result += c;
    }
    return result;
}

// A relative path that stays in the tree, as a URI reference; empty for everything else.
std::string uri_of(const std::string& path) {
    const bool leaves = ("/" + path + "/").find("/../") != std::string::npos;
    if (path.empty() || path.front() == '/' || path.front() == '<' || leaves) return "";
    std::string uri;
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain =
            byte < 0x80 && (std::isalnum(byte) != 0 || std::string("-._~/+").find(c) != std::string::npos);
        uri += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
    }
    return uri;
}

class Result {
public:
    explicit Result(const Row& row) : row_(row), trace_(row.outcome.trace), finding_(*row.outcome.finding) {}

    /// The step that the result is placed at, or -1.
    int anchor() const {
        if (has_place(finding_.step)) return finding_.step;
        if (has_place(finding_.partner)) return finding_.partner;
        int i = static_cast<int>(trace_.steps.size()) - 1;
        while (i >= 0 && !has_place(i)) --i;
        return i;
    }

    ordered_json object() const {
        const int place = anchor();
        const int other = place == finding_.step ? finding_.partner : -1;
        ordered_json result{{"ruleId", rule_id(finding_.kind)},
                            {"ruleIndex", static_cast<int>(finding_.kind)},
                            {"level", row_.as_expected ? "note" : "error"},
                            {"message", text(message(other))},
                            {"locations", ordered_json::array({location(place, said(place))})}};
        if (has_place(other)) {
            auto related = location(other, said(other));
            related["id"] = 1;
            result["relatedLocations"] = ordered_json::array({related});
        }
        auto flows = thread_flows();
        if (!flows.empty()) {
            result["codeFlows"] = ordered_json::array(
                {{{"message", text("The interleaving, step by step.")}, {"threadFlows", std::move(flows)}}});
        }
        // Not of the line numbers: an edit above the bug does not make it another one.
        const auto identity = row_.scenario + '\n' + row_.implementation + '\n' +
                              model::to_text(finding_.kind) + '\n' + finding_.invariant;
        result["partialFingerprints"] = {{"revenant/v1", model::checksum(identity)}};
        result["properties"] = properties();
        return result;
    }

private:
    const Step& step(int i) const { return trace_.steps[static_cast<std::size_t>(i)]; }
    bool exists(int i) const { return i >= 0 && static_cast<std::size_t>(i) < trace_.steps.size(); }
    bool has_place(int i) const {
        return exists(i) && step(i).operation.where.line() > 0 &&
               !uri_of(step(i).operation.where.file_name()).empty();
    }
    bool in_pair(int i) const { return i == finding_.step || i == finding_.partner; }
    bool shown(int i) const { return has_place(i) && (step(i).thread >= 0 || in_pair(i)); }

    // `T2 config#1.strong fetch_add 0→1 (step 10)`
    std::string said(int i) const {
        return fmt::format("{} {} (step {})", model::thread_name(step(i).thread), trace_.describe(step(i)),
                           i + 1);
    }

    std::string message(int other) const {
        auto words = unlinked(finding_.sentence);
        if (has_place(other)) words += fmt::format(" The other step: [{}](1).", unlinked(said(other)));
        words += " In " + unlinked(row_.scenario + ", " + row_name(row_)) + ". " +
                 unlinked(verdict_sentence(row_));
        return words + " To see it again: " + unlinked(replay_command(row_)) + ".";
    }

    ordered_json location(int i, const std::string& words) const {
        const auto& where = step(i).operation.where;
        return {{"physicalLocation",
                 {{"artifactLocation", {{"uri", uri_of(where.file_name())}, {"uriBaseId", "SRCROOT"}}},
                  {"region", {{"startLine", where.line()}}}}},
                {"message", text(words)}};
    }

    // The index of the first step that is written, the pair apart: a long execution is told by its end.
    int first_written() const {
        std::size_t written = 2;
        for (int i = static_cast<int>(trace_.steps.size()) - 1; i >= 0; --i) {
            if (shown(i) && !in_pair(i) && ++written > steps_max) return i + 1;
        }
        return 0;
    }

    ordered_json thread_flows() const {
        std::map<int, ordered_json> by_thread;
        const int first = first_written();
        for (int i = 0; exists(i); ++i) {
            if (!shown(i) || (i < first && !in_pair(i))) continue;
            by_thread[step(i).thread].push_back({{"location", location(i, trace_.describe(step(i)))},
                                                 {"executionOrder", i + 1},
                                                 {"importance", in_pair(i) ? "essential" : "important"}});
        }
        ordered_json flows = ordered_json::array();
        for (auto& [thread, locations] : by_thread) {
            flows.push_back({{"id", model::thread_name(thread)}, {"locations", std::move(locations)}});
        }
        return flows;
    }

    ordered_json properties() const {
        ordered_json bag{{"scenario", clean(row_.scenario)},
                         {"implementation", clean(row_.implementation)},
                         {"threads", row_.threads},
                         {"strategy", clean(row_.strategy)},
                         {"expected", model::to_text(row_.expected)},
                         {"executions", row_.outcome.executions_complete},
                         {"invariant", clean(finding_.invariant)},
                         {"schedule", clean(model::to_text(row_.outcome.schedule))}};
        const int first = first_written();
        if (first > 0) bag["firstStepWritten"] = first + 1;
        return bag;
    }

    const Row& row_;
    const model::Trace& trace_;
    const model::Finding& finding_;
};

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
    return {{"descriptor", {{"id", kind.id}}}, {"level", level}, {"message", text(words)}};
}

// What a row says that is no result; null when there is nothing.
ordered_json notification_of(const Row& row) {
    const auto words = row.scenario + ", " + row_name(row) + ": " + verdict_sentence(row);
    const auto stands = standing(row);
    if (stands == Standing::not_deterministic) return notification(not_deterministic, "error", words);
    if (row.outcome.finding) {
        if (Result(row).anchor() >= 0) return nullptr;
        return notification(
            no_place, row.as_expected ? "note" : "error",
            words + " " + row.outcome.finding->sentence + " To see it again: " + replay_command(row) + ".");
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
             {"shortDescription", text(rule.brief)},
             {"fullDescription", text(rule.meaning)},
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
                                 {"shortDescription", text(kind.brief)},
                                 {"fullDescription", text(kind.meaning)},
                                 {"help", text(kind.meaning)}});
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
    for (const bool expected : {false, true}) {  // the ones that matter first: the others may not fit
        for (const auto& row : report.rows) {
            if (row.as_expected != expected || !row.outcome.finding || Result(row).anchor() < 0) continue;
            if (results.size() < results_max) {
                results.push_back(Result(row).object());
            } else {
                ++left_out;
            }
        }
    }
    const ordered_json source_root{
        {"description", text("The root of the source tree that revenant was built from.")}};
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
