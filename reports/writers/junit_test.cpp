#include "reports/writers/junit.hpp"

#include <doctest/doctest.h>

#include <pugixml.hpp>

#include "reports/made_row.hpp"
#include "reports/writers/facts.hpp"
#include "reports/writers/text.hpp"

namespace revenant::reports {
namespace {

using model::Verdict;

struct Written {
    explicit Written(const Report& report) {
        const auto read = document.load_string(to_junit(report).c_str(), pugi::parse_default);
        REQUIRE_MESSAGE(read, read.description());
        root = document.child("testsuites");
        REQUIRE(root);
    }
    pugi::xml_document document;
    pugi::xml_node root;
};

std::size_t tests_with(pugi::xml_node suite, const char* element) {
    std::size_t count = 0;
    for (const auto test : suite.children("testcase")) count += test.child(element) ? 1 : 0;
    return count;
}

TEST_CASE("each row is a test that passes, fails, errs or is skipped, by what is known") {
    auto wrong = broken_row();
    wrong.as_expected = false;
    auto diverged = row_without_finding(Verdict::undecided, Verdict::undecided, true);
    diverged.outcome.ending = model::Ending::diverged;
    struct Case {
        Row row;
        const char* element;
        const char* type;
    };
    const Case cases[] = {
        {broken_row(), "system-out", ""},
        {row_without_finding(Verdict::correct, Verdict::correct, true), "system-out", ""},
        {wrong, "failure", "resurrection"},
        {row_without_finding(Verdict::correct, Verdict::broken, false), "failure", "nothing-found"},
        {row_without_finding(Verdict::undecided, Verdict::correct, false), "error", "undecided"},
        {row_without_finding(Verdict::undecided, Verdict::undecided, true), "skipped", ""},
        {diverged, "error", "not-deterministic"},
    };
    for (const auto& one : cases) {
        const Written written({{one.row}, false});
        const auto test = written.root.child("testsuite").child("testcase");
        REQUIRE(test);
        CHECK(std::string(test.last_child().name()) == one.element);
        CHECK(test.first_child() == test.last_child());
        CHECK(std::string(test.last_child().attribute("type").value()) == one.type);
        CHECK(std::string(test.last_child().text().get()).find(verdict_sentence(one.row)) !=
              std::string::npos);
    }
}

TEST_CASE("a row's advice follows its verdict") {
    auto row = row_without_finding(Verdict::correct, Verdict::correct, true);
    row.advice = some_advice;
    const Written written({{row}, false});
    const std::string out =
        written.root.child("testsuite").child("testcase").child("system-out").text().get();
    CHECK(out.find(some_advice) != std::string::npos);
}

TEST_CASE(
    "a failure has the interleaving and the command that replays it; an expected finding has the command") {
    auto row = broken_row();
    const Written expected({{row}, false});
    const std::string out =
        expected.root.child("testsuite").child("testcase").child("system-out").text().get();
    CHECK(out.find(replay_command(row)) != std::string::npos);
    CHECK(out.find(row.outcome.finding->sentence) != std::string::npos);
    row.as_expected = false;
    const Written unexpected({{row}, false});
    const auto test = unexpected.root.child("testsuite").child("testcase");
    CHECK(std::string(test.attribute("name").value()) == "legacy_registry, 2 threads");
    CHECK(std::string(test.attribute("classname").value()) == "registry.intern_vs_last_release");
    CHECK(std::string(test.attribute("time").value()) == "0.012346");
    const auto failure = test.child("failure");
    CHECK(failure.attribute("message").value() == row.outcome.finding->sentence);
    const std::string text = failure.text().get();
    CHECK(text.find(interleaving(row, {false, 100})) != std::string::npos);
    CHECK(text.find(replay_command(row)) != std::string::npos);
}

TEST_CASE("the counts of every suite are those of its tests, and the root's are their sum") {
    const Written written(report_of_every_row());
    std::size_t tests = 0;
    std::size_t failures = 0;
    std::size_t errors = 0;
    double seconds = 0;
    std::size_t suites = 0;
    for (const auto suite : written.root.children("testsuite")) {
        ++suites;
        const auto children = suite.children("testcase");
        CHECK(suite.attribute("tests").as_uint() == std::distance(children.begin(), children.end()));
        CHECK(suite.attribute("failures").as_uint() == tests_with(suite, "failure"));
        CHECK(suite.attribute("errors").as_uint() == tests_with(suite, "error"));
        CHECK(suite.attribute("skipped").as_uint() == tests_with(suite, "skipped"));
        double own = 0;
        for (const auto test : children) own += test.attribute("time").as_double();
        CHECK(suite.attribute("time").as_double() == doctest::Approx(own).epsilon(1e-4));
        tests += suite.attribute("tests").as_uint();
        failures += suite.attribute("failures").as_uint();
        errors += suite.attribute("errors").as_uint();
        seconds += suite.attribute("time").as_double();
    }
    CHECK(suites == 3);
    CHECK(tests == report_of_every_row().rows.size() + 1);  // and the interruption
    CHECK(failures > 0);
    CHECK(written.root.attribute("tests").as_uint() == tests);
    CHECK(written.root.attribute("failures").as_uint() == failures);
    CHECK(written.root.attribute("errors").as_uint() == errors);
    CHECK(written.root.attribute("time").as_double() == doctest::Approx(seconds).epsilon(1e-4));
}

TEST_CASE("the rows of a scenario are one suite, also when they do not stand together") {
    const auto other = row_without_finding(Verdict::correct, Verdict::correct, true);
    const Written written({{broken_row(2), other, broken_row(3)}, false});
    const auto suites = written.root.children("testsuite");
    REQUIRE(std::distance(suites.begin(), suites.end()) == 2);
    CHECK(suites.begin()->attribute("tests").as_uint() == 2);
}

TEST_CASE("an interrupted run has an error, so that it never looks complete; another one has none") {
    const auto row = row_without_finding(Verdict::correct, Verdict::correct, true);
    CHECK(Written({{row}, true}).root.attribute("errors").as_uint() == 1);
    CHECK(Written({{}, true}).root.attribute("errors").as_uint() == 1);
    CHECK(Written({{row}, false}).root.attribute("errors").as_uint() == 0);
    CHECK(Written({}).root.attribute("tests").as_uint() == 0);
}

TEST_CASE("no text can break the file") {
    const auto row = hostile_row();
    const auto text = to_junit({{row}, false});
    for (const char c : text) CHECK((static_cast<unsigned char>(c) >= 0x20 || c == '\n'));
    CHECK(text.find("&#x") == std::string::npos);
    CHECK(clean(text) == text);
    const Written written({{row}, false});
    const auto test = written.root.child("testsuite").child("testcase");
    CHECK(test.attribute("name").value() == clean(row_name(row)));
    const std::string told = test.child("failure").text().get();
    CHECK(told.find("]]> <b>&amp; ``` | [x](1) @all") != std::string::npos);
}

TEST_CASE("equal reports give equal bytes of JUnit XML") {
    CHECK(to_junit(report_of_every_row()) == to_junit(report_of_every_row()));
    CHECK(to_junit({}).starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "));
}

}  // namespace
}  // namespace revenant::reports
