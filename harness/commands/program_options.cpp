#include "harness/commands/program_options.hpp"

#include "harness/commands/option_types.hpp"

namespace revenant::harness {

void add_program_options(CLI::App& command, ProgramOptions& options) {
    command.add_option("--test", options.tests, "A test, or a case of the test framework (default: all)")
        ->type_name("NAME")
        ->allow_extra_args(false)
        ->check(not_empty);
    auto* const replay = command
                             .add_option("--replay", options.replay,
                                         "Follow one schedule, rv1:… as printed, or the one of a *.case file")
                             ->type_name("SCHEDULE")
                             ->check(not_empty);
    command
        .add_flag("--gdb", options.gdb,
                  "With --replay: start gdb, stopped in the failing thread before the failing step")
        ->needs(replay);
}

}  // namespace revenant::harness
