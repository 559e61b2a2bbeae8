#include "harness/search/import_search.hpp"

#include <algorithm>
#include <set>

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

constexpr std::uint64_t executions_max = 20'000;  // of one candidate
constexpr unsigned others_max = 300;  // findings with another signature; an abandoned execution costs memory

bool has(const std::vector<FindingKind>& kinds, FindingKind kind) {
    return std::ranges::find(kinds, kind) != kinds.end();
}

// Whether the claim has a finding that can show as one of the report's kinds.
bool fits(const BugReport& report, const scenarios::Claim& claim) {
    return std::ranges::any_of(claim.kinds, [&](FindingKind claimed) {
        if (has(report.kinds, claimed)) return true;
        // What a revived count leads to, when nobody stops at the revival.
        const bool memory =
            has(report.kinds, FindingKind::use_after_free) || has(report.kinds, FindingKind::double_free);
        return memory && claimed == FindingKind::resurrection;
    });
}

// `intern_vs_last_release` → `InternVsLastRelease`.
std::string camel_case(std::string_view id) {
    std::string camel;
    bool up = true;
    for (const char c : id) {
        if (c != '_') camel += up && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        up = c == '_';
    }
    return camel;
}

/// All the names in a report, and what speaks for an entry by them.
class Names {
public:
    explicit Names(const BugReport& report) {
        for (const auto& deed : report.deeds) {
            calls_.insert(deed.call);
            for (const auto& frame : deed.stack) text_ += frame.function + " " + frame.file + "\n";
            from_log_ = from_log_ || deed.change;
        }
    }

    Candidate judge(const scenarios::Entry& entry, unsigned threads) const {
        Candidate candidate{{&entry, threads}, 0, {}};
        const auto speaks = [&](int score, const std::string& name) {
            if (text_.find(name) == text_.npos) return;
            candidate.score += score;
            candidate.named.push_back(name);
        };
        const auto slash = entry.scenario.find('/');
        const auto plus = std::min(entry.implementation.find('+'), entry.implementation.size());
        speaks(16, camel_case(entry.scenario.substr(slash + 1)));
        speaks(32, std::string(entry.implementation.substr(0, plus)));
        if (plus < entry.implementation.size()) {
            candidate.score -= 1;  // history's own mistakes come first
            speaks(8, std::string(entry.implementation.substr(plus + 1)));
        }
        candidate.score += by_calls(entry.scenario);
        return candidate;
    }

private:
    int by_calls(std::string_view scenario) const {
        int score = 0;
        const auto when = [&](bool said, std::string_view prefix) {
            score += said && scenario.starts_with(prefix) ? 4 : 0;
        };
        when(calls_.contains("intern") || from_log_, "registry/");
        when(calls_.contains("upgrade"), "refcount/upgrade_vs_last_release");
        when(calls_.contains("release_weak"), "refcount/weak_release_vs_last_release");
        when(calls_.contains("clone"), "refcount/clone_vs_release");
        const bool ours = scenario.starts_with("tutorial/") || scenario.starts_with("reference/");
        return ours ? score - 8 : score;
    }

    std::string text_;
    std::set<std::string> calls_;
    bool from_log_ = false;
};

unsigned threads_of(const BugReport& report) {
    std::set<std::string> threads;
    for (const auto& deed : report.deeds) {
        if (!deed.thread.empty() && deed.thread != "main thread" && deed.thread != "T0")
            threads.insert(deed.thread);
    }
    return std::clamp(static_cast<unsigned>(threads.size()), 2u, 3u);
}

/// The search of one candidate.
struct Found {
    std::optional<Outcome> outcome;
    Likeness likeness = Likeness::none;
    std::uint64_t executions = 0;
    bool complete = false;
};

// The most that an execution can have in common with a report.
Likeness most_likeness(const BugReport& report) {
    const bool has_stacks =
        std::ranges::any_of(report.deeds, [](const auto& deed) { return !deed.stack.empty(); });
    return has_stacks ? Likeness::places : Likeness::operations;
}

// The executions of one candidate, with stale reads and spurious failures or without; into what was found
// before.
void search_into(Found& found, const BugReport& report, const Run& run, bool newest_only,
                 model::StopToken stop) {
    model::relacy::ExploreOptions options;
    // What is reported as a use of freed memory has gone on past the revival, and past a free that nothing
    // orders.
    options.revivals_fail = has(report.kinds, FindingKind::resurrection) ||
                            !has(run.entry->claim.kinds, FindingKind::resurrection);
    options.unordered_destroys_fail = report.kinds.front() != FindingKind::use_after_free &&
                                      report.kinds.front() != FindingKind::double_free;
    options.stop = stop;
    options.newest_only = newest_only;
    found.complete = false;
    model::search::BoundedSearch strategy(import_preemptions_max);
    std::uint64_t executions = 0;
    for (unsigned others = 0; others < others_max && executions < executions_max;) {
        options.budget_executions = executions_max - executions;
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

std::vector<Candidate> candidates_for(const BugReport& report) {
    const Names names(report);
    std::vector<Candidate> candidates;
    for (const auto& entry : scenarios::entries()) {
        const auto threads = std::max(threads_of(report), entry.claim.broken_from);
        if (entry.claim.broken_from == 0 || threads > 3 || !fits(report, entry.claim)) continue;
        candidates.push_back(names.judge(entry, threads));
    }
    // Of equals, the one that comes first in the catalogue.
    std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
        return a.score != b.score ? a.score > b.score : a.run.entry < b.run.entry;
    });
    return candidates;
}

Imported search_for(const BugReport& report, const std::vector<Candidate>& candidates, model::StopToken stop,
                    const std::function<void(std::size_t)>& on_candidate) {
    Imported imported;
    std::optional<Outcome> best;
    for (const auto& candidate : candidates) {
        if (stop.stop_requested()) {
            imported.interrupted = true;
            break;
        }
        on_candidate(imported.searched);
        auto found = search_one(report, candidate.run, stop);
        ++imported.searched;
        imported.executions += found.executions;
        imported.complete = imported.complete && found.complete;
        if (found.likeness <= imported.likeness) continue;
        imported.likeness = found.likeness;
        imported.of = candidate;
        best = std::move(found.outcome);
        if (imported.likeness == most_likeness(report)) break;
    }
    if (best) imported.row = row_of(report, imported.of.run, *best, imported.likeness);
    return imported;
}

}  // namespace revenant::harness
