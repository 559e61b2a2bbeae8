#include "reports/writers/sarif_result.hpp"

#include <fmt/format.h>

#include <cctype>
#include <map>

#include "model/checksum.hpp"
#include "reports/writers/facts.hpp"
#include "reports/writers/sarif_rules.hpp"

namespace revenant::reports {
namespace {

using model::Step;
using nlohmann::ordered_json;

constexpr std::size_t flow_steps_max = 1000;

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
                            {"message", sarif_text(message(other))},
                            {"locations", ordered_json::array({location(place, said(place))})}};
        if (has_place(other)) {
            auto related = location(other, said(other));
            related["id"] = 1;
            result["relatedLocations"] = ordered_json::array({related});
        }
        auto flows = thread_flows();
        if (!flows.empty()) {
            result["codeFlows"] =
                ordered_json::array({{{"message", sarif_text("The interleaving, step by step.")},
                                      {"threadFlows", std::move(flows)}}});
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
    std::string said(int i) const { return fmt::format("{} (step {})", trace_.in_words(step(i)), i + 1); }

    std::string message(int other) const {
        auto words = unlinked(sentences(finding_));
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
                {"message", sarif_text(words)}};
    }

    // The index of the first step that is written, the pair apart: a long execution is told by its end.
    int first_written() const {
        std::size_t written = 2;
        for (int i = static_cast<int>(trace_.steps.size()) - 1; i >= 0; --i) {
            if (shown(i) && !in_pair(i) && ++written > flow_steps_max) return i + 1;
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

}  // namespace

ordered_json sarif_text(const std::string& words) { return {{"text", clean(words)}}; }

int sarif_anchor(const Row& row) { return Result(row).anchor(); }

ordered_json sarif_result(const Row& row) { return Result(row).object(); }

}  // namespace revenant::reports
