#include "reports/writers/sarif.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "reports/made_row.hpp"
#include "reports/writers/facts.hpp"
#include "reports/writers/sarif_rules.hpp"

namespace revenant::reports {
namespace {

using model::Verdict;
using nlohmann::json;

json run_of(const Report& report) {
    const auto root = json::parse(to_sarif(report));
    REQUIRE(root["version"] == "2.1.0");
    REQUIRE(root["runs"].size() == 1);
    return root["runs"][0];
}

json only_result(const Row& row) {
    const auto results = run_of({{row}, false})["results"];
    REQUIRE(results.size() == 1);
    return results[0];
}

// A place that the compiler would give, but for the file.
std::source_location no_place() { return {}; }

TEST_CASE("there is a rule for each kind of finding, and a result's index is the one of its rule") {
    std::set<std::string> ids;
    const auto run = run_of(report_of_every_row());
    const auto& rules = run["tool"]["driver"]["rules"];
    REQUIRE(rules.size() == static_cast<std::size_t>(model::FindingKind::assertion) + 1);
    for (std::size_t i = 0; i < rules.size(); ++i) {
        CHECK(sarif_rules()[i].kind == static_cast<model::FindingKind>(i));
        ids.insert(rules[i]["id"].get<std::string>());
        CHECK(rules[i]["defaultConfiguration"]["level"] == "error");
        CHECK_FALSE(rules[i]["help"]["markdown"].get<std::string>().empty());
    }
    CHECK(ids.size() == rules.size());
    REQUIRE_FALSE(run["results"].empty());
    for (const auto& result : run["results"]) {
        CHECK(rules[result["ruleIndex"].get<std::size_t>()]["id"] == result["ruleId"]);
    }
}

TEST_CASE("a result is at the failing step's line, with the other step related and linked") {
    const auto row = broken_row();
    const auto& steps = row.outcome.trace.steps;
    const auto result = only_result(row);
    CHECK(result["ruleId"] == "revenant/resurrection");
    const auto& at = result["locations"][0];
    CHECK(result["locations"].size() == 1);
    CHECK(at["physicalLocation"]["artifactLocation"]["uri"] == "reports/made_row.hpp");
    CHECK(at["physicalLocation"]["artifactLocation"]["uriBaseId"] == "SRCROOT");
    CHECK(at["physicalLocation"]["region"]["startLine"] == steps[9].operation.where.line());
    CHECK(at["message"]["text"] == "T2 config#1.strong fetch_add 0→1 (step 10)");
    const auto& related = result["relatedLocations"][0];
    CHECK(related["id"] == 1);
    CHECK(related["physicalLocation"]["region"]["startLine"] == steps[6].operation.where.line());
    const auto message = result["message"]["text"].get<std::string>();
    CHECK(message.starts_with(row.outcome.finding->sentence));
    CHECK(message.find("[T1 config#1.strong fetch_sub 1→0 (step 7)](1)") != message.npos);
    CHECK(message.find(replay_command(row)) != message.npos);
    CHECK(result["properties"]["schedule"] == model::to_text(row.outcome.schedule));
    CHECK(result["properties"]["threads"] == 2);
    CHECK(result["properties"]["executions"] == 21);
}

TEST_CASE("a finding that the catalogue claims is a note, another one an error, and errors come first") {
    auto row = broken_row();
    CHECK(only_result(row)["level"] == "note");
    row.as_expected = false;
    CHECK(only_result(row)["level"] == "error");
    const auto results = run_of({{broken_row(), row}, false})["results"];
    CHECK(results[0]["level"] == "error");
    CHECK(results[1]["level"] == "note");
}

TEST_CASE("what lies behind a data race is a result of its own") {
    const auto results = run_of({{row_with_more_behind()}, false})["results"];
    REQUIRE(results.size() == 4);
    CHECK(results[1]["ruleId"] == "revenant/data-race");
    CHECK(results[3]["ruleId"] == "revenant/use-after-free");
}

TEST_CASE("each thread has a flow, and the order of execution runs through all of them") {
    const auto flows = only_result(broken_row(3))["codeFlows"][0]["threadFlows"];
    REQUIRE(flows.size() == 3);
    std::set<int> order;
    std::size_t essential = 0;
    for (std::size_t t = 0; t < flows.size(); ++t) {
        CHECK(flows[t]["id"] == "T" + std::to_string(t + 1));
        int previous = 0;
        for (const auto& at : flows[t]["locations"]) {
            const int number = at["executionOrder"];
            CHECK(number > previous);
            previous = number;
            CHECK(order.insert(number).second);
            essential += at["importance"] == "essential" ? 1 : 0;
        }
    }
    CHECK(essential == 2);
    CHECK(*order.begin() == 6);  // setup has no flow
    CHECK(*order.rbegin() == 12);
    CHECK(flows[0]["locations"][0]["location"]["message"]["text"] == "config#1.strong fetch_sub 1→0");
}

TEST_CASE("the fingerprint is of the bug, not of its lines, its sentence or the number of threads") {
    const auto print = [](const Row& row) { return only_result(row)["partialFingerprints"]["revenant/v1"]; };
    auto moved = broken_row();
    for (auto& step : moved.outcome.trace.steps) step.operation.where = std::source_location::current();
    moved.outcome.finding->sentence = "Said otherwise.";
    CHECK(print(moved) == print(broken_row()));
    CHECK(print(broken_row(3)) == print(broken_row()));
    for (const int what : {0, 1, 2, 3}) {
        auto other = broken_row();
        if (what == 0) other.scenario += "x";
        if (what == 1) other.implementation += "x";
        if (what == 2) other.outcome.finding->kind = model::FindingKind::leak;
        if (what == 3) other.outcome.finding->invariant += "x";
        CHECK(print(other) != print(broken_row()));
    }
}

TEST_CASE("a step without a place is left out; a finding is placed at what has one, else it is told only") {
    auto row = broken_row();
    auto& steps = row.outcome.trace.steps;
    const auto line = [](const json& result) {
        return result["locations"][0]["physicalLocation"]["region"]["startLine"].get<unsigned>();
    };
    steps[9].operation.where = no_place();
    auto result = only_result(row);
    CHECK(line(result) == steps[6].operation.where.line());
    CHECK_FALSE(result.contains("relatedLocations"));
    CHECK(result["codeFlows"][0]["threadFlows"][1]["locations"].size() == 3);
    steps[6].operation.where = no_place();
    CHECK(line(only_result(row)) == steps[8].operation.where.line());
    for (auto& step : steps) step.operation.where = no_place();
    const auto run = run_of({{row}, false});
    CHECK(run["results"].empty());
    const auto& said = run["invocations"][0]["toolExecutionNotifications"];
    REQUIRE(said.size() == 1);
    CHECK(said[0]["descriptor"]["id"] == "revenant/no-place");
    CHECK(said[0]["message"]["text"].get<std::string>().find(replay_command(row)) != std::string::npos);
}

TEST_CASE("an execution without steps and a pair outside of it are no trouble") {
    auto row = broken_row();
    row.outcome.finding->partner = 1000;
    CHECK_FALSE(only_result(row).contains("relatedLocations"));
    row.outcome.trace.steps.clear();
    CHECK(run_of({{row}, false})["results"].empty());
}

TEST_CASE("what is no finding is a notification") {
    auto diverged = row_without_finding(Verdict::undecided, Verdict::undecided, true);
    diverged.outcome.ending = model::Ending::diverged;
    struct Case {
        Row row;
        const char* id;
        const char* level;
        bool whole;
    };
    const Case cases[] = {
        {row_without_finding(Verdict::correct, Verdict::broken, false), "revenant/nothing-found", "error",
         true},
        {row_without_finding(Verdict::undecided, Verdict::correct, false), "revenant/undecided", "warning",
         true},
        {row_without_finding(Verdict::undecided, Verdict::undecided, true), "revenant/undecided", "note",
         true},
        {diverged, "revenant/not-deterministic", "error", false},
    };
    for (const auto& one : cases) {
        const auto invocation = run_of({{one.row}, false})["invocations"][0];
        REQUIRE(invocation["toolExecutionNotifications"].size() == 1);
        CHECK(invocation["toolExecutionNotifications"][0]["descriptor"]["id"] == one.id);
        CHECK(invocation["toolExecutionNotifications"][0]["level"] == one.level);
        CHECK(invocation["executionSuccessful"] == one.whole);
    }
    const auto good = run_of({{row_without_finding(Verdict::correct, Verdict::correct, true)}, false});
    CHECK(good["invocations"][0]["toolExecutionNotifications"].empty());
}

TEST_CASE("an interrupted run was not successful, and says why") {
    const auto invocation = run_of({{}, true})["invocations"][0];
    CHECK(invocation["executionSuccessful"] == false);
    CHECK(invocation["toolExecutionNotifications"][0]["descriptor"]["id"] == "revenant/interrupted");
    CHECK(run_of({})["invocations"][0]["executionSuccessful"] == true);
}

TEST_CASE("brackets in a message are no links, and no text can break the file") {
    auto row = hostile_row();
    row.outcome.trace.steps.back().operation.where = std::source_location::current();
    const auto message = only_result(row)["message"]["text"].get<std::string>();
    CHECK(message.find("\\[x\\](1)") != message.npos);
    CHECK(clean(message) == message);
}

TEST_CASE("a long execution is told by its last thousand steps and the pair") {
    auto row = broken_row();
    auto& steps = row.outcome.trace.steps;
    const auto again = steps[7];
    steps.insert(steps.begin() + 9, 5000, again);
    row.outcome.finding->step += 5000;
    const auto result = only_result(row);
    std::size_t count = 0;
    bool has_partner = false;
    for (const auto& flow : result["codeFlows"][0]["threadFlows"]) {
        count += flow["locations"].size();
        for (const auto& at : flow["locations"]) has_partner = has_partner || at["executionOrder"] == 7;
    }
    CHECK(count == 1000);
    CHECK(has_partner);
    CHECK(result["properties"]["firstStepWritten"].get<int>() > 4000);
    CHECK_FALSE(only_result(broken_row())["properties"].contains("firstStepWritten"));
}

TEST_CASE(
    "of more findings than code scanning shows, the unexpected ones are kept, and the rest is counted") {
    Report report;
    report.rows.assign(5001, broken_row());
    for (auto& row : report.rows) row.outcome.trace.steps.resize(2);
    report.rows.back().as_expected = false;
    const auto run = run_of(report);
    CHECK(run["results"].size() == 5000);
    CHECK(run["results"][0]["level"] == "error");
    const auto& said = run["invocations"][0]["toolExecutionNotifications"];
    REQUIRE(said.size() == 1);
    CHECK(said[0]["message"]["text"] == "1 finding left out for size.");
}

TEST_CASE("the version is told, as a semantic one if it is one") {
    struct Case {
        const char* version;
        bool told, semantic;
    };
    for (const auto& [version, told, semantic] :
         {Case{"", false, false}, Case{"0.1.0", true, true}, Case{"1.2.3-rc.1+5", true, true},
          Case{"1.2", true, false}, Case{"1..2", true, false}, Case{"unknown", true, false}}) {
        Report report;
        report.version = version;
        const auto driver = run_of(report)["tool"]["driver"];
        CHECK(driver.contains("version") == told);
        CHECK(driver.contains("semanticVersion") == semantic);
    }
}

TEST_CASE("equal reports give equal bytes of SARIF") {
    CHECK(to_sarif(report_of_every_row()) == to_sarif(report_of_every_row()));
}

}  // namespace
}  // namespace revenant::reports
