// Real reports of the programs with threads, their paths shortened, and reports that people or machines have
// broken: samples/.
#include "reports/import/bug_report.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

namespace revenant::reports {
namespace {

using model::FindingKind;

std::string sample(const std::string& name) {
    std::ifstream in(std::string(REVENANT_SAMPLES) + "/" + name + ".txt", std::ios::binary);
    REQUIRE_MESSAGE(in, "no sample " << name);
    return {std::istreambuf_iterator<char>(in), {}};
}

BugReport parsed(const std::string& name) {
    const auto report = parse_bug_report(sample(name));
    REQUIRE_MESSAGE(report, name);
    return *report;
}

/// What a sample says, as far as it is asked for.
struct Expected {
    const char* name;
    const char* origin;
    FindingKind kind;
    std::vector<std::pair<const char*, const char*>> deeds;  ///< thread, operation
};
const std::vector<Expected>& expectations() {
    using K = FindingKind;
    static const std::vector<Expected> all{
        {"asan-legacy", "AddressSanitizer", K::use_after_free, {{"T2", "read"}, {"T1", "release"}}},
        {"asan-legacy-clang", "AddressSanitizer", K::use_after_free, {{"T2", "read"}, {"T1", "release"}}},
        {"asan-strong", "AddressSanitizer", K::use_after_free, {{"T1", "release"}, {"T2", "release"}}},
        {"asan-strings-freed-first",
         "AddressSanitizer",
         K::use_after_free,
         {{"T2", "intern"}, {"T1", "release"}}},
        {"tsan-legacy", "ThreadSanitizer", K::use_after_free, {{"T2", "read"}, {"T1", "release"}}},
        {"tsan-relaxed-drop", "ThreadSanitizer", K::data_race, {{"T2", "release"}, {"T1", "write"}}},
        {"tsan-relaxed-drop-clang", "ThreadSanitizer", K::data_race, {{"T2", "release"}, {"T1", "write"}}},
        {"tsan-relaxed-weak-drop",
         "ThreadSanitizer",
         K::data_race,
         {{"T2", "release_weak"}, {"T1", "release"}}},
        {"lsan-upgrade-adds-weak", "LeakSanitizer", K::leak, {{"", ""}}},
        {"broken-through-ci", "AddressSanitizer", K::use_after_free, {{"T2", "read"}, {"T1", "release"}}},
        {"broken-no-symbols", "AddressSanitizer", K::use_after_free, {{"T2", ""}, {"T1", ""}}},
        {"broken-cut-early", "AddressSanitizer", K::use_after_free, {{"T2", ""}}},
        {"foreign-sslconfig", "AddressSanitizer", K::use_after_free, {{"T7", ""}, {"T3", "release"}}},
    };
    return all;
}

TEST_CASE("a report tells the kind, the threads and the operations of both sides") {
    for (const auto& expected : expectations()) {
        CAPTURE(expected.name);
        const auto report = parsed(expected.name);
        CHECK(report.origin == expected.origin);
        CHECK(report.kinds.front() == expected.kind);
        REQUIRE(report.deeds.size() == expected.deeds.size());
        for (std::size_t i = 0; i < report.deeds.size(); ++i) {
            CHECK(report.deeds[i].thread == expected.deeds[i].first);
            CHECK(report.deeds[i].call == expected.deeds[i].second);
        }
    }
}

TEST_CASE("a frame has its function, and its file and line") {
    const auto report = parsed("asan-legacy");
    const auto& free = report.deeds[1];
    REQUIRE(free.stack.size() > 2);
    CHECK(free.words == "free");
    CHECK(free.stack[2].file == "/src/revenant/scenarios/subjects/intrusive.hpp");
    CHECK(free.stack[2].line > 0);
    CHECK(free.stack[2].function.find("::destroy()") != std::string::npos);
    const auto zig = parsed("foreign-sslconfig");  // a line and a column
    CHECK(zig.deeds[0].stack[0].file == "src/http/ProxyTunnel.zig");
    CHECK(zig.deeds[0].stack[0].line == 112);
}

TEST_CASE("what is not recognised is said") {
    const auto told = [](const char* name, const char* words) {
        const auto text = to_text(parsed(name));
        CHECK_MESSAGE(text.find(words) != std::string::npos, text);
    };
    told("broken-cut-early", "missing: the other side, which stands under `freed by thread`");
    told("foreign-log", "2 other lines passed over (`[JS thread] <SSLConfig>");
}

TEST_CASE("the second side alone is told as such") {
    const auto report = parse_bug_report(
        "WARNING: ThreadSanitizer: data race (pid=5)\n"
        "  Previous write of size 8 at 0x7b08 by thread T3:\n"
        "    #0 Job::release() /w/job.cc:14 (app+0x2)\n");
    REQUIRE(report);
    REQUIRE(report->deeds.size() == 1);
    CHECK(report->deeds[0].thread == "T3");
    CHECK(report->missing == std::vector<std::string>{"the side that comes first in such a report"});
}

TEST_CASE("of several reports one is taken, and the others are counted") {
    const auto text = sample("asan-legacy") + sample("tsan-legacy") + sample("asan-strong");
    const auto report = parse_bug_report(text);
    REQUIRE(report);
    CHECK(report->origin == "AddressSanitizer");
    REQUIRE_FALSE(report->remarks.empty());
    CHECK(report->remarks.front() == "this is report 1 of 3 in the text; `--report 2` reads another");
    const auto second = parse_bug_report(text, {.number = 2});
    REQUIRE(second);
    CHECK(second->origin == "ThreadSanitizer");
    const auto none = parse_bug_report(text, {.number = 4});
    REQUIRE_FALSE(none);
    CHECK(none.error() == "it has 3 reports; there is no report 4");
}

TEST_CASE("a log tells which count was revived by whom, and who had dropped it") {
    for (const auto* const name : {"log-legacy", "foreign-log"}) {
        CAPTURE(name);
        const auto report = parsed(name);
        CHECK(report.origin == "debug log");
        CHECK(report.kinds.front() == FindingKind::resurrection);
        REQUIRE(report.deeds.size() == 2);
        CHECK(report.deeds[0].change->before == 0);
        CHECK(report.deeds[0].change->after == 1);
        CHECK(report.deeds[1].change->after == 0);
        CHECK(report.deeds[0].thread != report.deeds[1].thread);
    }
    CHECK(parsed("foreign-log").deeds[0].thread == "JS thread");
}

TEST_CASE("a healthy life is not taken for a revival, whether its count starts at 1 or at 0") {
    const char* const healthy[] = {
        "<A> 0x1 ref 0 - 1 [1]\n<A> 0x1 ref 1 - 2 [2]\n<A> 0x1 deref 2 - 1 [1]\n<A> 0x1 deref 1 - 0 [2]\n",
        "<A> 0x1 ref 0 - 1 [1]\n<A> 0x1 deref 1 - 0 [2]\n",
        // Memory used again, by a type whose counts start at 0, and by one whose counts start at 1.
        "<A> 0x1 ref 0 - 1 [1]\n<A> 0x1 deref 1 - 0 [2]\n<A> 0x1 ref 0 - 1 [1]\n<A> 0x1 deref 1 - 0 [1]\n",
        "<A> 0x1 deref 1 - 0 [1]\n<A> 0x1 ref 1 - 2 [2]\n<A> 0x1 deref 2 - 1 [2]\n<A> 0x1 deref 1 - 0 [1]\n",
        "<A> 0x1 deref 1 - 0 [1]\n<A> 0x1 deref 1 - 0 [2]\n",
        // … and by another type.
        "<A> 0x1 deref 1 - 0 [1]\n<B> 0x1 ref 0 - 1 [2]\n",
        // … by a type of which only a later line shows that its counts start at 0.
        "<A> 0x1 deref 1 - 0 [1]\n<A> 0x1 ref 0 - 1 [2]\n<A> 0x2 ref 0 - 1 [2]\n",
        // … where a line says that another object was made there.
        "<A> 0x1 deref 1 - 0 [1]\n<A> 0x1 created [2]\n<A> 0x1 ref 0 - 1 [2]\n",
    };
    for (const auto* const log : healthy) {
        const auto report = parse_bug_report(log);
        CHECK_MESSAGE(!report, log);
    }
}

TEST_CASE("a revival is told with the drop before it, also where the log has them the other way round") {
    const char* const broken[] = {
        "<A> 0x1 deref 1 - 0 [2]\n<A> 0x1 ref 0 - 1 [1]\n",
        "<A> 0x1 ref 0 - 1 [1]\n<A> 0x1 deref 1 - 0 [2]\n<A> 0x1 deref 1 - 0 [1]\n",
        "<A> 0x1 ref 0 - 1 [1]\n<A> 0x1 deref 1 - 0 [1]\n<A> 0x1 deref 1 - 0 [2]\n",
        "[info] [1] <A> 0x1 deref 1 - 0\n[2] [info] <A> 0x1 ref 0 - 1\n",
        "[1] <A> 0x1 deref 1 - 0\n[2] 0x1 AddRef 1\n",
    };
    for (const auto* const log : broken) {
        CAPTURE(log);
        const auto report = parse_bug_report(log);
        REQUIRE(report);
        REQUIRE(report->deeds.size() == 2);
        CHECK(report->deeds[0].change->after == 1);
        CHECK(report->deeds[0].thread != report->deeds[1].thread);
    }
    CHECK(parse_bug_report("<A> 0x1 deref 0 - -1 [1]\n"));
}

TEST_CASE("of several labels of a line, the one that differs is the thread") {
    const std::pair<const char*, const char*> logs[] = {
        {"[net] [A] <N> 0x1 deref 1 - 0\n[net] [B] <N> 0x1 ref 0 - 1\n", "B"},
        {"[1] [A] <N> 0x1 deref 1 - 0\n[2] [B] <N> 0x1 ref 0 - 1\n", "B"},  // the lines are numbered
        {"box app[77]: <N> 0x1 deref 1 - 0 [A]\nbox app[77]: <N> 0x1 ref 0 - 1 [B]\n", "B"},
        {"box app[77]: <N> 0x1 deref 1 - 0\nbox app[77]: <N> 0x1 ref 0 - 1\n", ""},
        {"[net] <N> 0x1 deref 1 - 0\n[net] <N> 0x1 ref 0 - 1\n", ""},
        {"[net] tid=4 <N> 0x1 deref 1 - 0\n[net] tid=5 <N> 0x1 ref 0 - 1\n", "5"},
        {"[worker 7] <N> 0x1 deref 1 - 0\n[worker 7] <N> 0x1 ref 0 - 1\n", "worker 7"},
        {"[7] <N> 0x1 ref 1 - 2\n[8] <N> 0x2 deref 1 - 0\n[9] <N> 0x2 ref 0 - 1\n", ""},
    };
    for (const auto& [log, thread] : logs) {
        CAPTURE(log);
        const auto report = parse_bug_report(log);
        REQUIRE(report);
        CHECK(report->deeds[0].thread == thread);
    }
}

TEST_CASE("a log without threads, a drop below 0 and another object's drop are understood") {
    const auto no_threads = parse_bug_report("<A> 0x1 deref 1 - 0\n<A> 0x1 ref 0 - 1\n");
    REQUIRE(no_threads);
    CHECK(no_threads->deeds.size() == 2);
    CHECK(to_text(*no_threads).find("no thread is named in the log") != std::string::npos);
    const auto below = parse_bug_report("<A> 0x1 deref 0 - 4294967295 [1]\n");
    REQUIRE(below);
    CHECK(below->kinds.front() == FindingKind::counter_underflow);
    CHECK_FALSE(parse_bug_report("<A> 0x2 deref 1 - 0 [1]\n<A> 0x1 ref 0 - 1 [2]\n"));
}

TEST_CASE("what says nothing of a race gets one line that says so") {
    const std::pair<std::string, const char*> texts[] = {
        {sample("nothing-known"), "nothing in it is recognised"},
        {sample("healthy-log"), "nothing in it looks broken"},
        {"", "nothing in it is recognised"},
        {"==1==ERROR: AddressSanitizer: heap-use-after-free\n", "cut off before it says who did what"},
        {"==1==ERROR: AddressSanitizer: stack-buffer-overflow on address 0x1\n",
         "an access outside of a block that is alive"},
    };
    for (const auto& [text, words] : texts) {
        const auto report = parse_bug_report(text);
        REQUIRE_FALSE(report);
        CHECK_MESSAGE(report.error().find(words) != std::string::npos, report.error());
        CHECK(report.error().find('\n') == std::string::npos);
    }
}

/// What is left of a text may be understood less well, and not as something else.
void check_no_more_than(const BugReport& whole, std::string_view part) {
    const auto report = parse_bug_report(part);
    if (!report) {
        CHECK(report.error().find('\n') == std::string::npos);
        return;
    }
    CHECK(report->kinds == whole.kinds);
    CHECK(report->deeds.size() <= whole.deeds.size());
    // Where the first side is lost, the one that is left is the second.
    const bool is_second = report->deeds.size() == 1 && report->deeds[0].words == whole.deeds.back().words;
    for (std::size_t i = 0; i < report->deeds.size(); ++i) {
        const auto& side = is_second ? whole.deeds.back() : whole.deeds[i];
        CHECK(report->deeds[i].stack.size() <= side.stack.size());
    }
}

TEST_CASE("a report that is cut off anywhere, or has lost a line, is not taken for another") {
    for (const auto* const name : {"asan-legacy", "tsan-relaxed-drop", "tsan-legacy"}) {
        CAPTURE(name);
        const auto text = sample(name);
        const auto whole = parsed(name);
        for (std::size_t size = 0; size < text.size(); size += 37) {
            check_no_more_than(whole, std::string_view(text).substr(0, size));
        }
        for (std::size_t line = text.find('\n'); line != text.npos; line = text.find('\n', line + 1)) {
            const auto end = text.find('\n', line + 1);
            if (end != text.npos) check_no_more_than(whole, text.substr(0, line) + text.substr(end));
        }
    }
}

TEST_CASE("what terminals and CI systems put into the lines comes off all of them") {
    const auto whole = parsed("asan-legacy");
    const auto same = [&](const std::string& before, const std::string& behind) {
        std::string text;
        std::string line;
        for (const char c : sample("asan-legacy")) {
            if (c != '\n') {
                line += c;
                continue;
            }
            text += before + line + behind + "\n";
            line.clear();
        }
        const auto report = parse_bug_report(text);
        REQUIRE_MESSAGE(report, before);
        CHECK(to_text(*report) == to_text(whole));
    };
    same("\x1b[1m\x1b[31m", "\x1b[0m");
    same("2026-11-20T03:14:15.9265358Z ", "\r");
    same("app-1  | ", "");
    same("app-1  | 2026-11-20T03:14:15Z ", "\x1b[0m\r");
}

}  // namespace
}  // namespace revenant::reports
