#include "harness/search/import_answer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/search/acquittal.hpp"

namespace revenant::harness {
namespace {

using reports::Answer;
using reports::AnswerKind;
using reports::BugReport;
using reports::Question;
using reports::Scope;

std::string in_words(const Candidate& candidate) {
    return fmt::format("{}, {}, {} threads", candidate.run.entry->scenario,
                       candidate.run.entry->implementation, candidate.run.threads);
}

// The operations of the two steps: `read against release`.
std::string operations_of(const reports::Row& row) {
    const auto& outcome = row.outcome;
    const auto call = [&](int step) {
        const std::string name = step < 0 ? "" : outcome.trace.steps[static_cast<std::size_t>(step)].call;
        return name.empty() ? std::string("setup") : name;
    };
    const auto& finding = *outcome.finding;
    return finding.partner < 0 ? call(finding.step)
                               : call(finding.step) + " against " + call(finding.partner);
}

Answer without_search(const BugReport& report, const Question& question) {
    const bool one_thread = question.scope == Scope::one_thread;
    auto sentence = one_thread
                        ? question.looks_like
                        : fmt::format("{}: {}", model::to_text(report.kinds.front()), question.looks_like);
    return {one_thread ? AnswerKind::no_interleaving_needed : AnswerKind::kind_only,
            std::move(sentence),
            {},
            question.advice,
            {},
            {}};
}

Answer of_search(const BugReport& report, const Question& question, Imported imported,
                 std::size_t candidates) {
    Answer answer;
    answer.advice = question.advice;
    if (!imported.row || imported.likeness < Likeness::operations) {
        if (question.scope != Scope::search) return without_search(report, question);
        answer.sentence = fmt::format(
            "{}, {}: the catalogue has no interleaving with these operations ({} of {} candidates, {} "
            "executions, at most {} preemptions)",
            model::to_text(report.kinds.front()), question.looks_like, imported.searched, candidates,
            imported.executions, import_preemptions_max);
        return answer;
    }
    answer.kind = imported.likeness == Likeness::places ? AnswerKind::reproduced : AnswerKind::same_class;
    const char* const lines =
        imported.likeness == Likeness::places ? "at source lines of the report"
        : std::ranges::any_of(
              report.deeds,
              [](const auto& deed) { return std::ranges::any_of(deed.stack, &reports::Frame::line); })
            ? "the source lines are not the report's"
            : "the report has no source lines";
    answer.sentence = fmt::format("{}, {}; {}: {}", model::to_text(imported.row->outcome.finding->kind),
                                  operations_of(*imported.row), lines, in_words(imported.of));
    for (const auto& tie : imported.ties) answer.ties.push_back(in_words(tie));
    answer.row = std::move(imported.row);
    return answer;
}

}  // namespace

std::optional<Answer> answer_to(const BugReport& report, model::StopToken stop,
                                const OnCandidate& on_candidate) {
    const auto question = reports::question_of(report);
    // What our own programs print has our source lines: they tell more than the picture.
    if (question.scope != Scope::search && !is_ours(report)) return without_search(report, question);
    const auto candidates = candidates_for(report);
    auto imported = search_for(report, candidates, stop, [&](std::size_t done) {
        on_candidate(done, candidates.size(), candidates[done]);
    });
    if (imported.interrupted) return std::nullopt;
    if (question.scope != Scope::search && imported.likeness != Likeness::places) {
        auto answer = without_search(report, question);
        if (question.scope != Scope::one_thread) return answer;
        // Of our own programs it is known that several threads took part, whoever did the last two steps.
        answer.kind = AnswerKind::cannot_tell;
        answer.sentence = fmt::format("{}: {} did both steps, and no interleaving was found at their lines",
                                      model::to_text(report.kinds.front()), report.deeds.front().thread);
        return answer;
    }
    auto answer = of_search(report, question, std::move(imported), candidates.size());
    if (question.picture == reports::Picture::drop_not_ordered) {
        auto acquittal = acquittal_of(report, stop);
        answer.advice.insert(answer.advice.end(), acquittal.begin(), acquittal.end());
    }
    return answer;
}

}  // namespace revenant::harness
