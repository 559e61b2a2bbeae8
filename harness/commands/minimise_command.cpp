#include "harness/commands/minimise_command.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <optional>

#include "harness/commands/complain.hpp"
#include "harness/files/case_file.hpp"
#include "harness/process/interrupt.hpp"
#include "harness/search/critical_pair.hpp"
#include "harness/search/expectation.hpp"
#include "harness/search/fewer_threads.hpp"
#include "harness/search/minimise.hpp"
#include "harness/search/replay.hpp"
#include "harness/search/stale_reads.hpp"
#include "reports/writers/text.hpp"

namespace revenant::harness {
namespace {

std::string size_of(const model::Outcome& outcome) {
    const auto switches = switches_in(outcome.trace);
    return fmt::format("{} threads, {} steps, {} switch{}", outcome.schedule.threads,
                       outcome.trace.steps.size(), switches, switches == 1 ? "" : "es");
}

}  // namespace

ExitStatus run_minimise(const std::string& schedule_or_path, const std::string& case_path, Colour colour) {
    // Before there is a temporary file that a signal could leave behind.
    const auto stop = watch_for_interrupt();
    std::optional<CaseFile> file;
    if (!case_path.empty()) {
        auto opened = CaseFile::open(case_path, stop);
        if (!opened) return complain(stop.stop_requested() ? exit_undecided : exit_usage, opened.error());
        file.emplace(std::move(*opened));
    }
    auto row = replay_schedule_or_case(schedule_or_path, stop);
    if (!row) return complain(stop.stop_requested() ? exit_undecided : exit_bad_schedule, row.error());
    if (!row->outcome.finding) {
        return complain(exit_bad_schedule, "this execution ends well: there is nothing to minimise");
    }
    Run run{scenarios::find_entry(row->scenario, row->implementation), row->threads};
    const auto before = size_of(row->outcome);
    if (auto fewer = with_fewer_threads(run, row->outcome)) {
        row->outcome = std::move(*fewer);
        run.threads = row->threads = row->outcome.schedule.threads;
    }
    row->outcome = minimised(run, row->outcome);
    row->outcome.critical_pair = critical_pair(run, row->outcome);
    add_note(row->outcome);
    auto text = reports::interleaving(*row, text_style(colour));
    text += fmt::format("\n{}; it was {}\n", size_of(row->outcome), before);
    if (!row->outcome.critical_pair) {
        text += "no two steps are known whose swap makes it pass\n";
    }
    std::optional<std::string> error;
    if (file) error = file->commit(*row, claimed_verdicts(row->scenario, row->threads));
    print(text);
    if (const auto unwritten = flush_stdout()) return complain(exit_usage, *unwritten);
    if (error) return complain(exit_usage, *error);
    return exit_as_expected;
}

}  // namespace revenant::harness
