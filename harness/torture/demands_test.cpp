#include "harness/torture/demands.hpp"

#include <doctest/doctest.h>

#include <csignal>

namespace revenant::harness::torture {
namespace {

std::string objection_to(const std::string& script, const Demands& demands = {}, double patience = 60) {
    const auto ended = ChildProcess("/bin/sh", {"-c", script}, {}).finish(patience);
    return objection(ended, demands).value_or("");
}

TEST_CASE("a command that behaves is not objected to") {
    CHECK(objection_to("echo fine; echo 'revenant: no such file' >&2; exit 2").empty());
    CHECK(objection_to("printf 'grün → ✗\\n'; exit 1").empty());
    CHECK(objection_to("printf '\\033[1;31mred\\033[0m\\n'", {.colours = true}).empty());
    CHECK(objection_to("exec kill -PIPE $$", {.signals = {SIGPIPE}}).empty());
    CHECK(objection_to("printf 'WARNING\\nmore\\n' >&2", {.foreign_stderr = true}).empty());
}

TEST_CASE("each fault of a bad command is named") {
    struct Row {
        const char* script;
        const char* named;
    };
    const Row rows[] = {
        {"kill -SEGV $$", "was ended by signal 11"},
        {"kill -PIPE $$", "was ended by signal 13"},
        {"echo 'revenant: internal error: x' >&2; exit 70", "ended with status 70: revenant: internal"},
        {"echo '==1==ERROR: AddressSanitizer' >&2; exit 66", "ended with status 66: ==1==ERROR"},
        {"exit 127", "ended with status 127"},
        {"printf '\\033]0;owned\\007'", "stdout has what cannot be printed in line 1"},
        {"printf 'a\\nb\\r\\n'", "stdout has what cannot be printed in line 2"},
        {"printf '\\377\\n'", "stdout has what cannot be printed"},
        {"printf '\\033[31mred'", "stdout has what cannot be printed"},
        {"printf 'revenant: \\033[2J\\n' >&2", "stderr has what cannot be printed"},
        {"printf 'revenant: a\\nrevenant: b\\n' >&2", "stderr is not one line"},
        {"printf 'revenant: a' >&2", "stderr is not one line"},
        {"echo 'terminate called' >&2; exit 2", "stderr does not begin with"},
    };
    for (const auto& [script, named] : rows) {
        CAPTURE(script);
        const auto said = objection_to(script);
        CHECK_MESSAGE(said.find(named) != said.npos, said);
    }
    CHECK(objection_to("exec cat /dev/zero >/dev/null", {}, 0.3) == "did not end in time");
    CHECK(objection_to("printf '\\033[2J'", {.colours = true}).find("cannot be printed") !=
          std::string::npos);
    CHECK(objection_to("printf '\\033[2J' >&2", {.foreign_stderr = true}).starts_with("stderr has what"));
}

}  // namespace
}  // namespace revenant::harness::torture
