#include "harness/commands/repro_command.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "harness/commands/complain.hpp"
#include "harness/commands/replay_on_threads_command.hpp"
#include "harness/commands/terminal.hpp"
#include "harness/files/case_file.hpp"
#include "harness/search/critical_pair.hpp"
#include "harness/search/expectation.hpp"
#include "harness/search/replay.hpp"
#include "harness/search/search_row.hpp"
#include "reports/command_name.hpp"
#include "reports/writers/text.hpp"

namespace revenant::harness {
namespace {

// The status that is the worse one to end with.
ExitStatus worse(ExitStatus a, ExitStatus b) {
    if (a == exit_as_expected) return b;
    return b == exit_as_expected || b == exit_undecided ? a : b;
}

// Searches every implementation that the case has a verdict of.
ExitStatus check_verdicts(const reports::Case& a_case) {
    const auto& schedule = a_case.schedule;
    if (a_case.verdicts.empty()) {
        print("\nthe case has no verdicts: no implementation was searched\n");
        return exit_undecided;
    }
    unsigned same = 0;
    ExitStatus status = exit_as_expected;
    for (const auto& [implementation, verdict] : a_case.verdicts) {
        const auto* const entry = scenarios::find_entry(schedule.scenario, implementation);
        if (entry == nullptr) {
            return complain(exit_bad_schedule,
                            fmt::format("{}: the catalogue has no {} for {} any more; `{} list` shows it",
                                        a_case.id, implementation, schedule.scenario, reports::command_name));
        }
        const auto found = verdict_in_words(search_row({entry, schedule.threads}, {}));
        if (found == verdict) {
            ++same;
            continue;
        }
        print(fmt::format("{}: the case says {}, and the search {}  NOT AS EXPECTED\n", implementation,
                          verdict, found));
        status = exit_not_as_expected;
    }
    print(fmt::format("\n{} implementations searched: {} as the case says\n", a_case.verdicts.size(), same));
    return status;
}

// How real threads go, if they can: a program that is not built is no failure of the case.
ExitStatus on_threads(const reports::Row& row, std::string& remark) {
    ThreadsOptions options;
    options.with_reports = false;
    for (const auto sanitizer : options.sanitizers) {
        if (threads_program(sanitizer)) continue;
        remark = "; the programs with real threads are not built";
        return exit_as_expected;
    }
    const auto status = replay_on_threads(row, options);
    if (status == exit_as_expected) remark = ", on real threads under ASan and TSan too";
    return status;
}

}  // namespace

ExitStatus run_repro(const std::string& path) {
    const auto a_case = load_case(path);
    if (!a_case) return complain(exit_bad_schedule, a_case.error());
    auto row = replay_case(*a_case);
    if (!row) return complain(exit_bad_schedule, row.error());
    add_critical_pair(*row);
    print(fmt::format("{}\n\n{}\n", a_case->id, reports::interleaving(*row, text_style(Colour::automatic))));

    std::string remark;
    ExitStatus status = on_threads(*row, remark);
    if (status == exit_undecided) return status;
    status = worse(status, check_verdicts(*a_case));

    const auto& sentence = row->outcome.finding->sentence;
    print(fmt::format("{} is broken: {}\n", row->implementation, sentence));
    const auto* const entry = scenarios::find_entry(row->scenario, row->implementation);
    const auto* const fix = scenarios::fix_of(*entry);
    if (fix != nullptr) {
        const auto of_fix = replay_on_fix(*fix, row->outcome.schedule);
        if (of_fix.outcome.finding) status = worse(status, exit_not_as_expected);
        print(fmt::format("{} is its fix: it {} along the same schedule{}.\n", fix->implementation,
                          of_fix.outcome.finding ? "fails too" : "ends well",
                          status == exit_as_expected ? remark : ""));
    }
    if (const auto error = flush_stdout()) return complain(exit_usage, *error);
    return status;
}

}  // namespace revenant::harness
