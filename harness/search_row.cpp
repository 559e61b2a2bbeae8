#include "harness/search_row.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "harness/dpor_search.hpp"
#include "harness/minimise.hpp"
#include "model/search/bounded.hpp"
#include "model/search/full.hpp"
#include "model/search/pct.hpp"
#include "model/search/random.hpp"

namespace revenant::harness {
namespace {

using model::Outcome;
using model::Verdict;

std::unique_ptr<model::search::Strategy> make_strategy(const SearchSettings& settings) {
    switch (settings.strategy) {
        case StrategyName::dpor: break;  // see dpor_search.hpp
        case StrategyName::full: return std::make_unique<model::search::FullSearch>();
        case StrategyName::bounded:
            return std::make_unique<model::search::BoundedSearch>(settings.preemptions);
        case StrategyName::random: return std::make_unique<model::search::RandomSearch>(settings.seed);
        case StrategyName::pct:
            return std::make_unique<model::search::PctSearch>(settings.seed, settings.depth);
    }
    return nullptr;
}

bool cannot_finish(const scenarios::Entry& entry, unsigned threads, StrategyName strategy) {
    switch (strategy) {
        case StrategyName::dpor: return threads > entry.exhaustive_threads_max;
        case StrategyName::full: return threads > full_threads_max;
        case StrategyName::bounded:
        case StrategyName::random:
        case StrategyName::pct: break;
    }
    return true;
}

Outcome search(const scenarios::Entry& entry, unsigned threads, const SearchSettings& settings,
               const model::relacy::ExploreOptions& options) {
    if (settings.strategy == StrategyName::dpor) return dpor_search(entry, threads, settings, options);
    const auto program = entry.make(threads);
    const auto strategy = make_strategy(settings);
    return model::relacy::explore(*program, threads, *strategy, options);
}

// A destroy that is merely not ordered after a use: the weaker evidence of the two.
bool is_unordered_destroy(const Outcome& outcome) {
    if (!outcome.finding || outcome.finding->kind != model::FindingKind::data_race) return false;
    const auto& last = outcome.trace.steps[static_cast<std::size_t>(outcome.finding->step)];
    return last.operation.kind == model::OperationKind::free ||
           last.operation.kind == model::OperationKind::retire;
}

// A use after the free convinces more than a free that is not ordered after a use, and the same code
// mostly has both. So the search is made again for the stronger evidence, and the weaker kept if there
// is none: a wrong order alone never shows as a use after the free here.
Outcome strongest(const scenarios::Entry& entry, unsigned threads, SearchSettings settings,
                  model::relacy::ExploreOptions options) {
    Outcome first = search(entry, threads, settings, options);
    if (!is_unordered_destroy(first)) return first;
    options.unordered_destroys_fail = false;
    settings.checkpoint.clear();
    settings.shard.reset();
    options.budget_seconds = std::max(0.0, options.budget_seconds - first.seconds);
    options.budget_executions = std::min(options.budget_executions, default_executions);
    Outcome second = search(entry, threads, settings, options);
    Outcome& kept = second.finding ? second : first;
    kept.executions_complete = first.executions_complete + second.executions_complete;
    kept.executions_blocked = first.executions_blocked + second.executions_blocked;
    kept.seconds = first.seconds + second.seconds;
    return std::move(kept);
}

// dpor stops at the first failing execution that it meets, whose threads may take turns for no reason. The
// same failure with the fewest preemptions is easier to read. Where there is none with a few, or it takes
// long to find, the first is kept.
void make_readable(const scenarios::Entry& entry, unsigned threads, model::relacy::ExploreOptions options,
                   Outcome& outcome) {
    constexpr unsigned preemptions_max = 2;
    constexpr std::uint64_t executions_max = 3000;
    options.unordered_destroys_fail = !outcome.schedule.unordered_destroys_pass;
    options.budget_seconds = std::numeric_limits<double>::infinity();
    options.budget_executions = executions_max;
    const auto program = entry.make(threads);
    model::search::BoundedSearch strategy(preemptions_max);
    Outcome simple = model::relacy::explore(*program, threads, strategy, options);
    if (!simple.finding || simple.finding->kind != outcome.finding->kind ||
        simple.finding->invariant != outcome.finding->invariant) {
        return;
    }
    outcome.finding = std::move(simple.finding);
    outcome.trace = std::move(simple.trace);
    outcome.schedule = std::move(simple.schedule);
}

}  // namespace

const char* to_text(StrategyName strategy) {
    switch (strategy) {
        case StrategyName::dpor: return "dpor";
        case StrategyName::full: return "full";
        case StrategyName::bounded: return "bounded";
        case StrategyName::random: return "random";
        case StrategyName::pct: return "pct";
    }
    return "?";
}

model::Result<Shard> parse_shard(const std::string& text) {
    constexpr unsigned shards_max = 10'000;
    Shard shard;
    const auto* const end = text.data() + text.size();
    const auto [slash, first] = std::from_chars(text.data(), end, shard.index);
    if (first == std::errc{} && slash != end && *slash == '/') {
        const auto [last, second] = std::from_chars(slash + 1, end, shard.count);
        if (second == std::errc{} && last == end && shard.index >= 1 && shard.index <= shard.count &&
            shard.count <= shards_max) {
            return shard;
        }
    }
    return model::BadInput{"'" + text + "' is not a share such as 1/3, up to 10000 of them"};
}

std::string to_text(const std::optional<Shard>& shard) {
    return shard ? std::to_string(shard->index) + "/" + std::to_string(shard->count) : std::string();
}

Verdict expected_verdict(const scenarios::Entry& entry, unsigned threads, StrategyName strategy) {
    const auto claimed = entry.claim.verdict(threads);
    if (claimed == Verdict::correct && cannot_finish(entry, threads, strategy)) return Verdict::undecided;
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

reports::Row search_row(const scenarios::Entry& entry, unsigned threads, const SearchSettings& settings) {
    model::relacy::ExploreOptions options;
    options.overrides = entry.overrides;
    options.on_progress = settings.on_progress;
    options.stop = settings.stop;
    if (settings.budget_seconds) options.budget_seconds = *settings.budget_seconds;
    if (settings.budget_executions) {
        options.budget_executions = *settings.budget_executions;
    } else if (!settings.budget_seconds && cannot_finish(entry, threads, settings.strategy)) {
        options.budget_executions = default_executions;
    }

    std::vector<model::Milestone> milestones;
    options.on_milestone = [&](const model::relacy::Progress& progress) {
        milestones.push_back({progress.executions, progress.seconds, progress.share});
    };

    reports::Row row;
    row.scenario = entry.scenario;
    row.implementation = entry.implementation;
    row.summary = scenarios::summary_of(entry.scenario);
    row.threads = threads;
    row.strategy = to_text(settings.strategy);
    row.outcome = strongest(entry, threads, settings, options);
    options.on_milestone = {};
    if (!row.outcome.finding) row.outcome.milestones = std::move(milestones);
    if (settings.strategy == StrategyName::dpor && row.outcome.finding) {
        make_readable(entry, threads, options, row.outcome);
    }
    row.outcome.schedule.scenario = row.scenario;
    row.outcome.schedule.implementation = row.implementation;
    if (row.outcome.finding) {
        row.outcome = minimised(entry, row.outcome);
        row.outcome.critical_pair = critical_pair(entry, row.outcome);
    }
    row.symmetry = settings.strategy == StrategyName::dpor && settings.symmetry;
    row.shard = to_text(settings.shard);
    row.expected = expected_verdict(entry, threads, settings.strategy);
    // One share proves nothing alone, and not every share of a broken row holds a failing execution.
    if (settings.shard && !row.outcome.finding) row.expected = Verdict::undecided;
    row.as_expected = is_as_expected(row.outcome, entry.claim, row.expected);
    return row;
}

}  // namespace revenant::harness
