#include "harness/commands/replay_command.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "harness/commands/complain.hpp"
#include "harness/search/critical_pair.hpp"
#include "harness/search/replay.hpp"
#include "reports/writers/text.hpp"

namespace revenant::harness {

ExitStatus run_replay(const std::string& schedule_or_path, Colour colour) {
    auto row = replay_schedule_or_case(schedule_or_path);
    if (!row) return complain(exit_bad_schedule, row.error());
    add_critical_pair(*row);
    const auto text = row->outcome.finding ? reports::interleaving(*row, text_style(colour))
                                           : fmt::format("{} {}: this one execution ends well\n",
                                                         row->scenario, row->implementation);
    print(text);
    if (const auto error = flush_stdout()) return complain(exit_usage, *error);
    return row->as_expected ? exit_as_expected : exit_not_as_expected;
}

}  // namespace revenant::harness
