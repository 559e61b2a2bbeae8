#include "harness/search/import_search.hpp"

#include <algorithm>

#include "harness/search/critical_pair.hpp"
#include "harness/search/minimise.hpp"
#include "harness/search/settings.hpp"
#include "harness/search/stale_reads.hpp"
#include "model/search/bounded.hpp"

namespace revenant::harness {
namespace {

using model::FindingKind;
using model::Outcome;
using reports::BugReport;

constexpr std::uint64_t own_executions_max = 20'000;  // of one candidate
constexpr unsigned others_max = 300;  // findings with another signature; an abandoned execution costs memory
// Of a stranger's report the operations are all that can be found, and they are found soon.
constexpr std::uint64_t strangers_executions_max = 2'000;
constexpr unsigned strangers_others_max = 60;

/// The search of one candidate.
struct Found {
    std::optional<Outcome> outcome;
    Likeness likeness = Likeness::none;
    std::uint64_t executions = 0;
    bool complete = false;
};

// The most that an execution can have in common with a report.
Likeness most_likeness(const BugReport& report) {
    return is_ours(report) ? Likeness::places : Likeness::operations;
}

// The executions of one candidate, with stale reads and spurious failures or without; into what was found
// before.
void search_into(Found& found, const BugReport& report, const Run& run, bool newest_only,
                 model::StopToken stop) {
    model::relacy::ExploreOptions options;
    // What is reported as a use of freed memory has gone on past the revival, and past a free that nothing
    // orders.
    options.revivals_fail = is_among(report.kinds, FindingKind::resurrection) ||
                            !is_among(run.entry->claim.kinds, FindingKind::resurrection);
    options.unordered_destroys_fail = report.kinds.front() != FindingKind::use_after_free &&
                                      report.kinds.front() != FindingKind::double_free;
    options.stop = stop;
    options.newest_only = newest_only;
    found.complete = false;
    model::search::BoundedSearch strategy(import_preemptions_max);
    std::uint64_t executions = 0;
    const bool ours = is_ours(report);
    const auto most = ours ? own_executions_max : strangers_executions_max;
    const auto most_others = ours ? others_max : strangers_others_max;
    for (unsigned others = 0; others < most_others && executions < most;) {
        options.budget_executions = most - executions;
        auto outcome = explore(run, strategy, options);
        executions += outcome.executions_complete;
        if (!outcome.finding) {
            found.complete = outcome.ending == model::Ending::exhausted;
            break;
        }
        const auto like = likeness(report, outcome);
        if (like > found.likeness) {
            found.likeness = like;
            found.outcome = std::move(outcome);
            if (like == most_likeness(report)) break;
        } else if (like == Likeness::none) {
            ++others;
        }
        if (!strategy.advance()) {
            found.complete = true;
            break;
        }
    }
    found.executions += executions;
}

// What a switch of threads shows is not to be shown by a stale read.
Found search_one(const BugReport& report, const Run& run, model::StopToken stop) {
    Found found;
    search_into(found, report, run, true, stop);
    if (found.likeness != most_likeness(report)) search_into(found, report, run, false, stop);
    return found;
}

reports::Row row_of(const BugReport& report, const Run& run, const Outcome& outcome, Likeness like) {
    auto row = harness::row_of(run);
    row.strategy = kind_of(StrategyName::bounded).text;
    row.outcome = minimised(
        run, outcome, [&](const Outcome& other, const Outcome&) { return likeness(report, other) >= like; });
    row.outcome.critical_pair = critical_pair(run, row.outcome);
    add_note(row.outcome);
    row.expected = model::Verdict::broken;
    row.as_expected = true;
    return row;
}

}  // namespace

namespace {

bool is_known(const Imported& imported, const Candidate& candidate) {
    const auto same = [&](const Candidate& other) {
        return other.run.entry->implementation == candidate.run.entry->implementation;
    };
    return same(imported.of) || std::ranges::any_of(imported.ties, same);
}

}  // namespace

Imported search_for(const BugReport& report, const std::vector<Candidate>& candidates, model::StopToken stop,
                    const std::function<void(std::size_t)>& on_candidate) {
    Imported imported;
    std::optional<Outcome> best;
    for (const auto& candidate : candidates) {
        if (stop.stop_requested()) {
            imported.interrupted = true;
            break;
        }
        // What needs more than the report shows loses against what was found already.
        const bool is_found = imported.likeness == most_likeness(report);
        if (is_found && (candidate.score < imported.of.score || imported.likeness == Likeness::places)) break;
        // One mistake shows in several scenarios: that is no tie.
        if (is_found && is_known(imported, candidate)) continue;
        on_candidate(imported.searched);
        auto found = search_one(report, candidate.run, stop);
        ++imported.searched;
        imported.executions += found.executions;
        imported.complete = imported.complete && found.complete;
        if (found.likeness == Likeness::none || found.likeness < imported.likeness) continue;
        if (found.likeness == imported.likeness) {
            if (candidate.score == imported.of.score) imported.ties.push_back(candidate);
            continue;
        }
        imported.likeness = found.likeness;
        imported.of = candidate;
        imported.ties.clear();
        best = std::move(found.outcome);
    }
    if (best) imported.row = row_of(report, imported.of.run, *best, imported.likeness);
    return imported;
}

}  // namespace revenant::harness
