#include "reports/writers/markdown.hpp"

#include <doctest/doctest.h>

#include "reports/made_row.hpp"
#include "reports/writers/facts.hpp"
#include "reports/writers/text.hpp"

namespace revenant::reports {
namespace {

using model::Verdict;

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

std::size_t times(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++count;
    return count;
}

Row unexpected_row() {
    auto row = broken_row();
    row.as_expected = false;
    row.expected = Verdict::correct;
    return row;
}

TEST_CASE("the first line says what it comes to, and nothing unproven reads as a success") {
    const auto good = row_without_finding(Verdict::correct, Verdict::correct, true);
    const auto unproven = row_without_finding(Verdict::undecided, Verdict::undecided, true);
    auto diverged = unproven;
    diverged.outcome.ending = model::Ending::diverged;
    struct Case {
        Report report;
        const char* heading;
    };
    const Case cases[] = {
        {{{good, broken_row()}, false}, "## revenant ✓ 2 rows as expected\n"},
        {{{good, unexpected_row()}, false}, "## revenant ✗ 1 of 2 rows not as expected\n"},
        {{{diverged}, false}, "## revenant ✗ 1 of 1 row not as expected\n"},
        {{{good, unproven}, false}, "## revenant – 2 rows as expected, 1 without a verdict\n"},
        {{{}, false}, "## revenant – nothing was checked\n"},
        {{{good}, true},
         "> **The run was interrupted**: rows that had not begun are missing.\n\n## revenant – interrupted "
         "after 1 "
         "row\n"},
    };
    for (const auto& one : cases) {
        const auto text = to_markdown(one.report);
        CHECK_MESSAGE(text.starts_with(one.heading), text.substr(0, 200));
        CHECK(has(text, totals_text(one.report)));
    }
}

TEST_CASE("a row's advice stands once: beneath its table, or where it is said that it is not as expected") {
    auto good = row_without_finding(Verdict::correct, Verdict::correct, true);
    CHECK_FALSE(has(to_markdown({{good}, false}), "P::mutex"));
    good.advice = some_advice;
    CHECK(
        has(to_markdown({{good}, false}), "\n\n- fetch_add, 2 threads: spin&#35;1.word is a lock made of "));
    auto bad = unexpected_row();
    bad.advice = some_advice;
    const auto text = to_markdown({{bad}, false});
    CHECK(has(text, "(search: finding). spin&#35;1.word is a lock made of "));
    CHECK(times(text, "P::mutex") == 1);
}

TEST_CASE(
    "a row that is not as expected comes first, with its interleaving and the command that replays it") {
    const auto row = unexpected_row();
    const auto text = to_markdown({{broken_row(3), row}, false});
    CHECK(has(text, "```sh\n" + replay_command(row) + "\n```\n"));
    CHECK(has(text, "```text\n" + interleaving(row, {false, 100}) + "```\n"));
    CHECK(text.find("#### registry/intern_vs_last_release: legacy_registry, 2 threads") <
          text.find("### All rows"));
    CHECK_FALSE(has(text, replay_command(broken_row(3))));  // as expected: in the table only
}

TEST_CASE("a scenario is a folded table of implementations and numbers of threads") {
    auto three = row_without_finding(Verdict::undecided, Verdict::undecided, true);
    three.threads = 3;
    three.shard = "1/2";
    auto other_share = three;
    other_share.shard = "2/2";
    auto other = row_without_finding(Verdict::correct, Verdict::broken, false);
    other.implementation = "load_then_store";
    const auto text = to_markdown(
        {{row_without_finding(Verdict::correct, Verdict::correct, true), three, other_share, other}, false});
    CHECK(has(text, "<details><summary>tutorial/lost_update: 4 rows, 1 not as expected</summary>\n\n"));
    CHECK(
        has(text,
            "| implementation | 2 threads | 3 threads |\n|---|---|---|\n"
            "| fetch_add | correct ✓ 1000 | undecided – 1000 (share 1/2)<br>undecided – 1000 (share 2/2) |\n"
            "| load_then_store | correct ✗ 1000 |  |\n"));
}

TEST_CASE("what has a meaning in Markdown or HTML has none in a name or a sentence") {
    const auto row = hostile_row();
    const auto text = to_markdown({{row}, false});
    CHECK(clean(text) == text);
    CHECK(has(text, "| a&#124;b&#60;i&#62;&#38;&#96;x&#96;&#95;y&#95;\xef\xbf\xbd |"));
    const auto before_fence = text.substr(0, text.find("```sh"));
    for (const auto* part : {"<b>", "&amp;", "```", "[x]", "@all", "\n# "})
        CHECK_FALSE(has(before_fence, part));
}

TEST_CASE("a fence is longer than any run of backticks in it") {
    const auto text = to_markdown({{hostile_row()}, false});  // its rule has four
    CHECK(has(text, "\n`````text\n"));
    CHECK(times(text, "\n`````\n") == 1);
    CHECK(has(text, "\n```sh\n"));
}

TEST_CASE("a page that would be too long leaves out detail, and says what") {
    Report report;
    report.rows.assign(3000, unexpected_row());
    for (std::size_t i = 0; i < report.rows.size(); ++i) {
        report.rows[i].scenario += std::to_string(i);
        report.rows[i].summary = std::string(300, 's');
    }
    const auto text = to_markdown(report);
    CHECK(text.size() <= markdown_bytes_max);
    CHECK(text.size() > markdown_bytes_max / 2);
    const auto interleavings = times(text, "step by step</summary>");
    const auto findings = times(text, "\n#### ");
    const auto tables = times(text, "| implementation |");
    CHECK(interleavings > 0);
    CHECK(findings > interleavings);
    CHECK(findings < 3000);
    CHECK(tables > 0);
    CHECK(has(text, "> Left out for size: " + counted(findings - interleavings, "interleaving") + ", " +
                        counted(3000 - findings, "unexpected row") + ", " + counted(3000 - tables, "table") +
                        "."));
    CHECK_FALSE(has(to_markdown({{unexpected_row()}, false}), "Left out"));
}

TEST_CASE("one text that is longer than the page does not make it longer") {
    auto row = unexpected_row();
    row.outcome.finding->sentence = std::string(2 * markdown_bytes_max, 'x');
    row.summary = row.outcome.finding->sentence;
    const auto text = to_markdown({{row}, false});
    CHECK(text.size() <= markdown_bytes_max);
    CHECK(has(text, "Left out for size: 1 unexpected row, 1 table."));
}

TEST_CASE("equal reports give equal bytes of Markdown") {
    CHECK(to_markdown(report_of_every_row()) == to_markdown(report_of_every_row()));
}

}  // namespace
}  // namespace revenant::reports
