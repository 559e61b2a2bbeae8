// What the end of a program with real threads is taken for. That the programs end so: threads_cli_test.cpp.
#include "harness/threads/threads_program.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <cstdlib>

namespace revenant::harness {
namespace {

Finished exited(int status, const std::string& err = {}) {
    Finished finished;
    finished.status = status;
    finished.err = err;
    return finished;
}
Finished killed_by(int signal) {
    Finished finished;
    finished.signal = signal;
    return finished;
}

TEST_CASE("the end of a program is blamed on the code only for what is the code's") {
    struct Row {
        Finished finished;
        Blame blame;
        std::string what;
    };
    const Row rows[] = {
        {exited(0), Blame::nobody, ""},
        {exited(0, "ERROR: AddressSanitizer: heap-use-after-free"), Blame::nobody, ""},
        {exited(66, "==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x1 at pc 0x2\n"),
         Blame::code, "heap-use-after-free"},
        {exited(66, "==1==ERROR: AddressSanitizer: attempting double-free on 0x1 in thread T1:\n"),
         Blame::code, "attempting double-free"},
        {exited(66, "==1==ERROR: AddressSanitizer: SEGV on unknown address 0x0\n"), Blame::code, "SEGV"},
        {exited(66, "WARNING: ThreadSanitizer: data race (pid=1)\n"), Blame::code, "data race"},
        {exited(66, "WARNING: ThreadSanitizer: heap-use-after-free (pid=1)"), Blame::code,
         "heap-use-after-free"},
        {exited(66, "==1==ERROR: LeakSanitizer: detected memory leaks\n"), Blame::code, "memory leak"},
        {exited(66, "a.cpp:1:2: runtime error: signed integer overflow: 1 + 2\n"), Blame::code,
         "signed integer overflow"},
        {exited(66, "==1==FATAL: ThreadSanitizer: unexpected memory mapping\n"), Blame::outside, "exit 66"},
        {exited(66), Blame::outside, "exit 66"},
        {exited(1, "==1==ERROR: AddressSanitizer: heap-use-after-free on address"), Blame::outside, "exit 1"},
        {exited(65, "revenant: assertion: strong > 0\n"), Blame::code, "assertion failed"},
        {exited(65, "revenant: leak: an object is left over"), Blame::code, "memory leak"},
        {exited(65), Blame::code, "deadlock"},
        {exited(3), Blame::code, "hung"},
        {exited(2), Blame::outside, "exit 2"},
        {exited(127), Blame::outside, "exit 127"},
        {killed_by(SIGSEGV), Blame::code, "signal 11"},
        {killed_by(SIGABRT), Blame::code, "signal 6"},
        {killed_by(SIGKILL), Blame::outside, "signal 9"},
        {killed_by(SIGTERM), Blame::outside, "signal 15"},
    };
    for (const auto& [finished, blame, what] : rows) {
        CAPTURE(finished.status);
        CAPTURE(finished.err);
        const auto judgement = judged(finished);
        CHECK(judgement.blame == blame);
        CHECK(judgement.what == what);
    }
}

TEST_CASE("a report that is cut anywhere crashes nobody") {
    const std::string whole =
        "x\n==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x1\nWARNING: ThreadSanitizer: "
        "data race (pid=1)\na.cpp: runtime error: overflow: 1\n";
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        const auto judgement = judged(exited(66, whole.substr(0, size)));
        CHECK(judgement.blame != Blame::nobody);
        CHECK(judgement.what.find('\n') == std::string::npos);
    }
}

TEST_CASE("a program that is not beside the command is named, with what builds it") {
    for (const auto sanitizer : {Sanitizer::none, Sanitizer::address, Sanitizer::thread}) {
        const auto program = threads_program(sanitizer);
        REQUIRE_FALSE(program);
        CHECK(program.error().starts_with("revenant-threads"));
        CHECK(program.error().find(" is not beside this command: `cmake --build ") != std::string::npos);
    }
}

}  // namespace
}  // namespace revenant::harness
