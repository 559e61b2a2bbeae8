// A replay under gdb, as far as gdb shows it: the right thread, in the program's own code, with true values.
#include <doctest/doctest.h>

#include "harness/commands/exit_status.hpp"
#include "harness/native/test_rows.hpp"
#include "harness/process/test_folder.hpp"

namespace revenant::harness {
namespace {

/// What gdb prints for a test's finding; in the frame that it shows, it prints these expressions too.
Finished under_gdb(const std::string& program, const char* test, const Words& expressions) {
    const ScratchFolder folder;
    const auto schedule = native_rows(program).at(test)["schedule"].get<std::string>();
    std::string commands = "set pagination off\nset debuginfod enabled off\ndefine hookpost-frame\n";
    for (const auto& expression : expressions) commands += "print " + expression + "\n";
    folder.write(".gdbinit", commands + "end\n");
    auto options = in_folder(folder.path());
    options.environment.emplace_back("HOME", folder.path());
    return ChildProcess(REVENANT_NATIVE_PROGRAMS "/" + program, {"--replay", schedule, "--gdb"}, options)
        .finish(600);
}

bool has_gdb() {
    const ScratchFolder folder;
    return ChildProcess("/bin/sh", {"-c", "command -v gdb"}, in_folder(folder.path())).finish().status == 0;
}

bool says(const Finished& finished, const std::string& text) {
    return (finished.out + finished.err).find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("gdb stops in the failing thread, before its step, and shows its own variables") {
    const auto result = under_gdb("native_named", "thread_local", {"own", "local"});
    if (!has_gdb()) {
        CHECK(result.status == exit_usage);
        CHECK(says(result, "gdb is not installed"));
        return;
    }
    INFO(result.out, result.err);
    CHECK(says(result, "revenant: T2 stops after step"));
    CHECK(says(result, "\"T2\" received signal SIGTRAP"));
    CHECK(says(result, "$1 = 2"));  // T1 has 1 there
    CHECK(says(result, "$2 = 42"));
    CHECK(says(result, "REVENANT_ENSURE(local == 0)"));
}

TEST_CASE("before an access that fails, gdb shows the frame of the program's own code") {
    if (!has_gdb()) return;
    const auto result = under_gdb("native_named", "new", {"config->size"});
    INFO(result.out, result.err);
    CHECK(says(result, "stops before step"));
    CHECK(says(result, "++config->size"));
    CHECK(says(result, "named.cpp:"));
}

TEST_CASE("--gdb without --replay is a line and a status") {
    const ScratchFolder folder;
    const auto result = run_native("native_named", {"--gdb"}, folder.path());
    CHECK(result.status == exit_usage);
    CHECK(says(result, "--replay"));
}

}  // namespace revenant::harness
