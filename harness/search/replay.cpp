#include "harness/search/replay.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <optional>

#include "harness/files/case_file.hpp"
#include "harness/search/expectation.hpp"
#include "harness/search/stale_reads.hpp"
#include "model/search/guided.hpp"
#include "model/search/replay.hpp"
#include "reports/command_name.hpp"

namespace revenant::harness {
namespace {

using model::BadInput;
using model::Schedule;

// The choice at which the execution left its schedule, or failed before the schedule ended.
std::optional<std::size_t> first_difference(const Schedule& schedule, const model::Outcome& outcome) {
    if (outcome.diverged_at >= 0) return static_cast<std::size_t>(outcome.diverged_at);
    const auto taken = outcome.schedule.choices.size();
    if (outcome.finding && taken < schedule.choices.size()) return taken;
    return std::nullopt;
}

/// What came of following a schedule.
struct Followed {
    reports::Row row;
    std::string difference;  ///< how the program differs from the schedule, as a line; empty: it does not
};

// Errors: the schedule cannot be followed at all.
model::Result<Followed> follow(const Schedule& schedule) {
    const auto* const entry = scenarios::find_entry(schedule.scenario, schedule.implementation);
    if (entry == nullptr) {
        return BadInput{fmt::format("schedule: the catalogue has no {} for {}; `{} list` shows it",
                                    schedule.implementation, schedule.scenario, reports::command_name)};
    }
    make_room_for(schedule.threads);
    if (schedule.threads < model::relacy::explore_threads_min || schedule.threads > threads_max()) {
        return BadInput{fmt::format("schedule: {} threads; a model runs {} to {}", schedule.threads,
                                    model::relacy::explore_threads_min, threads_max())};
    }
    if (!scenarios::runs_with(*entry, schedule.threads)) {
        return BadInput{fmt::format("schedule: {} threads; {} does not run with so many", schedule.threads,
                                    schedule.scenario)};
    }
    const Run run{entry, schedule.threads};
    model::search::Replay strategy(schedule);
    Followed followed{row_of(run), {}};
    auto& row = followed.row;
    row.strategy = "replay";
    row.outcome = explore(run, strategy, options_of(schedule));
    if (row.outcome.ending == model::Ending::refused) return BadInput{"schedule: " + row.outcome.covered};
    if (row.outcome.finding) add_note(row.outcome);
    row.expected = entry->claim.verdict(run.threads);
    row.as_expected = row.outcome.finding ? is_as_expected(row.outcome, entry->claim, row.expected)
                                          : row.expected == model::Verdict::correct;
    if (const auto choice = first_difference(schedule, row.outcome)) {
        followed.difference = fmt::format(
            "schedule: the program differs from it at choice {} of {}: it was recorded on other code",
            *choice + 1, schedule.choices.size());
    }
    return followed;
}

}  // namespace

model::relacy::ExploreOptions options_of(const Schedule& schedule) {
    model::relacy::ExploreOptions options;
    options.revivals_fail = !schedule.revivals_pass;
    options.unordered_destroys_fail = !schedule.unordered_destroys_pass;
    options.rounds_max = schedule.rounds_max;
    options.plain_points = schedule.plain_points;
    options.leaks_pass = schedule.leaks_pass;
    options.mismatched_frees_pass = schedule.mismatched_frees_pass;
    return options;
}

model::Result<reports::Row> replay(const std::string& schedule_text) {
    const auto schedule = model::parse_schedule(schedule_text);
    if (!schedule) return BadInput{schedule.error()};
    auto followed = follow(*schedule);
    if (!followed) return BadInput{followed.error()};
    if (!followed->difference.empty()) return BadInput{followed->difference};
    return std::move(followed->row);
}

model::Result<reports::Row> replay_case(const reports::Case& a_case) {
    const auto in_case = [&](const std::string& line) { return BadInput{a_case.id + ": " + line}; };
    const auto& schedule = a_case.schedule;
    if (scenarios::find_entry(schedule.scenario, schedule.implementation) == nullptr) {
        return in_case(fmt::format("the catalogue has no {} for {} any more; `{} list` shows it",
                                   schedule.implementation, schedule.scenario, reports::command_name));
    }
    auto followed = follow(schedule);
    if (!followed) return in_case(followed.error());
    auto& row = followed->row;
    // A step that differs says more than the choice at which that came out.
    if (const auto step = reports::first_difference(a_case, reports::steps_in_words(row.outcome.trace))) {
        return in_case(*step);
    }
    if (!followed->difference.empty()) return in_case(followed->difference);
    if (const auto end = reports::other_end(a_case, row)) return in_case(*end);
    return std::move(row);
}

model::Result<reports::Row> replay_schedule_or_case(const std::string& schedule_or_path,
                                                    model::StopToken stop) {
    if (is_schedule(schedule_or_path)) return replay(schedule_or_path);
    std::error_code error;
    if (!std::filesystem::exists(schedule_or_path, error)) {
        return BadInput{fmt::format("'{}' is neither a schedule, such as rv1:…, nor a file",
                                    schedule_or_path.substr(0, 200))};
    }
    const auto a_case = load_case(schedule_or_path, stop);
    if (!a_case) return BadInput{a_case.error()};
    return replay_case(*a_case);
}

reports::Row replay_on_fix(const scenarios::Entry& fix, const Schedule& schedule) {
    const Run run{&fix, schedule.threads};
    model::search::Guided strategy(schedule);
    auto row = row_of(run);
    row.strategy = strategy.name();
    row.outcome = explore(run, strategy, {});
    return row;
}

}  // namespace revenant::harness
