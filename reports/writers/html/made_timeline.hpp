// Rows made by hand for the tests of the page: long timelines, many lanes, every verdict, plots.
#pragma once

#include "reports/made_row.hpp"

namespace revenant::reports {

/// Threads that intern, clone and release by turns, and at the end a resurrection by the last of them after
/// the first has dropped the last reference; about so many steps.
inline Row long_row(unsigned threads, int steps) {
    using K = model::OperationKind;
    using O = std::memory_order;
    model::TraceBuilder made;
    const auto registry = made.make(model::setup_thread, "registry");
    const auto mutex = made.cell(registry, "mutex");
    const auto config = made.make(model::setup_thread, "config");
    const auto strong = made.cell(config, "strong", cell_role::strong_count);
    const auto weak = made.cell(config, "weak", cell_role::weak_count);
    const auto flag = made.cell(model::no_id, "ready");
    made.add(model::setup_thread, K::store, weak, 0, 2);

    std::uint64_t count = 1;
    const auto step = [&](int thread, const char* call, K kind, model::CellId cell, std::uint64_t before,
                          std::uint64_t after, O order) -> model::Operation& {
        auto& op = made.add(thread, kind, cell, before, after);
        op.order = order;
        made.trace.steps.back().call = call;
        return op;
    };
    const int lanes = static_cast<int>(threads);
    for (int turn = 0; made.next() < steps - 12; ++turn) {
        const int thread = (turn * 5 + turn / 7) % lanes;
        switch (turn % 3) {
            case 0:
                step(thread, "intern", K::lock, mutex, 0, 0, O::relaxed);
                step(thread, "intern", K::load, strong, count, 0, O::relaxed);
                step((thread + 1) % lanes, "check", K::load, flag, 0, 0, O::acquire).stale = turn > 3;
                step(thread, "intern", K::fetch_add, strong, count, count + 1, O::relaxed);
                ++count;
                step(thread, "intern", K::unlock, mutex, 0, 0, O::relaxed);
                break;
            case 1:
                step(thread, "publish", K::store, flag, 0, 1, O::release);
                step((thread + 1) % lanes, "check", K::load, flag, 1, 0, O::acquire);
                step(thread, "upgrade", K::cas_weak, weak, 2, 3, O::acq_rel).failed = turn % 2 == 0;
                if (turn % 2 != 0) step(thread, "upgrade", K::fetch_sub, weak, 3, 2, O::acq_rel);
                break;
            default: step(thread, "release", K::fetch_sub, strong, count, count - 1, O::acq_rel); --count;
        }
    }
    for (; count > 1; --count) step(1, "release", K::fetch_sub, strong, count, count - 1, O::acq_rel);
    const int last = lanes - 1;
    step(last, "intern", K::lock, mutex, 0, 0, O::relaxed);
    const int dropped = made.next();
    step(0, "release", K::fetch_sub, strong, 1, 0, O::acq_rel);
    step(last, "intern", K::load, strong, 1, 0, O::relaxed).stale = true;
    const int taken = made.next();
    step(last, "intern", K::fetch_add, strong, 0, 1, O::relaxed);

    auto row = broken_row(threads);
    row.implementation = "made_registry+" + std::to_string(steps) + "_steps";
    row.outcome.trace = made.trace;
    row.outcome.finding->step = taken;
    row.outcome.finding->partner = dropped;
    row.outcome.finding->sentence =
        "T" + std::to_string(threads) + " took config#1.strong from 0 to 1 after T1 had dropped the last " +
        "reference (step " + std::to_string(dropped + 1) + "): the object is being destroyed, and T" +
        std::to_string(threads) + " holds a pointer to it.";
    row.outcome.critical_pair = model::CriticalPair{dropped, taken - 1};
    row.outcome.schedule.choices.assign(static_cast<std::size_t>(steps), {model::ChoiceKind::thread, 1});
    return row;
}

/// No thread takes a step, and nothing collides.
inline Row row_that_fails_in_setup() {
    auto row = broken_row();
    row.implementation = "made_registry+fails_in_setup";
    auto& outcome = row.outcome;
    auto& steps = outcome.trace.steps;
    while (steps.back().thread != model::setup_thread) steps.pop_back();
    outcome.finding->kind = model::FindingKind::assertion;
    outcome.finding->sentence = "An assertion failed before the threads began.";
    outcome.finding->step = static_cast<int>(steps.size()) - 1;
    outcome.finding->partner = -1;
    return row;
}

/// Exhaustive rows of one implementation with 2 to 4 threads, each a factor more executions.
inline void add_growth(Report& report, const char* implementation, std::uint64_t executions,
                       std::uint64_t factor) {
    for (unsigned threads = 2; threads <= 4; ++threads) {
        auto row = row_without_finding(model::Verdict::correct, model::Verdict::correct, true);
        row.scenario = "registry/intern_vs_last_release";
        row.summary = "A lookup may meet an entry whose last reference is being dropped.";
        row.implementation = implementation;
        row.threads = threads;
        row.outcome.executions_complete = executions;
        for (unsigned part = 1; part <= 8; ++part) {
            row.outcome.milestones.push_back(
                {1 + executions * part / 8, 0.25 * part, part == 8 ? 1.0 : 0.11 * part * (1.0 + 1.0 / part)});
        }
        executions *= factor;
        report.rows.push_back(row);
    }
}

/// Every verdict, findings of 2 to 6 lanes with up to 200 steps, a text that must stay text, plots.
inline Report made_report() {
    Report report;
    report.version = "0.0.0-made";
    report.provenance = {"2026-01-31 12:00 UTC", "made_page", "0123456789ab", "89abcdef01234567",
                         "made-machine: a processor, 8 CPUs, Linux 6.1.0 x86_64"};
    report.rows.push_back(broken_row());
    report.rows.back().summary = "A lookup may meet an entry whose last reference is being dropped.";
    report.rows.push_back(broken_row(3));  // the same finding, and once more
    report.rows.push_back(broken_row(4));
    report.rows.push_back(long_row(2, 40));
    report.rows.push_back(long_row(3, 80));
    report.rows.push_back(long_row(5, 120));
    report.rows.push_back(long_row(6, 200));
    report.rows.back().as_expected = false;
    report.rows.back().expected = model::Verdict::correct;
    report.rows.push_back(row_that_fails_in_setup());
    report.rows.push_back(row_without_finding(model::Verdict::correct, model::Verdict::correct, true));
    report.rows.push_back(row_without_finding(model::Verdict::undecided, model::Verdict::correct, false));
    report.rows.back().implementation = "</script><b>&\"'";
    report.rows.back().outcome.share_explored = 0.314;
    static constexpr struct {
        const char* name;
        std::uint64_t executions;
        std::uint64_t factor;
    } grown[] = {{"atomic_registry", 6, 40}, {"epoch_registry", 12, 25},  {"hazard_registry", 30, 90},
                 {"locked_registry", 4, 12}, {"sharded_registry", 9, 60}, {"split_registry", 5, 8},
                 {"twin_registry", 9, 60}};  // its line lies upon another one
    for (const auto& line : grown) add_growth(report, line.name, line.executions, line.factor);

    auto& lines = report.sources["reports/writers/html/made_timeline.hpp"];
    for (int line = 1; line <= 150; ++line) {
        lines.push_back("    line_" + std::to_string(line) +
                        "(\"</script><b>&\", made<int>);  // as it stands");
    }
    return report;
}

}  // namespace revenant::reports
