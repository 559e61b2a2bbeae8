#include "harness/search/portfolio.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/stopwatch.hpp"

namespace revenant::harness {
namespace {

using model::Ending;

constexpr std::uint64_t dpor_executions_max = 32'768;
constexpr std::uint64_t dpor_per_other = 4;
constexpr unsigned rounds_max = 2;
constexpr double turns_of_dpor = 8;
constexpr double turns_of_other = turns_of_dpor * dpor_per_other;

}  // namespace

Portfolio::Portfolio(const Run& run, const SearchSettings& settings) : run_(run) {
    const bool is_bounding = bounds_rounds() && settings.rounds_max == 0;
    for (const auto name : {StrategyName::pct, StrategyName::random, StrategyName::bounded}) {
        const auto& kind = kind_of(name);
        members_.push_back(
            {kind.text, kind.make(settings), is_bounding && name != StrategyName::random ? rounds_max : 0});
    }
    if (is_bounding) {
        members_.push_back({"dpor --rounds 2",
                            std::make_unique<model::search::Dpor>(classes_of(run, settings.symmetry)),
                            rounds_max, true});
    }
}

model::Outcome Portfolio::search(model::search::DporWorker& worker,
                                 const model::relacy::ExploreOptions& options) {
    const model::Stopwatch since_start;
    seconds_of_other_ = options.budget_seconds / turns_of_other;
    auto left = options.budget_executions;
    const auto with_what_is_left = [&] {
        auto made = options;
        made.budget_executions = left;
        made.budget_seconds = std::max(0.0, options.budget_seconds - since_start.seconds());
        return made;
    };
    bool goes_on = true;  // dpor does not come past an execution that is too long
    model::Trace last;
    std::string too_long;
    while (true) {
        if (goes_on) {
            auto slice = with_what_is_left();
            slice.budget_executions = std::min(left, dpor_executions_);
            slice.budget_seconds = std::min(slice.budget_seconds, options.budget_seconds / turns_of_dpor);
            auto outcome = explore(run_, worker, slice);
            left -= std::min(left, executions_of(outcome));
            const bool is_slow =
                outcome.ending == Ending::time_budget && since_start.seconds() < options.budget_seconds;
            if ((outcome.ending != Ending::execution_budget && !is_slow) || left == 0) {
                worker.stop(outcome.ending == Ending::finding);
                return outcome;
            }
            goes_on = is_slow || executions_of(outcome) >= slice.budget_executions;
            last = std::move(outcome.trace);
            too_long = std::move(outcome.covered);
        }
        const auto before = executions();
        auto others = round(with_what_is_left());
        const auto made = executions() - before;
        left -= std::min(left, made);
        if (!others && (goes_on || made != 0)) continue;
        worker.stop(false);
        model::Outcome outcome;
        outcome.ending = Ending::execution_budget;
        if (others) outcome = *std::move(others);
        if (!outcome.finding && outcome.ending != Ending::refused) {
            outcome.trace = std::move(last);
            outcome.covered = std::move(too_long);
        }
        return outcome;
    }
}

// An outcome ends the search: a finding, or a budget.
std::optional<model::Outcome> Portfolio::round(const model::relacy::ExploreOptions& options) {
    const model::Stopwatch since_start;
    const auto share = dpor_executions_ / dpor_per_other;
    dpor_executions_ = std::min(2 * dpor_executions_, dpor_executions_max);
    auto left = options.budget_executions;
    for (auto& member : members_) {
        if (member.is_done || member.is_needless()) continue;
        auto own = options;
        own.on_milestone = nullptr;
        if (member.rounds_max != 0) own.rounds_max = member.rounds_max;
        own.budget_executions = std::min(share, left);
        const auto seconds_left = options.budget_seconds - since_start.seconds();
        own.budget_seconds = std::max(0.0, std::min(seconds_of_other_, seconds_left));
        auto outcome = explore(run_, *member.strategy, own);
        const auto executions = executions_of(outcome);
        member.executions += executions;
        left -= std::min(left, executions);
        member.is_done = outcome.ending == Ending::exhausted;
        member.has_bounded = member.has_bounded || outcome.rounds_were_bounded;
        const bool has_had_its_share =
            (outcome.ending == Ending::execution_budget && left != 0) ||
            (outcome.ending == Ending::time_budget && since_start.seconds() < options.budget_seconds);
        if (!member.is_done && !has_had_its_share) return outcome;
    }
    return std::nullopt;
}

std::uint64_t Portfolio::executions() const {
    std::uint64_t sum = 0;
    for (const auto& member : members_) sum += member.executions;
    return sum;
}

std::string Portfolio::covered() const {
    std::vector<const Member*> told;
    for (const auto& member : members_) {
        if (!member.is_needless()) told.push_back(&member);
    }
    std::string text;
    for (std::size_t i = 0; i < told.size(); ++i) {
        const char* const before = i == 0 ? "" : i + 1 == told.size() ? " and " : ", ";
        text += fmt::format("{}{} {}{}", before, told[i]->name, told[i]->executions,
                            told[i]->is_done ? " (all that it would)" : "");
    }
    text += " executions";
    for (const auto* member : told) {
        if (!member->is_dpor || !member->is_done) continue;
        text += fmt::format(
            ". No execution fails in which no thread comes back to a loop more than {} times to read the "
            "same",
            member->rounds_max);
    }
    return text;
}

}  // namespace revenant::harness
