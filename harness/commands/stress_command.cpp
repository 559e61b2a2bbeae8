#include "harness/commands/stress_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "harness/commands/complain.hpp"
#include "harness/commands/terminal.hpp"
#include "harness/process/interrupt.hpp"
#include "harness/threads/catch_rate.hpp"

namespace revenant::harness {
namespace {

struct Widths {
    std::size_t scenario = 8;
    std::size_t implementation = 14;
};

void print_heading(const Widths& widths) {
    print(fmt::format("{:<{}}  {:<{}}  {:>7}  {:<6}  {:<12}  {:>10}  {:>7}  {:>8}  {:<16}  {}\n", "scenario",
                      widths.scenario, "implementation", widths.implementation, "threads", "noise", "build",
                      "executions", "caught", "per 1000", "95 %", "first"));
}

void print_row(const Widths& widths, const Run& selected, const StressSettings& settings,
               const StressRow& row, bool wrong) {
    std::string rate = "-";
    std::string interval = "-";
    if (row.executions > 0) {
        const auto within = wilson_interval(row.caught, row.executions);
        rate = fmt::format("{:.4g}",
                           1000.0 * static_cast<double>(row.caught) / static_cast<double>(row.executions));
        interval = fmt::format("{:.4g} to {:.4g}", 1000 * within.low, 1000 * within.high);
    }
    const auto first = row.caught == 0 ? "-" : fmt::format("{}, seed {}", row.what, row.first_seed);
    print(fmt::format("{:<{}}  {:<{}}  {:>7}  {:<6}  {:<12}  {:>10}  {:>7}  {:>8}  {:<16}  {}{}\n",
                      selected.entry->scenario, widths.scenario, selected.entry->implementation,
                      widths.implementation, selected.threads, to_text(settings.noise),
                      to_text(settings.sanitizer), row.executions, row.caught, rate, interval, first,
                      wrong ? "  NOT CLEAN" : ""));
}

/// What the rows come to.
struct Totals {
    std::uint64_t executions = 0;
    unsigned clean = 0;      ///< rows of correct implementations without a catch
    unsigned not_clean = 0;  ///< … with one
    unsigned broken = 0;     ///< rows of broken ones
    unsigned found = 0;      ///< … with a catch
};

}  // namespace

ExitStatus run_stress(StressOptions options) {
    auto rows = select(options.selection);
    if (!rows) return complain(exit_usage, rows.error());
    if (options.settings.sanitizer == Sanitizer::thread) {
        std::erase_if(*rows, [](const Run& run) { return run.entry->fenced; });
        if (rows->empty()) {
            return complain(exit_usage,
                            "ThreadSanitizer sees no fences, and nothing else was selected; "
                            "--sanitizer address does");
        }
    }
    if (const auto program = threads_program(options.settings.sanitizer); !program) {
        return complain(exit_usage, program.error());
    }
    auto settings = options.settings;
    settings.stop = watch_for_interrupt();
    Widths widths;
    for (const auto& row : *rows) {
        widths.scenario = std::max(widths.scenario, row.entry->scenario.size());
        widths.implementation = std::max(widths.implementation, row.entry->implementation.size());
    }
    print_heading(widths);
    ProgressLine progress;
    Totals totals;
    const auto total = rows->size() * options.noises.size();
    std::size_t number = 0;
    for (const auto& selected : *rows) {
        for (const auto noise : options.noises) {
            settings.noise = noise;
            ++number;
            settings.on_progress = [&](std::uint64_t executions, std::uint64_t caught) {
                progress.show(
                    fmt::format("row {} of {}: {} executions, {} caught", number, total, executions, caught));
            };
            const auto row = stress_row(selected, settings);
            progress.clear();
            if (!row) return complain(exit_usage, row.error());
            if (!row->trouble.empty()) {
                return complain(
                    exit_internal,
                    fmt::format("{} {}: the program ended, and not for a reason of the code's: {}",
                                selected.entry->scenario, selected.entry->implementation, row->trouble));
            }
            const bool correct = selected.entry->claim.verdict(selected.threads) == model::Verdict::correct;
            const bool wrong = correct && row->caught > 0;
            totals.executions += row->executions;
            totals.clean += correct && !wrong ? 1 : 0;
            totals.not_clean += wrong ? 1 : 0;
            totals.broken += correct ? 0 : 1;
            totals.found += !correct && row->caught > 0 ? 1 : 0;
            print_row(widths, selected, settings, *row, wrong);
            if (settings.stop.stop_requested()) {
                print("interrupted\n");
                return exit_undecided;
            }
        }
    }
    print(fmt::format(
        "\n{} row{}, {} executions: {} correct and clean, {} correct and NOT CLEAN; {} broken, {} of them "
        "caught\n",
        total, total == 1 ? "" : "s", totals.executions, totals.clean, totals.not_clean, totals.broken,
        totals.found));
    if (const auto error = flush_stdout()) return complain(exit_usage, *error);
    return totals.not_clean == 0 ? exit_as_expected : exit_not_as_expected;
}

}  // namespace revenant::harness
