#include "harness/torture/help_text.hpp"

#include <doctest/doctest.h>

namespace revenant::harness::torture {
namespace {

constexpr const char* help =
    "Search\n"
    "Usage: revenant check [OPTIONS] [GLOB...]\n\n"
    "Positionals:\n"
    "  GLOB TEXT ...               Scenarios\n\n"
    "Options:\n"
    "  -h,--help                   Print this help message and exit\n"
    "  --threads N                 Threads of each scenario\n"
    "  --strategy TEXT:dpor|full\n"
    "                              dpor: exhaustive; full: every execution\n"
    "  --no-stale                  Every load reads the newest value\n"
    "  --source-root FOLDER:DIR    Where the page reads\n\n"
    "Exit status: 0 all rows as expected\n";

TEST_CASE("the subcommands are those that the help lists") {
    CHECK(subcommand_names("Usage\n\nOptions:\n  -h,--help   Print\n\nSubcommands:\n  list   Show\n"
                           "  check                       Search\n\nExit status: 0\n") ==
          std::vector<std::string>{"list", "check"});
    CHECK(subcommand_names("").empty());
}

TEST_CASE("the options have their names, what they take, and their choices") {
    const auto command = subcommand_of("check", help);
    CHECK(command.positional == "GLOB");
    REQUIRE(command.options.size() == 4);
    CHECK(command.options[0].name == "--threads");
    CHECK(command.options[0].value == "N");
    CHECK(command.options[1].name == "--strategy");
    CHECK(command.options[1].choices == std::vector<std::string>{"dpor", "full"});
    CHECK(command.options[2].name == "--no-stale");
    CHECK(command.options[2].value.empty());
    CHECK(command.options[3].value == "FOLDER");
    CHECK(command.options[3].choices.empty());
}

}  // namespace
}  // namespace revenant::harness::torture
