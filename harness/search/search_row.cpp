#include "harness/search/search_row.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "harness/search/behind.hpp"
#include "harness/search/coverage.hpp"
#include "harness/search/critical_pair.hpp"
#include "harness/search/dpor_search.hpp"
#include "harness/search/expectation.hpp"
#include "harness/search/lock_advice.hpp"
#include "harness/search/minimise.hpp"
#include "harness/search/portfolio.hpp"
#include "harness/search/replay.hpp"
#include "harness/search/stale_reads.hpp"
#include "model/search/bounded.hpp"
#include "model/search/replay.hpp"

namespace revenant::harness {
namespace {

using model::Outcome;

Outcome search(const Run& run, const SearchSettings& settings, const model::relacy::ExploreOptions& options) {
    if (has_dpor(settings.strategy)) return dpor_search(run, settings, options);
    const auto strategy = kind_of(settings.strategy).make(settings);
    return explore(run, *strategy, options);
}

// A search that is made again for a better finding. Where time is short it gets about as many executions as
// the first, and no time: the finding that is shown must not hang on the clock.
void limit_once_more(model::relacy::ExploreOptions& options, const Outcome& first) {
    constexpr std::uint64_t at_least = 4096;
    options.budget_executions = std::min(options.budget_executions, default_executions);
    if (options.budget_seconds == std::numeric_limits<double>::infinity()) return;
    options.budget_seconds = std::numeric_limits<double>::infinity();
    options.budget_executions = std::min(options.budget_executions, executions_of(first) + at_least);
}

// A use after the free convinces more than a free that is not ordered after a use, and the same code
// mostly has both. So the search is made again for the stronger evidence, and the weaker kept if there
// is none: a wrong order alone never shows as a use after the free here.
Outcome strongest(const Run& run, SearchSettings settings, model::relacy::ExploreOptions options) {
    Outcome first = search(run, settings, options);
    if (!is_unordered_destroy(first)) return first;
    options.unordered_destroys_fail = false;
    settings.checkpoint.clear();
    settings.shard.reset();
    limit_once_more(options, first);
    Outcome second = search(run, settings, options);
    Outcome& kept = second.finding ? second : first;
    kept.executions_complete = first.executions_complete + second.executions_complete;
    kept.executions_blocked = first.executions_blocked + second.executions_blocked;
    kept.seconds = first.seconds + second.seconds;
    return std::move(kept);
}

// Whether there is a finding that came back when its execution was written down.
bool is_repeatable(const Outcome& outcome) {
    return outcome.finding && outcome.ending != model::Ending::diverged;
}

// The same execution, with an order of its additions.
std::optional<Outcome> with_additions_in_order(const Run& run, const Outcome& found) {
    auto schedule = found.schedule;
    schedule.additions_in_order = true;
    model::search::Replay strategy(schedule);
    auto outcome = explore(run, strategy, options_of(schedule));
    const bool is_same =
        outcome.diverged_at < 0 && is_repeatable(outcome) && have_same_finding(outcome, found);
    if (!is_same) return std::nullopt;
    return outcome;
}

// What fails may be no execution of C++ if additions that acquire and release are in no order in it. If it
// fails with the order that it took them in as well, it is one. Else the search is made again with their
// order, in what is left of the time, or half of it: what comes of that holds.
Outcome in_cpp(const Run& run, SearchSettings settings, model::relacy::ExploreOptions options) {
    auto first = strongest(run, settings, options);
    if (!first.finding || !first.lacks_order_of_additions) return first;
    if (auto ordered = with_additions_in_order(run, first)) {
        first.finding = std::move(ordered->finding);
        first.trace = std::move(ordered->trace);
        first.steps_before_choices = std::move(ordered->steps_before_choices);
        first.schedule = std::move(ordered->schedule);
        return first;
    }
    settings.checkpoint.clear();
    settings.shard.reset();
    settings.ranks = nullptr;
    options.additions_in_order = true;
    options.budget_seconds = std::max(options.budget_seconds - first.seconds, options.budget_seconds / 2);
    auto second = strongest(run, settings, options);
    second.executions_complete += first.executions_complete;
    second.executions_blocked += first.executions_blocked;
    second.seconds += first.seconds;
    return second;
}

// A bug that a switch of threads shows is not to be shown by a stale read. So a finding that has one, or a
// spurious failure, is looked for once more without, by the same strategy, in this process and for a while.
// Nothing if the finding has none.
std::optional<Outcome> without_stale_reads(const Run& run, SearchSettings settings,
                                           model::relacy::ExploreOptions options, const Outcome& found) {
    if (!found.finding || stale_or_spurious(found) == 0) return std::nullopt;
    settings.checkpoint.clear();
    settings.shard.reset();
    settings.ranks = nullptr;
    settings.jobs = 1;
    options.newest_only = true;
    limit_once_more(options, found);
    return strongest(run, settings, options);
}

// dpor stops at the first failing execution that it meets, whose threads may take turns for no reason. The
// same failure with the fewest preemptions is easier to read; stale reads and spurious failures are looked
// at only if the one that is known has some. Where there is none with a few preemptions, or it takes long to
// find, the first is kept.
void make_readable(const Run& run, model::relacy::ExploreOptions options, const Patience& patience,
                   Outcome& outcome) {
    constexpr unsigned preemptions_max = 2;
    constexpr std::uint64_t executions_max = 3000;
    options.unordered_destroys_fail = !outcome.schedule.unordered_destroys_pass;
    options.newest_only = stale_or_spurious(outcome) == 0;
    options.rounds_max = outcome.schedule.rounds_max;
    options.budget_seconds = std::numeric_limits<double>::infinity();
    // An execution of many steps has as many places for a preemption, each an execution that is kept.
    options.budget_executions = std::clamp<std::uint64_t>(
        patience.steps / std::max<std::uint64_t>(cost_of_replay(outcome), 1), 1, executions_max);
    model::search::BoundedSearch strategy(preemptions_max);
    Outcome simple = explore(run, strategy, options);
    if (!is_repeatable(simple) || !have_same_finding(simple, outcome)) return;
    outcome.finding = std::move(simple.finding);
    outcome.trace = std::move(simple.trace);
    outcome.steps_before_choices = std::move(simple.steps_before_choices);
    outcome.schedule = std::move(simple.schedule);
}

// Where a program of ordinary code is repeated to a checkpoint, what lies unused on its stacks is not what it
// was when it was explored. Code that was not optimised has some of that in its state, and a loop may then
// come round once more or less: the search is made again, with all executions explored from their beginning.
// What others share, or goes on later, has no such second search.
bool may_be_repeated_otherwise(const Outcome& outcome, const SearchSettings& settings) {
    return outcome.ending == model::Ending::diverged && !outcome.finding && !settings.shard &&
           settings.checkpoint.empty() && settings.ranks == nullptr;
}

// Of many findings, most have the reason of the first: with each more there is less time for one.
Patience patience_with(std::size_t shown) {
    Patience patience;
    patience.replays /= static_cast<unsigned>(shown) + 1;
    patience.steps /= (shown + 1) * cost_of_step();
    return patience;
}

// A finding as a person reads it best, if the row shows so many already. The numbers stay those of the
// search.
Outcome readable(const Run& run, const SearchSettings& settings, model::relacy::ExploreOptions options,
                 Outcome outcome, std::size_t shown) {
    if (!is_repeatable(outcome)) return outcome;
    const auto patience = patience_with(shown);
    options.on_milestone = {};
    options.additions_in_order = outcome.schedule.additions_in_order;
    const auto without = without_stale_reads(run, settings, options, outcome);
    if (without && is_repeatable(*without)) {
        outcome.finding = without->finding;
        outcome.trace = without->trace;
        outcome.steps_before_choices = without->steps_before_choices;
        outcome.schedule = without->schedule;
    }
    if (has_dpor(settings.strategy)) make_readable(run, options, patience, outcome);
    outcome = minimised(run, outcome, have_same_finding, patience);
    outcome.critical_pair = critical_pair(run, outcome, patience);
    add_note(outcome, without ? &*without : nullptr);
    return outcome;
}

}  // namespace

std::uint64_t executions_of_a_row(const Run& run, const SearchSettings& settings) {
    constexpr auto no_limit = std::numeric_limits<std::uint64_t>::max();
    if (settings.budget_executions) return *settings.budget_executions;
    if (settings.budget_seconds) return no_limit;
    if (cannot_finish(run, settings.strategy)) return default_executions;
    // Those who share a search, or mean to go on with it, want all of it.
    const bool is_long = settings.shard || !settings.checkpoint.empty() || settings.ranks != nullptr;
    return is_long ? no_limit : default_executions_to_finish;
}

reports::Row search_row(const Run& run, const SearchSettings& settings) {
    model::relacy::ExploreOptions options;
    options.on_progress = settings.on_progress;
    options.stop = settings.stop;
    if (settings.budget_seconds) options.budget_seconds = *settings.budget_seconds;
    options.budget_executions = executions_of_a_row(run, settings);
    options.newest_only = settings.newest_only;
    options.rounds_max = settings.rounds_max;

    std::vector<model::Milestone> milestones;
    options.on_milestone = [&](const model::relacy::Progress& progress) {
        milestones.push_back({progress.executions, progress.seconds, progress.share});
    };

    auto row = row_of(run);
    row.strategy = std::string(kind_of(settings.strategy).text) + (settings.newest_only ? " --no-stale" : "");
    if (settings.rounds_max != 0) row.strategy += " --rounds " + std::to_string(settings.rounds_max);
    for (const auto kind : settings.allowed) row.strategy += std::string(" --allow ") + to_text(kind);
    auto first = in_cpp(run, settings, options);
    if (may_be_repeated_otherwise(first, settings)) {
        options.from_the_beginning = true;
        options.budget_seconds -= std::min(first.seconds, options.budget_seconds);
        milestones.clear();
        first = in_cpp(run, settings, options);
    }
    row.outcome = readable(run, settings, options, std::move(first), 0);
    if (!row.outcome.finding) row.outcome.milestones = std::move(milestones);
    // A share of a search is one of several, and nobody else's would go on from here.
    if (!settings.stop_at_first && !settings.shard && settings.ranks == nullptr) {
        auto alone = settings;
        alone.checkpoint.clear();
        options.on_milestone = {};
        look_behind(row, options,
                    {[&](const auto& own) { return in_cpp(run, alone, own); },
                     [&](const auto& own, Outcome found, std::size_t shown) {
                         return readable(run, alone, own, std::move(found), shown);
                     }});
        put_what_may_pass_last(row);
    }
    row.symmetry = has_dpor(settings.strategy) && settings.symmetry;
    const bool is_refused = row.outcome.ending == model::Ending::refused;
    if (!row.outcome.covered.empty() && !is_refused) {
        const auto large = what_is_large(row.outcome.trace);
        row.outcome.covered += large.empty() ? "." : ". " + large;
    }
    // Of a share, and of one of several processes, the others may have complete ones.
    if (!settings.shard && settings.ranks == nullptr) row.advice = what_is_vacuous(row.outcome);
    const bool is_large = executions_of(row.outcome) >= executions_worth_advice;
    if (row.advice.empty() && is_large && row.outcome.ending != model::Ending::diverged && !is_refused)
        row.advice = lock_advice(run, options);
    row.shard = to_text(settings.shard);
    row.expected = expected_verdict(run, settings.strategy, settings.newest_only);
    // One share proves nothing alone, and not every share of a broken row holds a failing execution.
    if (settings.shard && !row.outcome.finding) row.expected = model::Verdict::undecided;
    if (settings.rounds_max != 0 && row.expected == model::Verdict::correct) {
        row.expected = model::Verdict::undecided;
    }
    row.as_expected = !is_refused && is_as_expected(row.outcome, run.entry->claim, row.expected);
    return row;
}

}  // namespace revenant::harness
