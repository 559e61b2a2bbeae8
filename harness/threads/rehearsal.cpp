#include "harness/threads/rehearsal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace revenant::harness {
namespace {

using model::FindingKind;

// Whether the sanitizer's build says something of a finding.
bool shows(FindingKind kind, bool at_quiescence, Sanitizer sanitizer) {
    switch (kind) {
        case FindingKind::assertion:
        case FindingKind::counter_overflow:
        case FindingKind::counter_underflow:
        case FindingKind::deadlock: return true;
        case FindingKind::resurrection:
        case FindingKind::use_after_free:
        case FindingKind::double_free:
        case FindingKind::double_destroy: return sanitizer != Sanitizer::none;
        case FindingKind::leak: return sanitizer == Sanitizer::address;
        case FindingKind::data_race: return sanitizer == Sanitizer::thread;
        case FindingKind::invariant: return at_quiescence;
        case FindingKind::livelock:
        case FindingKind::uninitialised_read: return false;
    }
    return false;
}

bool is_of_memory(std::string_view what) {
    constexpr std::string_view known[] = {"heap-use-after-free", "attempting double-free", "data race"};
    return std::find(std::begin(known), std::end(known), what) != std::end(known);
}

}  // namespace

model::Result<Rehearsal> rehearsal_of(const reports::Row& row) {
    auto steps = model::threads::script_steps(row.outcome.trace);
    if (!steps) return model::BadInput{steps.error()};
    // A store that is read although there is a newer one of the same value: no step tells it, and it may be
    // what the finding hangs on.
    const auto& choices = row.outcome.schedule.choices;
    const auto stale = std::ranges::find_if(choices, model::is_stale_or_spurious);
    if (stale != choices.end()) {
        const auto step = row.outcome.steps_before_choices[static_cast<std::size_t>(stale - choices.begin())];
        return model::BadInput{fmt::format(
            "step {} of the schedule reads an older store although a newer one has the same value, "
            "which this hardware cannot be made to do; the model can: replay it there",
            step + 1)};
    }
    return Rehearsal{{row.scenario, row.implementation, row.threads, *steps}, row.outcome};
}

Fits expected_report(const model::Outcome& outcome, Sanitizer sanitizer) {
    if (!outcome.finding) return nullptr;
    const auto kind = outcome.finding->kind;
    const auto failing = static_cast<std::size_t>(outcome.finding->step);
    const bool at_quiescence = outcome.trace.steps[failing].thread == model::teardown_thread;
    // Behind a revived count memory is misused sooner or later; a race is merely the first sign of it.
    if (outcome.schedule.revivals_pass && kind == FindingKind::data_race) {
        return [](std::string_view what) { return what.empty() || is_of_memory(what); };
    }
    // A rule of the scenario's fails on real threads as well; what a Witness notes the model alone knows.
    if (kind == FindingKind::invariant && !at_quiescence) {
        return [](std::string_view what) { return what.empty() || what == "invariant failed"; };
    }
    if (sanitizer == Sanitizer::none && shows(kind, at_quiescence, Sanitizer::address)) {
        return [](std::string_view) { return true; };  // without a sanitizer memory errors do what they like
    }
    if (!shows(kind, at_quiescence, sanitizer)) return nullptr;
    switch (kind) {
        case FindingKind::leak: return [](std::string_view what) { return what == "memory leak"; };
        case FindingKind::deadlock: return [](std::string_view what) { return what == "deadlock"; };
        case FindingKind::assertion:
        case FindingKind::counter_overflow:
        case FindingKind::counter_underflow:
        case FindingKind::invariant: return [](std::string_view what) { return what.ends_with(" failed"); };
        default: return is_of_memory;
    }
}

std::string to_text(const Tally& tally, std::size_t steps) {
    auto path = fmt::format("{}", tally.least_followed);
    if (tally.most_followed != tally.least_followed) path += fmt::format(" to {}", tally.most_followed);
    path = tally.least_followed == steps ? fmt::format("all {} steps", steps)
                                         : fmt::format("{} of {} steps", path, steps);
    std::string ends;
    for (const auto& [what, count] : tally.ends) {
        if (!ends.empty()) ends += "; ";
        ends += fmt::format("{}, {} of {}", what.empty() ? "ended well" : what, count, tally.runs);
    }
    return fmt::format("{:<14} {}", path, ends);
}

std::variant<Tally, NoRun> tally_runs(const Rehearsal& rehearsal, Sanitizer sanitizer, unsigned runs,
                                      const ThreadRunOptions& options,
                                      const std::function<void(unsigned)>& on_run) {
    Tally tally;
    for (unsigned i = 0; i < runs; ++i) {
        on_run(i);
        const auto run = run_on_threads(rehearsal.script, rehearsal.outcome.trace, sanitizer, options);
        if (!run) return NoRun{RunEnd::troubled, run.error()};
        switch (run->end) {
            case RunEnd::stopped: return NoRun{RunEnd::stopped, {}};
            case RunEnd::left_script:
            case RunEnd::troubled:
                return NoRun{run->end, fmt::format("{} under {}: {}", rehearsal.script.implementation,
                                                   to_text(sanitizer), run->what)};
            case RunEnd::caught:
            case RunEnd::well: break;
        }
        ++tally.runs;
        ++tally.ends[run->what];
        if (run->end == RunEnd::caught && tally.report.empty()) tally.report = run->report;
        tally.least_followed = std::min(tally.least_followed, run->happened.recorded_steps);
        tally.most_followed = std::max(tally.most_followed, run->happened.recorded_steps);
    }
    return tally;
}

}  // namespace revenant::harness
