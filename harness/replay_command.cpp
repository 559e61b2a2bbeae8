#include "harness/replay_command.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <optional>

#include "harness/cases.hpp"
#include "harness/complain.hpp"
#include "harness/minimise.hpp"
#include "harness/search_row.hpp"
#include "model/relacy/engine.hpp"
#include "model/search/guided.hpp"
#include "model/search/replay.hpp"
#include "reports/writers/text.hpp"
#include "scenarios/catalogue.hpp"

namespace revenant::harness {
namespace {

// The choice at which the execution left its schedule, or failed before the schedule ended.
std::optional<std::size_t> first_difference(const model::Schedule& schedule, const model::Outcome& outcome) {
    if (outcome.diverged_at >= 0) return static_cast<std::size_t>(outcome.diverged_at);
    const auto taken = outcome.schedule.choices.size();
    if (outcome.finding && taken < schedule.choices.size()) return taken;
    return std::nullopt;
}

}  // namespace

model::Result<reports::Row> replay(const std::string& schedule_text) {
    const auto schedule = model::parse_schedule(schedule_text);
    if (!schedule) return model::BadInput{schedule.error()};
    const auto* const entry = scenarios::find_entry(schedule->scenario, schedule->implementation);
    if (entry == nullptr) {
        return model::BadInput{
            fmt::format("schedule: the catalogue has no {} for {}; `revenant list` shows it",
                        schedule->implementation, schedule->scenario)};
    }
    if (schedule->threads < model::relacy::explore_threads_min ||
        schedule->threads > model::relacy::explore_threads_max) {
        return model::BadInput{fmt::format("schedule: {} threads; a model runs {} to {}", schedule->threads,
                                           model::relacy::explore_threads_min,
                                           model::relacy::explore_threads_max)};
    }
    model::search::Replay strategy(*schedule);
    const auto program = entry->make(schedule->threads);

    reports::Row row;
    row.scenario = schedule->scenario;
    row.implementation = schedule->implementation;
    row.threads = schedule->threads;
    row.strategy = "replay";
    row.outcome = model::relacy::explore(*program, row.threads, strategy, options_of(*entry, *schedule));
    row.outcome.schedule.scenario = row.scenario;
    row.outcome.schedule.implementation = row.implementation;
    row.expected = entry->claim.verdict(row.threads);
    if (const auto choice = first_difference(*schedule, row.outcome)) {
        return model::BadInput{fmt::format(
            "schedule: the program differs from it at choice {} of {}: it was recorded on other code",
            *choice + 1, schedule->choices.size())};
    }
    row.as_expected = row.outcome.finding ? is_as_expected(row.outcome, entry->claim, row.expected)
                                          : row.expected == model::Verdict::correct;
    return row;
}

model::relacy::ExploreOptions options_of(const scenarios::Entry& entry, const model::Schedule& schedule) {
    model::relacy::ExploreOptions options;
    options.overrides = entry.overrides;
    options.revivals_fail = !schedule.revivals_pass;
    options.unordered_destroys_fail = !schedule.unordered_destroys_pass;
    return options;
}

reports::Row replay_on_fix(const scenarios::Entry& fix, const model::Schedule& schedule) {
    model::search::Guided strategy(schedule);
    model::relacy::ExploreOptions options;
    options.overrides = fix.overrides;
    const auto program = fix.make(schedule.threads);
    reports::Row row;
    row.scenario = fix.scenario;
    row.implementation = fix.implementation;
    row.threads = schedule.threads;
    row.strategy = strategy.name();
    row.outcome = model::relacy::explore(*program, schedule.threads, strategy, options);
    row.outcome.trace = model::relacy::last_trace();
    return row;
}

ExitStatus run_replay(const std::string& schedule_or_path, Colour colour) {
    auto row = replay_schedule_or_case(schedule_or_path);
    if (!row) return complain(exit_bad_schedule, row.error());
    add_critical_pair(*row);
    const auto text = row->outcome.finding ? reports::interleaving(*row, text_style(colour))
                                           : fmt::format("{} {}: this one execution ends well\n",
                                                         row->scenario, row->implementation);
    std::fputs(text.c_str(), stdout);
    if (const auto error = flush_stdout()) return complain(exit_usage, *error);
    return row->as_expected ? exit_as_expected : exit_not_as_expected;
}

}  // namespace revenant::harness
