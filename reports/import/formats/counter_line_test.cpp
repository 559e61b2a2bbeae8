#include "reports/import/formats/counter_line.hpp"

#include <doctest/doctest.h>

namespace revenant::reports {
namespace {

std::optional<CounterLine> read(const char* line) {
    Verbs verbs(Vocabulary::standard());
    return counter_line(line, verbs);
}

struct Expected {
    const char* line;
    const char* thread;
    const char* type;
    const char* call;
    std::int64_t before;
    std::int64_t after;
};

TEST_CASE("a change of a count is read in the forms in which people write it") {
    const Expected lines[] = {
        {"<config> 0x604000000010 deref 1 - 0 [T1]", "T1", "<config>", "release", 1, 0},
        {"[HTTP thread] <SSLConfig> 0x604000000010 ref 0 - 1", "HTTP thread", "<SSLConfig>", "clone", 0, 1},
        {"[A] <sock> 0x60c0 deref 1 - 1 = 0", "A", "<sock>", "release", 1, 0},
        {"[B] <sock> 0x60c0 ref 0 + 1 = 1", "B", "<sock>", "clone", 0, 1},
        {"[A] [Node] 0x10 ref 2 -> 3", "A", "<Node>", "clone", 2, 3},
        {"T1: Node 0x10 unref 1 → 0", "T1", "<Node>", "release", 1, 0},
        {"T1: Node@0x10 Release: 1->0", "T1", "<Node>", "release", 1, 0},
        {"[B] <node> 0x10 frob 0 - 1", "B", "<node>", "clone", 0, 1},
        {"0x10 AddRef 2", "", "", "clone", 1, 2},
        {"tid=12 0x10 Release 1", "12", "", "release", 2, 1},
        {"<job> 0x10 unref refs=0", "", "<job>", "release", 1, 0},
        {"<job> 0x10 unref (0)", "", "<job>", "release", 1, 0},
        {"AddRef(0x10) 2", "", "", "clone", 1, 2},
        {"[A] <pic> 0x10 deref 0 - -1", "A", "<pic>", "release", 0, -1},
        {"[A] <pic> 0x10 deref 0 - 4294967295", "A", "<pic>", "release", 0, -1},
        {"[A] <pic> 0x10 deref 0 - 18446744073709551615", "A", "<pic>", "release", 0, -1},
        {"Release(): this=0x10 refs=0", "", "", "release", 1, 0},
        {"AddRef Foo@0x10 cnt=1", "", "<Foo>", "clone", 0, 1},
        {"foo::ref this=0x10, count 0 -> 1", "", "", "clone", 0, 1},
        {"[Fri Nov  6 03:14:15 2026] <node> 0x10 ref 0 - 1", "", "<node>", "clone", 0, 1},
        {"[1732072455] <node> 0x10 ref 0 - 1", "", "<node>", "clone", 0, 1},
        {"[2026-11-20 03:14:15] <node> 0x10 ref 0 - 1", "", "<node>", "clone", 0, 1},
        {"[03:14:15.123] [debug] [77] <node> 0x10 ref 0 - 1", "77", "<node>", "clone", 0, 1},
        {"<node> 0x10 weak_deref 2 - 1 [3]", "3", "<node>", "release_weak", 2, 1},
        {"[A] 0x60c0 Release 0", "A", "", "release", 1, 0},
        {"[worker thread] 0x60c0 AddRef 2", "worker thread", "", "clone", 1, 2},
        {"(A) <sock> 0x60c0 deref 1 - 0", "A", "<sock>", "release", 1, 0},
        {"A: <sock> 0x60c0 deref 1 - 0", "A", "<sock>", "release", 1, 0},
        {"T1 sock 0x60c0 unref 1→0", "T1", "<sock>", "release", 1, 0},
        {"I <sock> 0x60c0 deref 1 - 0", "", "<sock>", "release", 1, 0},
        {"[tid 11] sock 0x60c0 refcount 1 -> 0", "tid 11", "<sock>", "release", 1, 0},
        {"[A] kref_put: 0x60C0 (1→0)", "A", "", "release", 1, 0},
        {"sock 0x60c0 unref refcount was 1 now 0", "", "<sock>", "release", 1, 0},
        {"[Nov 20] <node> 0x10 ref 0 - 1", "", "<node>", "clone", 0, 1},
        {"[20261120 031415] <node> 0x10 ref 0 - 1", "", "<node>", "clone", 0, 1},
        {"[1732072455123456] <node> 0x10 ref 0 - 1", "", "<node>", "clone", 0, 1},
        {"[14h15m] <node> 0x10 ref 0 - 1", "", "<node>", "clone", 0, 1},
        {"[A] <pic> 0x10 deref 0 - 255", "A", "<pic>", "release", 0, -1},
    };
    for (const auto& expected : lines) {
        CAPTURE(expected.line);
        const auto line = read(expected.line);
        REQUIRE(line);
        CHECK((line->labels.empty() ? line->thread : line->labels.front()) == expected.thread);
        CHECK(line->type == expected.type);
        CHECK(line->call == expected.call);
        CHECK(line->change.before == expected.before);
        CHECK(line->change.after == expected.after);
    }
}

TEST_CASE("a line that has an address and numbers need not be of a count") {
    for (const auto* const line :
         {"READ of size 4 at 0x10 thread T2", "    #0 0x11 in f /w/entry.h:9", "GET 0x10 200",
          "0x10 is located 8 bytes inside of 16-byte", "mapped 0x1000 - 0x2000", "<node> 0x10 created 5",
          "<node> 0x10 moved 3 - 7", "x 0x10 pos 1 - 2", "", "0x", "<> 0x1", "[A] <node> 0x10 deref",
          "<node> deref 1 - 0", "<node> 0x10 ref 0 1", "x 0x10 size 1 -> 0", "<n> 0x10 deref 5 - 255"}) {
        CHECK_MESSAGE(!read(line), std::string(line));
    }
}

}  // namespace
}  // namespace revenant::reports
