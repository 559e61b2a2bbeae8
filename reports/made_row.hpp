// Rows made by hand, for the tests of the writers: the same one for each of them.
#pragma once

#include "model/trace_builder.hpp"
#include "reports/report.hpp"

namespace revenant::reports {

/// A resurrection between the first and the last of `threads` threads; the ones between clone and release.
inline Row broken_row(unsigned threads = 2) {
    using K = model::OperationKind;
    model::TraceBuilder made;
    const auto registry = made.make(model::setup_thread, "registry");
    const auto mutex = made.cell(registry, "mutex");
    const auto config = made.make(model::setup_thread, "config");
    const auto strong = made.cell(config, "strong", cell_role::strong_count);
    const auto weak = made.cell(config, "weak", cell_role::weak_count);
    const auto scrap = made.make(model::setup_thread, "scrap");
    made.add(model::setup_thread, K::fetch_add, weak, 1, 2);
    made.free(model::setup_thread, scrap);

    const int last = static_cast<int>(threads) - 1;
    for (int t = 1; t < last; ++t) {
        made.add(t, K::fetch_add, strong, 1, 2);
        made.add(t, K::fetch_sub, strong, 2, 1);
    }
    made.add(last, K::lock, mutex);
    const int dropped = made.next();
    made.add(0, K::fetch_sub, strong, 1, 0);
    made.add(last, K::load, strong, 1).stale = true;
    made.add(last, K::cas_weak, strong, 1, 2).failed = true;
    const int taken = made.next();
    made.add(last, K::fetch_add, strong, 0, 1);

    Row row;
    row.scenario = "registry/intern_vs_last_release";
    row.implementation = "legacy_registry";
    row.threads = threads;
    row.strategy = "full";
    row.expected = model::Verdict::broken;
    row.as_expected = true;
    auto& outcome = row.outcome;
    outcome.verdict = model::Verdict::broken;
    outcome.ending = model::Ending::finding;
    outcome.executions_complete = 21;
    outcome.executions_blocked = 2;
    outcome.seconds = 0.0123456789;
    outcome.finding = model::Finding{
        model::FindingKind::resurrection,
        "no strong count goes 0→1",
        "T2 config#1.strong at impl/registry/legacy_registry.hpp:33, after T1 config#1.strong at "
        "scenarios/subjects/intrusive.hpp:115",
        "T2 took config#1.strong from 0 to 1 after T1 had dropped the last reference (step 7): the object is "
        "being destroyed, and T2 holds a pointer to it.",
        taken,
        dropped};
    outcome.trace = made.trace;
    outcome.schedule = {row.scenario,
                        row.implementation,
                        threads,
                        false,
                        false,
                        false,
                        {{model::ChoiceKind::thread, 0},
                         {model::ChoiceKind::thread, 0},
                         {model::ChoiceKind::stale_read, 1},
                         {model::ChoiceKind::thread, 1}}};
    return row;
}

/// A data race, and behind it two more, a use after free, and further races that are not shown.
inline Row row_with_more_behind() {
    auto row = broken_row();
    model::Outcome behind = row.outcome;
    behind.finding->kind = model::FindingKind::data_race;
    row.behind = {behind, behind};
    behind.finding->kind = model::FindingKind::use_after_free;
    behind.schedule.plain_points = {0x11a0, 0x11c4};
    row.behind.push_back(behind);
    row.races_not_shown = 4;
    row.behind_ending = model::Ending::finding;
    return row;
}

inline Row row_without_finding(model::Verdict verdict, model::Verdict expected, bool as_expected) {
    Row row;
    row.scenario = "tutorial/lost_update";
    row.implementation = "fetch_add";
    row.threads = 2;
    row.strategy = "full";
    row.expected = expected;
    row.as_expected = as_expected;
    row.outcome.verdict = verdict;
    row.outcome.exhaustive = verdict == model::Verdict::correct;
    row.outcome.ending = row.outcome.exhaustive ? model::Ending::exhausted : model::Ending::execution_budget;
    row.outcome.executions_complete = 1000;
    row.outcome.seconds = 1.5;
    return row;
}

/// A broken row whose texts have what a format could trip over; every one of its steps without a place.
inline Row hostile_row() {
    auto row = broken_row();
    row.implementation = "a|b<i>&`x`_y_\x01";
    row.as_expected = false;
    row.expected = model::Verdict::correct;
    row.outcome.schedule.implementation = "it's]]>";
    row.outcome.finding->sentence = "]]> <b>&amp; ``` | [x](1) @all \x1b[31m\n\n# \xc3(";
    row.outcome.finding->invariant = "no </failure> ```` \x07";
    for (auto& step : row.outcome.trace.steps) step.operation.where = {};
    return row;
}

inline constexpr const char* some_advice =
    "spin#1.word is a lock made of compare_exchange: P::mutex in its place has far fewer executions.";

/// Rows of every kind that a run can have, and one of every kind of finding.
inline Report report_of_every_row() {
    using model::Verdict;
    Report report;
    report.interrupted = true;
    report.version = "0.1.0";
    for (int k = 0; k <= static_cast<int>(model::FindingKind::assertion); ++k) {
        auto row = broken_row(static_cast<unsigned>(2 + k % 4));
        row.outcome.finding->kind = static_cast<model::FindingKind>(k);
        row.as_expected = k % 2 == 0;
        report.rows.push_back(row);
    }
    report.rows.push_back(row_with_more_behind());
    report.rows.push_back(row_without_finding(Verdict::correct, Verdict::correct, true));
    report.rows.back().advice = some_advice;
    report.rows.push_back(row_without_finding(Verdict::correct, Verdict::broken, false));
    report.rows.push_back(row_without_finding(Verdict::undecided, Verdict::correct, false));
    report.rows.back().outcome.covered = "dpor 1000 executions.";
    report.rows.back().advice = some_advice;
    report.rows.push_back(row_without_finding(Verdict::undecided, Verdict::undecided, true));
    auto diverged = row_without_finding(Verdict::undecided, Verdict::correct, false);
    diverged.outcome.ending = model::Ending::diverged;
    diverged.outcome.difference = "step 4: T1 config#1.strong load = 1, then = 2";
    report.rows.push_back(diverged);
    auto placed = hostile_row();
    placed.outcome.trace.steps.back().operation.where = std::source_location::current();
    placed.outcome.finding->partner = -1;
    report.rows.push_back(placed);
    return report;
}

}  // namespace revenant::reports
