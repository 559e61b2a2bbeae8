#include "reports/import/answer.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <utility>

#include "reports/import/operations/function_name.hpp"
#include "reports/printable.hpp"

namespace revenant::reports {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t name_max = 300;  // characters of a function's name
constexpr std::size_t functions_max = 6;

const char* name_of(Act act) {
    switch (act) {
        case Act::read: return "read";
        case Act::write: return "write";
        case Act::atomic_read: return "atomic read";
        case Act::atomic_write: return "atomic write";
        case Act::free: return "free";
        case Act::moved: return "moved";
        case Act::allocate: return "allocation";
        case Act::count: return "count";
        case Act::unknown: break;
    }
    return "unknown";
}

Json json_of(const Deed& deed) {
    Json side{{"thread", printable(deed.thread, name_max)},
              {"act", name_of(deed.act)},
              {"words", printable(deed.words, name_max)},
              {"operation", deed.call},
              {"frames", Json::array()}};
    for (const auto* const frame : own_frames(deed.stack, functions_max)) {
        side["frames"].push_back({{"function", printable(bare_name(frame->function), name_max)},
                                  {"file", printable(frame->file, name_max)},
                                  {"line", frame->line}});
    }
    if (deed.change) side["count"] = {{"before", deed.change->before}, {"after", deed.change->after}};
    return side;
}

Json json_of(const std::vector<std::string>& lines) {
    Json array = Json::array();
    for (const auto& line : lines) array.push_back(printable(line));
    return array;
}

}  // namespace

const char* to_text(AnswerKind kind) {
    switch (kind) {
        case AnswerKind::reproduced: return "reproduced";
        case AnswerKind::same_class: return "same class";
        case AnswerKind::kind_only: return "kind only";
        case AnswerKind::no_interleaving_needed: return "no interleaving needed";
        case AnswerKind::cannot_tell: break;
    }
    return "cannot tell";
}

std::string to_text(const BugReport& report, const Question& question, const Answer& answer) {
    auto text = fmt::format("{}: {}\n", to_text(answer.kind), printable(answer.sentence));
    for (const auto& tie : answer.ties) text += fmt::format("as likely: {}\n", tie);
    text += to_text(report);
    text += fmt::format("looks like: {}\n", printable(question.looks_like));
    for (const auto& advice : answer.advice) text += fmt::format("advice: {}\n", printable(advice));
    return text;
}

std::string to_json(const BugReport& report, const Question& question, const Answer& answer, int status) {
    Json sides = Json::array();
    for (const auto& deed : report.deeds) sides.push_back(json_of(deed));
    Json kinds = Json::array();
    for (const auto kind : report.kinds) kinds.push_back(model::to_text(kind));
    Json all{{"schema", "revenant.import/1"},
             {"answer", to_text(answer.kind)},
             {"sentence", printable(answer.sentence)},
             {"status", status},
             {"report",
              {{"origin", report.origin},
               {"title", printable(report.title, name_max)},
               {"kinds", kinds},
               {"sides", sides},
               {"missing", json_of(report.missing)},
               {"notes", json_of(report.remarks)}}},
             {"looks_like", printable(question.looks_like)},
             {"ties", json_of(answer.ties)},
             {"advice", json_of(answer.advice)}};
    if (answer.row) {
        const auto& outcome = answer.row->outcome;
        Json found{{"scenario", answer.row->scenario},
                   {"implementation", answer.row->implementation},
                   {"threads", answer.row->threads},
                   {"kind", model::to_text(outcome.finding->kind)},
                   {"schedule", model::to_text(outcome.schedule)}};
        if (const auto& pair = outcome.critical_pair)
            found["critical_pair"] = {pair->first + 1, pair->second + 1};
        all["interleaving"] = std::move(found);
    }
    if (!answer.case_path.empty()) all["case"] = printable(answer.case_path);
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::vector<std::string> lines_for_case(const BugReport& report, const Answer& answer) {
    std::vector<std::string> lines{printable(report.origin + ": " + report.title, name_max)};
    for (const auto& deed : report.deeds) {
        std::string line = (deed.thread.empty() ? "" : deed.thread + ": ") + deed.words;
        if (!deed.call.empty()) line += ", in " + deed.call;
        for (const auto* const frame : own_frames(deed.stack, 3)) line += " < " + bare_name(frame->function);
        lines.push_back(printable(line, name_max));
    }
    lines.emplace_back(to_text(answer.kind));
    return lines;
}

}  // namespace revenant::reports
