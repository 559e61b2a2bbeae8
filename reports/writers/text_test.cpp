#include "reports/writers/text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "reports/made_row.hpp"
#include "reports/writers/columns.hpp"

namespace revenant::reports {
namespace {

using model::Verdict;

constexpr TextStyle plain{false, 100};

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

bool has_line(const std::string& text, const std::string& wanted) {
    const auto lines = lines_of(text);
    return std::find(lines.begin(), lines.end(), wanted) != lines.end();
}

// The approved text. Everything before the threads is one sentence; `>` marks a switch, `*` and `✗` the
// two steps that collide.
constexpr const char* approved = R"(registry/intern_vs_last_release  legacy_registry  2 threads
resurrection: no strong count goes 0→1

At the start: registry#1, config#1 (strong 1, weak 2).

   step  T1                                           T2
   6                                                  registry#1.mutex lock
>* 7     config#1.strong fetch_sub 1→0
>  8                                                  config#1.strong load = 1 (stale)
   9                                                  config#1.strong CAS failed, = 1
 ✗ 10                                                 config#1.strong fetch_add 0→1

T2 took config#1.strong from 0 to 1 after T1 had dropped the last reference (step 7): the object is
being destroyed, and T2 holds a pointer to it.
where: T2 config#1.strong at impl/registry/legacy_registry.hpp:33, after T1 config#1.strong at
scenarios/subjects/intrusive.hpp:115
schedule: rv1:registry/intern_vs_last_release:legacy_registry:2:-:0*2,r1,1
)";

TEST_CASE("the interleaving of a finding has the approved form") {
    CHECK(interleaving(broken_row(), plain) == approved);
}

TEST_CASE("a test framework's own steps are one line, unless they are what collides") {
    auto row = broken_row();
    for (const auto i : {std::size_t{6}, std::size_t{7}, std::size_t{8}})
        row.outcome.trace.steps[i].of_framework = true;
    const std::string middle = R"(
>* 7     config#1.strong fetch_sub 1→0
   … 2 steps of the test framework
>✗ 10                                                 config#1.strong fetch_add 0→1
)";
    CHECK_MESSAGE(interleaving(row, plain).find(middle) != std::string::npos, interleaving(row, plain));
    row.outcome.trace.steps[7].of_framework = false;
    CHECK(has_line(interleaving(row, plain), "   … 1 step of the test framework"));
}

TEST_CASE("a step stands under the operation that it belongs to, which is named when a thread begins it") {
    auto row = broken_row();
    for (auto& step : row.outcome.trace.steps) step.call = step.thread == 0 ? "release" : "intern";
    const std::string begin = R"(
   step  T1                                           T2
                                                      intern:
   6                                                  registry#1.mutex lock
         release:
>* 7     config#1.strong fetch_sub 1→0
>  8                                                  config#1.strong load = 1 (stale)
   9                                                  config#1.strong CAS failed, = 1
 ✗ 10                                                 config#1.strong fetch_add 0→1
)";
    CHECK_MESSAGE(interleaving(row, plain).find(begin) != std::string::npos, interleaving(row, plain));
}

TEST_CASE("the counters stand at what they were made with when the threads start") {
    auto row = broken_row();
    for (auto& cell : row.outcome.trace.cells) {
        if (is_counter(cell.role)) cell.initial = 3;
    }
    // `weak` was added to since, and its last step in setup says what came of it.
    CHECK(has_line(interleaving(row, plain), "At the start: registry#1, config#1 (strong 3, weak 2)."));
}

TEST_CASE("of a very long interleaving the middle is left out") {
    auto row = broken_row();
    auto& steps = row.outcome.trace.steps;
    const auto one = steps[6];
    steps.insert(steps.begin() + 7, 5000, one);
    row.outcome.finding->step += 5000;
    const auto text = interleaving(row, plain);
    CHECK(lines_of(text).size() < 250);
    CHECK(text.find("   … 4805 steps left out\n") != std::string::npos);
    CHECK(text.find(" ✗ 5010 ") != std::string::npos);
}

TEST_CASE("what is to be known of a finding stands under it") {
    auto row = broken_row();
    row.outcome.finding->note = "It takes a stale read (step 8).";
    CHECK(has_line(interleaving(row, plain), "It takes a stale read (step 8)."));
}

TEST_CASE("what lies behind a data race stands under it, with its own schedule") {
    const auto text = interleaving(row_with_more_behind(), plain);
    CHECK(text.find("Behind it, with the accesses that race as steps of the search: 3 findings: ") !=
          std::string::npos);
    CHECK(text.find("data-race (2)") != std::string::npos);
    CHECK(text.find("and 4 further data races") != std::string::npos);
    CHECK(text.find("use-after-free: no strong count") != std::string::npos);
    CHECK(text.find(":p11a0.11c4:") != std::string::npos);
    auto row = row_with_more_behind();
    row.behind.clear();
    CHECK(interleaving(row, plain).find("4 further data races at the same lines") != std::string::npos);
}

TEST_CASE("further data races behind one are told in a line, and have no table") {
    auto row = row_with_more_behind();
    const auto tables = [&] {
        const auto lines = lines_of(interleaving(row, plain));
        return std::count_if(lines.begin(), lines.end(),
                             [](const auto& line) { return line.starts_with("   step  "); });
    };
    CHECK(tables() == 4);
    row.outcome.finding->kind = model::FindingKind::data_race;
    CHECK(tables() == 2);  // its own, and that of the use after free
    CHECK(interleaving(row, plain).find("\ndata-race: T2 config#1.strong at ") != std::string::npos);
}

TEST_CASE("a search without a verdict says what it has covered, and no other does") {
    auto row = row_without_finding(Verdict::undecided, Verdict::correct, false);
    CHECK(coverage(row, plain).empty());
    row.outcome.covered = "dpor 1000 executions.";
    CHECK(has_line(coverage(row, plain), "undecided: dpor 1000 executions."));
    row.outcome.ending = model::Ending::refused;
    row.outcome.covered = "the program uses mmap (T1)";
    CHECK(has_line(coverage(row, plain), "refused: the program uses mmap (T1)"));
}

TEST_CASE("no line of an interleaving is wider than the terminal, but for the schedule") {
    for (const unsigned width : {60u, 80u, 100u, 200u}) {
        for (unsigned threads = 2; threads <= 9; ++threads) {
            const auto text = interleaving(broken_row(threads), {false, width});
            CAPTURE(width);
            CAPTURE(threads);
            REQUIRE(lines_of(text).size() > 10);
            for (const auto& line : lines_of(text)) {
                if (line.starts_with("schedule: ")) continue;  // one word, to be pasted
                CHECK_MESSAGE(display_width(line) <= width, line);
            }
        }
    }
}

TEST_CASE("a terminal narrower than 60 columns gets 60") {
    CHECK(interleaving(broken_row(), {false, 10}) == interleaving(broken_row(), {false, 60}));
}

TEST_CASE("long names and rules are wrapped too") {
    auto row = broken_row(3);
    row.implementation = "shared_registry+" + std::string(90, 'x');
    row.outcome.finding->invariant += std::string(100, 'y');
    for (const auto& line : lines_of(interleaving(row, plain))) {
        if (!line.starts_with("schedule: ")) CHECK_MESSAGE(display_width(line) <= 100, line);
    }
}

TEST_CASE("each thread has a column of its own") {
    const auto text = interleaving(broken_row(5), plain);
    const auto lines = lines_of(text);
    const auto heading = std::find_if(lines.begin(), lines.end(),
                                      [](const std::string& line) { return line.starts_with("   step"); });
    REQUIRE(heading != lines.end());
    std::size_t before = 0;
    for (unsigned t = 1; t <= 5; ++t) {
        const auto column = heading->find("T" + std::to_string(t));
        REQUIRE(column != std::string::npos);
        CHECK(column > before);
        before = column;
    }
}

TEST_CASE("many threads are a list, as no step could be read in a column of theirs") {
    const auto row = broken_row(9);
    const auto text = interleaving(row, plain);
    CHECK(has_line(text, "   step  thread"));
    CHECK(has_line(text, "   7     T2      config#1.strong fetch_sub 2→1"));
    CHECK(has_line(text, ">  8     T3      config#1.strong fetch_add 1→2"));
    CHECK(has_line(interleaving(row, {false, 200}),
                   "   step  T1                   T2                   "
                   "T3                   T4                   "
                   "T5                   T6                   "
                   "T7                   T8                   T9"));
    CHECK(has_line(interleaving(broken_row(101), plain), "   step  thread"));
}

TEST_CASE("escape codes come with colours only") {
    const auto row = broken_row();
    const Report report{{row, row_without_finding(Verdict::undecided, Verdict::correct, false)}, true};
    CHECK(interleaving(row, plain).find('\x1b') == std::string::npos);
    CHECK(summary(report, plain).find('\x1b') == std::string::npos);

    const TextStyle coloured{true, 100};
    CHECK(interleaving(row, coloured).find("\x1b[31m") != std::string::npos);
    CHECK(summary(report, coloured).find("\x1b[31m") != std::string::npos);
}

TEST_CASE("colours change nothing but the escape codes") {
    const auto row = broken_row(4);
    std::string stripped;
    bool inside = false;
    for (const char c : interleaving(row, {true, 100})) {
        if (c == '\x1b') inside = true;
        if (!inside) stripped += c;
        if (inside && c == 'm') inside = false;
    }
    CHECK(stripped == interleaving(row, plain));
}

TEST_CASE("a row without a finding has no interleaving") {
    CHECK(interleaving(row_without_finding(Verdict::correct, Verdict::correct, true), plain).empty());
}

TEST_CASE("the summary has a heading, a line a row, and the totals") {
    auto blocked = row_without_finding(Verdict::correct, Verdict::broken, false);
    blocked.outcome.executions_blocked = 7;
    const Report report{{broken_row(), row_without_finding(Verdict::correct, Verdict::correct, true), blocked,
                         row_without_finding(Verdict::undecided, Verdict::undecided, true)},
                        false};
    const auto text = summary(report, plain);
    const auto lines = lines_of(text);
    REQUIRE(lines.size() == 7);
    CHECK(lines[0].find("scenario") == 0);
    CHECK(lines[1].find("broken: resurrection") != std::string::npos);
    CHECK(lines[1].find("NOT AS EXPECTED") == std::string::npos);
    CHECK(lines[2].find("exhaustive") != std::string::npos);
    CHECK(lines[3].ends_with("  NOT AS EXPECTED"));
    CHECK(lines[4].find("undecided") != std::string::npos);
    CHECK(lines[4].find("budget") != std::string::npos);
    CHECK(lines[6] ==
          "4 rows: 3 as expected (1 of them undecided), 1 not as expected; 3021 executions and 9 blocked in "
          "4.5 s");
}

TEST_CASE("a row's advice stands beneath it, in the width of the terminal") {
    auto row = row_without_finding(Verdict::correct, Verdict::correct, true);
    row.advice = some_advice;
    const auto lines = lines_of(summary({{row, broken_row()}, false}, {false, 80}));
    REQUIRE(lines.size() == 7);
    CHECK(lines[2] + lines[3] ==
          "  spin#1.word is a lock made of compare_exchange: P::mutex in its place has far"
          "  fewer executions.");
    CHECK(lines[4].starts_with("registry/"));
}

TEST_CASE("the totals of an interrupted run say so, and of an empty one too") {
    CHECK(has_line(summary({{}, true}, plain),
                   "0 rows: 0 as expected, 0 not as expected; 0 "
                   "executions in 0.0 s; interrupted"));
}

TEST_CASE("the summary says for each ending whether the search was exhaustive") {
    using model::Ending;
    struct Ended {
        Ending ending;
        bool exhaustive;
        const char* words;
    };
    const Ended rows[] = {
        {Ending::exhausted, true, " exhaustive "},     {Ending::exhausted, false, " no "},
        {Ending::finding, false, " stopped "},         {Ending::time_budget, false, " budget "},
        {Ending::execution_budget, false, " budget "}, {Ending::interrupted, false, " interrupted "},
        {Ending::diverged, false, " diverged "},       {Ending::refused, false, " refused "}};
    auto without_stale_reads = row_without_finding(Verdict::undecided, Verdict::undecided, true);
    without_stale_reads.outcome.ending = Ending::exhausted;
    without_stale_reads.outcome.exhaustive_of_newest = true;
    CHECK(summary({{without_stale_reads}, false}, plain).find(" newest only ") != std::string::npos);
    for (const auto& [ending, exhaustive, words] : rows) {
        auto row = row_without_finding(Verdict::undecided, Verdict::correct, true);
        row.outcome.ending = ending;
        row.outcome.exhaustive = exhaustive;
        const auto lines = lines_of(summary({{row}, false}, plain));
        REQUIRE(lines.size() > 1);
        CHECK_MESSAGE(lines[1].find(words) != std::string::npos, lines[1]);
        row.outcome.share_explored = 0.25;  // of a search that ends by a budget it is said how far it came
        const auto shared = lines_of(summary({{row}, false}, plain))[1];
        CHECK((shared.find("budget 25 %") != std::string::npos) == (std::string(words) == " budget "));
    }
}

TEST_CASE("the two steps that a finding hangs on are told if they are known") {
    auto row = broken_row();
    CHECK(interleaving(row, {}).find("swap these two") == std::string::npos);
    row.outcome.critical_pair = {row.outcome.finding->partner, row.outcome.finding->step};
    const auto text = interleaving(row, {});
    CHECK_MESSAGE(
        text.find("swap these two and it passes: step 7, T1 config#1.strong fetch_sub 1→0, and step 10, T2\n"
                  "config#1.strong fetch_add 0→1\n") != std::string::npos,
        text);
}

}  // namespace
}  // namespace revenant::reports
