#include "reports/writers/html.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "reports/writers/html/made_timeline.hpp"
#include "reports/writers/json.hpp"

namespace revenant::reports {
namespace {

using model::Verdict;
using nlohmann::json;

constexpr const char* made_id = "registry/intern_vs_last_release/legacy_registry/2";

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t times(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
    return count;
}

/// The page's data, as a browser would read it.
json data_of(const std::string& page) {
    const std::string opening = "<script type=\"application/json\" id=\"data\">";
    const auto begin = page.find(opening) + opening.size();
    return json::parse(page.substr(begin, page.find("</script>", begin) - begin));
}
json finding_of(const Report& report) { return data_of(to_html(report))["findings"].front(); }

/// The page without its own style and scripts: what the report has put into it.
std::string said_by(const Report& report) {
    auto page = to_html(report);
    page.erase(0, page.find("<body>"));
    page.erase(page.find("<script>"));
    return page;
}

TEST_CASE("equal reports give equal pages") { CHECK(to_html(made_report()) == to_html(made_report())); }

TEST_CASE("what a report says stays text in the page") {
    const std::string trap = "</script><b>&\"'\u2028";
    Report report{{broken_row()}};
    auto& row = report.rows[0];
    row.scenario = row.summary = row.implementation = row.strategy = trap;
    row.outcome.finding->sentence = row.outcome.finding->invariant = row.outcome.finding->where = trap;
    row.outcome.difference = trap;
    row.outcome.trace.blocks[1].label = "</script><b>";
    row.outcome.trace.steps.back().call = "</script><b>";
    report.version = trap;
    report.sources[row.outcome.trace.steps[0].operation.where.file_name()] =
        std::vector<std::string>(90, trap);

    const auto said = said_by(report);
    CHECK_FALSE(has(said, "<b>&"));
    CHECK(has(said, "&lt;/script&gt;&lt;b&gt;&amp;&quot;&#39;"));
    CHECK(times(said, "</script>") == 1);  // the end of the data
    const auto data = data_of(to_html(report));
    CHECK(data["findings"].front()["steps"].back()["call"] == "</script><b>");
    CHECK(data["files"][0]["lines"].front() == trap);
    CHECK_FALSE(has(said.substr(said.find("id=\"data\"")), "\u2028"));
}

TEST_CASE("bytes that are no text do not stop the page") {
    Report report{{broken_row()}};
    report.sources[report.rows[0].outcome.trace.steps[0].operation.where.file_name()] =
        std::vector<std::string>(90, "a\xff\xfe");
    CHECK(data_of(to_html(report))["files"][0]["lines"].front() == "a\xef\xbf\xbd\xef\xbf\xbd");
}

TEST_CASE("the page names no other place than itself") {
    const auto page = to_html(made_report());
    CHECK(times(page, "http://") == 1);  // the name of SVG's elements, which nobody asks for
    CHECK(has(page, "http://www.w3.org/2000/svg"));
    CHECK_FALSE(has(page, "https://"));
    CHECK_FALSE(has(page, " src="));
    CHECK_FALSE(has(page, "@import"));
    CHECK(has(page, "default-src 'none'"));
    CHECK_FALSE(has(page, "innerHTML"));
}

TEST_CASE("a finding's data has its steps, the pair, arrows and counters") {
    const auto finding = finding_of({{broken_row()}});
    const auto row = broken_row();
    const auto& trace = row.outcome.trace;
    REQUIRE(finding["steps"].size() == trace.steps.size());
    for (std::size_t i = 0; i < trace.steps.size(); ++i) {
        CHECK(finding["steps"][i]["n"] == i + 1);
        CHECK(finding["steps"][i]["thread"] == trace.steps[i].thread);
        CHECK(finding["steps"][i]["words"] == trace.describe(trace.steps[i]));
    }
    CHECK(finding["failing"] == row.outcome.finding->step);
    CHECK(finding["partner"] == row.outcome.finding->partner);
    CHECK(finding["ordered"] == false);  // all is relaxed
    CHECK(finding["critical"].is_null());
    CHECK(finding["left_out"].is_null());
    CHECK(finding["start"] == json{"registry#1", "config#1 (strong 1, weak 2)"});
    const json dropped{row.outcome.finding->partner, row.outcome.finding->step, "reads-from"};
    CHECK(finding["arrows"].back() == dropped);
    REQUIRE(finding["counters"].size() == 1);  // only setup touched the weak one
    CHECK(finding["counters"][0]["name"] == "config#1.strong");
    CHECK(finding["counters"][0]["role"] == "strong");
    CHECK(finding["counters"][0]["plotted"] == true);
    CHECK(finding["counters"][0]["changes"] == json{{-1, 1}, {6, 0}, {9, 1}});
    CHECK(finding["mutexes"][0]["changes"] == json{{-1, 0}, {5, 2}});
}

TEST_CASE("a step knows what happens before it") {
    const auto finding = finding_of({{long_row(3, 80)}});
    bool synchronised = false;
    for (const auto& arrow : finding["arrows"]) {
        if (arrow[2] != "synchronises") continue;
        const auto from = finding["steps"][arrow[0].get<std::size_t>()];
        const auto to = finding["steps"][arrow[1].get<std::size_t>()];
        // A relaxed RMW only passes on what the head of its release sequence has released.
        if (from["thread"] < 0 || from["order"] == "relaxed") continue;
        synchronised = true;
        CHECK(to["knows"][from["thread"].get<std::size_t>()] >= arrow[0]);
    }
    CHECK(synchronised);
    const auto row = long_row(3, 80);
    CHECK(finding["critical"] == json{row.outcome.critical_pair->first, row.outcome.critical_pair->second});
}

TEST_CASE("six lanes of 200 steps are whole") {
    const auto finding = finding_of({{long_row(6, 200)}});
    CHECK(finding["threads"] == 6);
    CHECK(finding["steps"].size() >= 190);
    CHECK(finding["steps"].size() <= 205);
    for (const auto& step : finding["steps"]) {
        if (step["thread"] >= 0) CHECK(step["knows"].size() == 6);
    }
}

TEST_CASE("of a trace of thousands of steps the middle is left out, and the page says so") {
    const auto finding = finding_of({{long_row(2, 5000)}});
    CHECK(finding["steps"].size() == 800);
    CHECK(finding["left_out"]["before"] == 400);
    const auto row = long_row(2, 5000);
    CHECK(finding["left_out"]["count"] == row.outcome.trace.steps.size() - 800);
    CHECK(finding["steps"].back()["n"] == row.outcome.trace.steps.size());
    CHECK(finding["failing"] == 799);
    CHECK(finding["counters"][0]["changes"].back() == json{799, 1});
    CHECK(to_html({{row}}).size() < 400'000);
}

TEST_CASE("a counter that has wrapped round keeps all of its digits") {
    auto row = broken_row();
    row.outcome.trace.steps.back().operation.after = ~std::uint64_t{0};
    CHECK(finding_of({{row}})["steps"].back()["wrote"] == "18446744073709551615");
}

TEST_CASE("lines around a step are in the page once, those further away are not") {
    Report report{{broken_row(), broken_row(3)}};
    const std::string file = report.rows[0].outcome.trace.steps[0].operation.where.file_name();
    for (int line = 1; line <= 87; ++line) report.sources[file].push_back("line " + std::to_string(line));
    const auto page = said_by(report);
    const auto first = report.rows[0].outcome.trace.steps[0].operation.where.line();
    CHECK(times(page, "\"line " + std::to_string(first - 3) + "\"") == 1);
    CHECK(times(page, "\"line " + std::to_string(first - 4) + "\"") == 0);
}

TEST_CASE("a finding has an id, a link to it, its sentence and its schedule") {
    const auto page = said_by({{broken_row(), broken_row()}});
    CHECK(times(page, std::string("id=\"") + made_id + "\"") == 1);
    CHECK(times(page, std::string("id=\"") + made_id + "/2\"") == 1);  // searched twice: two findings
    CHECK(times(page, std::string("href=\"#") + made_id + "\"") == 1);
    CHECK(has(page, "T2 took config#1.strong from 0 to 1"));
    CHECK(has(page, "rv1:registry/intern_vs_last_release:legacy_registry:2:-:0*2,r1,1"));
    CHECK(has(page, "config#1.strong fetch_sub 1→0"));
}

TEST_CASE("what is found with several thread counts alike is one finding, and each has its link") {
    const auto page = said_by({{broken_row(2), broken_row(3), broken_row(4)}});
    CHECK(has(page, ">1 finding</h2>"));
    CHECK(has(page, "the same with 3 and 4"));
    CHECK(times(page, "<article class=\"finding\"") == 1);
    CHECK(times(page, "<article class=\"finding other\"") == 2);
    for (const char* const threads : {"2", "3", "4"}) {
        const auto id = std::string("registry/intern_vs_last_release/legacy_registry/") + threads;
        CHECK(times(page, "id=\"" + id + "\"") == 1);
        CHECK(times(page, "href=\"#" + id + "\"") == 1);
    }
    CHECK(times(page, "class=\"print-schedule\"") == 3);
}

TEST_CASE("another kind, rule, place, search or expectation is another finding") {
    using Change = void (*)(Row&);
    const Change changes[] = {
        [](Row& row) { row.outcome.finding->kind = model::FindingKind::leak; },
        [](Row& row) { row.outcome.finding->invariant = "another"; },
        [](Row& row) { row.outcome.finding->step -= 1; },
        [](Row& row) { row.outcome.finding->partner = -1; },
        [](Row& row) { row.as_expected = false; },
        [](Row& row) { row.strategy = "pct"; },
        [](Row& row) { row.implementation = "another"; },
        [](Row& row) { row.scenario = "another"; },
        [](Row& row) { row.threads = 2; },  // the same search twice
    };
    for (const auto change : changes) {
        auto other = broken_row(3);
        change(other);
        CHECK(has(said_by({{broken_row(2), other}}), ">2 findings</h2>"));
    }
}

TEST_CASE("the page says when, by which command, of which commit and where it was made, if it is known") {
    CHECK_FALSE(has(said_by({{broken_row()}}), "class=\"provenance\""));
    Report report{{broken_row()}};
    const auto before = to_json(report);
    report.provenance = {"2026-01-31 12:00 UTC", "revenant check '<b>'", "0123456789ab", "", "a\x1b[31m: b"};
    const auto page = said_by(report);
    CHECK(has(page, "<dt>made</dt><dd>2026-01-31 12:00 UTC</dd>"));
    CHECK(has(page, "<dt>command</dt><dd>revenant check &#39;&lt;b&gt;&#39;</dd>"));
    CHECK(has(page, "<dt>commit</dt><dd>0123456789ab</dd>"));
    CHECK_FALSE(has(page, "<dt>build</dt>"));
    CHECK(has(page, "<dt>machine</dt><dd>a\xef\xbf\xbd[31m: b</dd>"));
    CHECK(to_json(report) == before);  // and so no checksum covers it
}

TEST_CASE("a search's progress begins where something is known of its tree") {
    auto row = row_without_finding(Verdict::correct, Verdict::correct, true);
    row.outcome.milestones = {{64, 0.1, 0}, {96, 0.2, 0}, {1000, 1.0, 0.25}, {2000, 2.0, 1}};
    CHECK(data_of(to_html({{row}}))["progress"][0]["points"] == json{{1000, 0.25}, {2000, 1.0}});
}

TEST_CASE("rows without a finding stand in the table with what was done") {
    const auto page = said_by({{row_without_finding(Verdict::correct, Verdict::correct, true),
                                row_without_finding(Verdict::undecided, Verdict::correct, false)}});
    CHECK(has(page, "exhaustive, 1\u202f000 executions"));
    CHECK(has(page, "execution budget spent, 1\u202f000 executions"));
    CHECK(has(page, "not as expected: should be correct"));
    CHECK(has(page, "1 of 2 rows is not as expected."));
    CHECK_FALSE(has(page, "class=\"finding\""));
}

TEST_CASE("a row's advice stands in its cell, with a finding and without") {
    for (auto row : {row_without_finding(Verdict::correct, Verdict::correct, true), broken_row()}) {
        CHECK_FALSE(has(said_by({{row}}), some_advice));
        row.advice = some_advice;
        CHECK(has(said_by({{row}}), std::string("<small>") + some_advice + "</small>"));
    }
}

TEST_CASE("what is not as expected is open, and else the first finding") {
    auto wrong = broken_row(3);
    wrong.as_expected = false;
    CHECK(times(said_by({{broken_row(), broken_row()}}), "<details open>") == 1);
    const auto page = said_by({{broken_row(), wrong}});
    CHECK(times(page, "<details open>") == 1);
    CHECK(page.find("<details open>") > page.find("<details>"));
}

TEST_CASE("an empty report is a page that says so") {
    const auto page = said_by({});
    CHECK(has(page, "There are no rows."));
    CHECK_FALSE(has(page, "<table"));
    CHECK_FALSE(has(page, "id=\"plots\""));
    CHECK(data_of(to_html({}))["growth"].empty());
}

TEST_CASE("a run that was interrupted says so") {
    CHECK(has(said_by({{broken_row()}, true}),
              "The run was interrupted: rows that had not begun are missing."));
    CHECK_FALSE(has(said_by({{broken_row()}, false}), "interrupted"));
}

TEST_CASE("the plots have a line for what was searched with several thread counts, and for milestones") {
    const auto data = data_of(to_html(made_report()));
    REQUIRE(data["growth"].size() == 7);
    CHECK(data["growth"][0]["name"] == "atomic_registry · registry/intern_vs_last_release");
    CHECK(data["growth"][0]["points"] == json{{2, 6}, {3, 240}, {4, 9600}});
    REQUIRE(data["progress"].size() == 6);  // the longest
    CHECK(data["progress"][0]["points"].back() == json{243001, 1.0});
}

}  // namespace
}  // namespace revenant::reports
