#include "reports/writers/facts.hpp"

#include <doctest/doctest.h>

#include "reports/made_row.hpp"

namespace revenant::reports {
namespace {

using model::Verdict;

TEST_CASE("text is made fit for XML: what is no UTF-8 or a control character is replaced byte by byte") {
    struct Row {
        std::string text;
        std::string cleaned;
    };
    const std::string r = "\xef\xbf\xbd";
    const Row rows[] = {
        {"", ""},
        {"a\tb\nc", "a\tb\nc"},
        {"1→0 ä 😀", "1→0 ä 😀"},
        {std::string("a\0b", 3), "a" + r + "b"},
        {"\x1b[31m", r + "[31m"},
        {"\r\x7f", r + r},
        {"\xc2\x85", r + r},                  // a control character of two bytes
        {"\xc0\xaf", r + r},                  // a longer form than needed
        {"\xe0\x80\x80", r + r + r},          // … of three bytes
        {"\xed\xa0\x80", r + r + r},          // half of a surrogate pair
        {"\xef\xbf\xbe", r + r + r},          // U+FFFE
        {"\xf4\x90\x80\x80", r + r + r + r},  // past the last character
        {"\xe2\x86", r + r},                  // cut short
        {"\xc3(", r + "("},
    };
    for (const auto& row : rows) {
        CAPTURE(row.cleaned);
        CHECK(clean(row.text) == row.cleaned);
        CHECK(clean(clean(row.text)) == row.cleaned);
    }
}

TEST_CASE("a row stands by its ending, its verdict, and whether that was expected") {
    auto diverged = row_without_finding(Verdict::undecided, Verdict::undecided, true);
    diverged.outcome.ending = model::Ending::diverged;
    auto wrong = broken_row();
    wrong.as_expected = false;
    auto refused = row_without_finding(Verdict::undecided, Verdict::correct, false);
    refused.outcome.ending = model::Ending::refused;
    refused.outcome.covered = "the program uses mmap (T1)";
    struct Case {
        Row row;
        Standing standing;
        bool bad;
        const char* sentence;
    };
    const Case cases[] = {
        {broken_row(), Standing::fine, false,
         "Found broken: resurrection, as the catalogue lets expect, after 21 executions (search: finding)."},
        {row_without_finding(Verdict::correct, Verdict::broken, false), Standing::wrong, true,
         "Expected broken, found correct, after 1000 executions (search: exhausted)."},
        {wrong, Standing::wrong, true,
         "Expected broken, but not by this kind of finding: found resurrection, after 21 executions (search: "
         "finding)."},
        {row_without_finding(Verdict::undecided, Verdict::correct, false), Standing::missing, true,
         "Expected correct, but the search ended without a verdict, after 1000 executions (search: "
         "execution-budget)."},
        {refused, Standing::missing, true,
         "Expected correct, but the search was refused, after 1000 executions (search: refused): the program "
         "uses mmap (T1)."},
        {row_without_finding(Verdict::undecided, Verdict::undecided, true), Standing::unproven, false,
         "No verdict, and none was expected of this search, after 1000 executions (search: "
         "execution-budget): "
         "nothing is proven."},
        {diverged, Standing::not_deterministic, true,
         "The test is not deterministic: the same choices gave another execution, after 1000 executions "
         "(search: "
         "diverged)."},
    };
    for (const auto& one : cases) {
        CHECK(standing(one.row) == one.standing);
        CHECK(is_bad(standing(one.row)) == one.bad);
        CHECK(verdict_sentence(one.row) == one.sentence);
    }
}

TEST_CASE("a row's advice follows what it comes to") {
    auto row = broken_row();
    row.advice = some_advice;
    CHECK(verdict_sentence(row) == verdict_sentence(broken_row()) + " " + some_advice);
}

TEST_CASE("the rows that are as expected and those that are not add up, and the undecided are some of them") {
    const auto correct = row_without_finding(Verdict::correct, Verdict::correct, true);
    const auto unproven = row_without_finding(Verdict::undecided, Verdict::undecided, true);
    const auto missing = row_without_finding(Verdict::undecided, Verdict::correct, false);
    const auto wrong = row_without_finding(Verdict::correct, Verdict::broken, false);
    const auto begins = [](std::vector<Row> rows, const std::string& text) {
        return totals_text({std::move(rows)}).starts_with(text);
    };
    CHECK(begins({correct}, "1 row: 1 as expected, 0 not as expected; 1000 executions in "));
    CHECK(begins({correct, unproven}, "2 rows: 2 as expected (1 of them undecided), 0 not as expected; "));
    CHECK(begins({missing, missing, wrong},
                 "3 rows: 0 as expected, 3 not as expected (2 of them undecided); "));
    CHECK(begins({correct, unproven, missing},
                 "3 rows: 2 as expected (1 of them undecided), 1 not as expected (1 of them undecided); "));
}

TEST_CASE("the command that replays a finding is quoted for a shell, and there is none without a finding") {
    CHECK(replay_command(broken_row()) ==
          "revenant replay 'rv1:registry/intern_vs_last_release:legacy_registry:2:-:0*2,r1,1'");
    auto row = broken_row();
    row.outcome.schedule.implementation = "it's";
    CHECK(replay_command(row).find(":it'\\''s:") != std::string::npos);
    CHECK(replay_command(row_without_finding(Verdict::correct, Verdict::correct, true)).empty());
}

TEST_CASE("a row's name tells which share of the search it is") {
    auto row = broken_row(3);
    CHECK(row_name(row) == "legacy_registry, 3 threads");
    row.shard = "2/3";
    CHECK(row_name(row) == "legacy_registry, 3 threads, share 2/3");
}

}  // namespace
}  // namespace revenant::reports
