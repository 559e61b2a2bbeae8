#include "reports/import/formats/stack_frame.hpp"

#include <doctest/doctest.h>

namespace revenant::reports {
namespace {

struct Expected {
    const char* line;
    const char* function;
    const char* file;
    unsigned at;
};

TEST_CASE("a sanitizer's frame has its function, and its file and line where it has them") {
    const Expected frames[] = {
        {"    #0 0x11 in Entry::key() const /w/entry.h:9", "Entry::key() const", "/w/entry.h", 9},
        {"    #3 0x11 in f(int) /w/a b/c d.cc:9:12 (app+0x1)", "f(int)", "/w/a b/c d.cc", 9},
        {"    #1 0x11 in f C:\\w x\\c.cc:9", "f", "C:\\w x\\c.cc", 9},
        {"    #0 operator delete(void*) <null> (app+0x1)", "operator delete(void*)", "", 0},
        {"    #0 0x1 in operator delete(void*) ../../src/asan_new_delete.cpp:152", "operator delete(void*)",
         "../../src/asan_new_delete.cpp", 152},
        {"    #2 0x13 in start_thread (/lib/libpthread.so.0+0x76da)", "start_thread", "", 0},
        {"    #2 0x13  (/lib/libpthread.so.0+0x76da) (BuildId: 0123)", "", "", 0},
        {"    #1 0x1 in Arena::operator delete(void*) /w/arena.cc:4", "Arena::operator delete(void*)",
         "/w/arena.cc", 4},
        {"#0 Job::put() job.swift:12 (App:arm64+0x100003a)", "Job::put()", "job.swift", 12},
    };
    for (const auto& expected : frames) {
        CAPTURE(std::string(expected.line));
        const auto read = sanitizer_frame(expected.line);
        REQUIRE(read);
        CHECK(read->frame.function == expected.function);
        CHECK(read->frame.file == expected.file);
        CHECK(read->frame.line == expected.at);
    }
    for (const auto* const line : {"#", "# 0 f", "#x f", "READ of size 8", "#4294967296 f", ""})
        CHECK_MESSAGE(!sanitizer_frame(line), std::string(line));
}

TEST_CASE("valgrind's frame and the kernel's have their own shapes") {
    const auto at = valgrind_frame("   at 0x401136: job_put (job.c:9)");
    REQUIRE(at);
    CHECK(at->frame.function == "job_put");
    CHECK(at->frame.line == 9);
    const auto by = valgrind_frame("   by 0x4011: f(int) (in /usr/lib/x.so)");
    REQUIRE(by);
    CHECK(by->frame.function == "f(int)");
    CHECK_FALSE(valgrind_frame(" Address 0x5a2c044 is 4 bytes inside"));
    const auto kernel = kernel_frame(" ? port_find+0x40/0x90 net/port.c:12");
    REQUIRE(kernel);
    CHECK(kernel->function == "port_find");
    CHECK(kernel->line == 12);
    CHECK_FALSE(kernel_frame(" <TASK>"));
    CHECK_FALSE(kernel_frame(" RIP: 0010:port_find+0x40/0x90"));
    CHECK_FALSE(kernel_frame("CPU: 1 PID: 77 Comm: x Not tainted"));
}

}  // namespace
}  // namespace revenant::reports
