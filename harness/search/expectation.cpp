#include "harness/search/expectation.hpp"

#include <algorithm>

namespace revenant::harness {

using model::Verdict;

bool cannot_finish(const Run& run, StrategyName strategy) {
    return run.threads > kind_of(strategy).exhaustive_threads_max(*run.entry);
}

Verdict expected_verdict(const Run& run, StrategyName strategy, bool newest_only) {
    const auto claimed = run.entry->claim.verdict(run.threads);
    if (claimed == Verdict::correct && (newest_only || cannot_finish(run, strategy)))
        return Verdict::undecided;
    if (claimed == Verdict::broken && newest_only && run.entry->claim.stale_or_spurious) {
        return Verdict::undecided;
    }
    return claimed;
}

bool is_as_expected(const model::Outcome& outcome, const scenarios::Claim& claim, Verdict expected) {
    switch (outcome.verdict) {
        case Verdict::undecided: return expected == Verdict::undecided;
        case Verdict::correct: return expected != Verdict::broken;
        case Verdict::broken: break;
    }
    const auto claims = [&](model::FindingKind kind) {
        return std::find(claim.kinds.begin(), claim.kinds.end(), kind) != claim.kinds.end();
    };
    // Where the budget ends before the stronger evidence is found, the weaker one is of the same bug.
    const bool weaker = is_unordered_destroy(outcome) && claims(model::FindingKind::use_after_free);
    // A schedule that goes on past a revived count shows what it leads to.
    const bool later = outcome.schedule.revivals_pass && claims(model::FindingKind::resurrection);
    return expected == Verdict::broken && (weaker || later || claims(outcome.finding->kind));
}

bool is_unordered_destroy(const model::Outcome& outcome) {
    if (!outcome.finding || outcome.finding->kind != model::FindingKind::data_race) return false;
    const auto& last = outcome.trace.steps[static_cast<std::size_t>(outcome.finding->step)];
    return last.operation.kind == model::OperationKind::free ||
           last.operation.kind == model::OperationKind::retire;
}

std::string verdict_in_words(const reports::Row& row) {
    if (row.outcome.finding) return std::string("broken: ") + to_text(row.outcome.finding->kind);
    return to_text(row.outcome.verdict);
}

std::vector<std::pair<std::string, std::string>> claimed_verdicts(const std::string& scenario,
                                                                  unsigned threads) {
    std::vector<std::pair<std::string, std::string>> verdicts;
    for (const auto& entry : scenarios::entries()) {
        if (entry.scenario != scenario) continue;
        std::string verdict = "correct";
        if (entry.claim.verdict(threads) == Verdict::broken) {
            verdict = std::string("broken: ") + to_text(entry.claim.kinds.front());
        }
        verdicts.emplace_back(entry.implementation, verdict);
    }
    return verdicts;
}

}  // namespace revenant::harness
