#include "reports/results.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "reports/made_row.hpp"
#include "reports/printable.hpp"
#include "reports/results_checksum.hpp"
#include "reports/writers/json.hpp"

namespace revenant::reports {
namespace {

using nlohmann::ordered_json;

/// Rows of every kind whose texts are fit to be read back: no invalid UTF-8, a schedule that can be parsed.
Report some_report() {
    auto report = report_of_every_row();
    report.rows.pop_back();
    report.rows.back().shard = "2/3";
    report.rows.back().outcome.share_explored = 0.25;
    report.build = "0123456789abcdef";
    return report;
}

// With a checksum that fits, whatever has been done to its values.
std::string sealed(ordered_json root) {
    ResultsChecksum sum;
    for (const auto& row : root["rows"]) sum.add_row(row);
    root["checksum"] = sum.text(root["version"].get<std::string>(), root["build"].get<std::string>(),
                                root["interrupted"].get<bool>());
    return root.dump();
}

// The error that a report gives after one value of its first row has been changed, or removed.
std::string error_after(const char* path, const ordered_json& value) {
    auto root = ordered_json::parse(to_json(some_report()));
    root["rows"][0][ordered_json::json_pointer(path)] = value;
    const auto parsed = parse_results(root.dump());
    return parsed ? "" : parsed.error();
}

TEST_CASE("a report that is read back and written again has the same bytes") {
    const auto text = to_json(some_report());
    const auto report = parse_results(text);
    REQUIRE_MESSAGE(report, report.error());
    CHECK(to_json(*report) == text);
}

TEST_CASE("what is not a whole result file is refused in one line") {
    const auto text = to_json(some_report());
    for (const auto& damaged :
         {std::string(), std::string("[]"), std::string("{}"), text.substr(0, text.size() / 2),
          to_json(Report{}), std::string(R"({"schema": 1, "interrupted": false, "rows": [1]})")}) {
        const auto report = parse_results(damaged);
        REQUIRE(!report);
        CHECK(report.error() == "not a revenant.results/1 file with rows, or cut short");
    }
}

TEST_CASE("a row that is not as its schema says is named") {
    const std::string named =
        "row 1, registry/intern_vs_last_release legacy_registry is not as its schema says";
    CHECK(error_after("/threads", -2) == named);
    CHECK(error_after("/threads", std::uint64_t{1} << 33) == named);
    CHECK(error_after("/symmetry", 1) == named);
    CHECK(error_after("/ending", "soon") == named);
    CHECK(error_after("/verdict", "correct") == named);  // although there is a finding
    CHECK(error_after("/finding", nullptr) == named);
    CHECK(error_after("/finding/kind", "rumour") == named);
    CHECK(error_after("/executions/complete", std::uint64_t{1} << 60) == named);
    CHECK(error_after("/executions/blocked", 1.5) == named);
    CHECK(error_after("/seconds", "1") == named);
    CHECK(error_after("/schedule", "rv1:") == named);
}

TEST_CASE("a file whose values were changed, or that has none of its checksum, is refused in one line") {
    const auto whole = ordered_json::parse(to_json(some_report()));
    const auto error = [](const ordered_json& root) {
        const auto report = parse_results(root.dump());
        return report ? std::string() : report.error();
    };
    const std::string damaged = "damaged, or edited by hand: the checksum is not that of its rows";
    CHECK(error(whole).empty());  // although it is spelt otherwise
    auto root = whole;
    root["rows"][0]["executions"]["complete"] = 4711;
    CHECK(error(root) == damaged);
    root = whole;
    root["rows"].erase(0);
    CHECK(error(root) == damaged);
    root = whole;
    root["interrupted"] = !root["interrupted"].get<bool>();
    CHECK(error(root) == damaged);
    root = whole;
    root["build"] = "fedcba9876543210";
    CHECK(error(root) == damaged);
    root = whole;
    root["rows"][0]["seconds"] = 17;  // the one value that differs between equal runs
    CHECK(error(root).empty());
    root = whole;
    root.erase("checksum");
    CHECK(error(root) == "it has no checksum, version and build: an older revenant has written it");
}

TEST_CASE("JSON that is nested without end is refused before values are made of it") {
    std::string deep = R"({"schema":"revenant.results/1","interrupted":false,"rows":[)";
    for (int i = 0; i < 300'000; ++i) deep += R"({"a":)";
    deep += "1" + std::string(300'000, '}') + "]}";
    CHECK(parse_results(deep).error() == "not a revenant.results/1 file: it is nested too deep");
    CHECK(parse_results(std::string(300'000, '[')).error() ==
          "not a revenant.results/1 file: it is nested too deep");
    // Brackets within a text are none.
    auto root = ordered_json::parse(to_json(some_report()));
    root["rows"][0]["finding"]["sentence"] = std::string(100, '[') + "\\\"" + std::string(100, '{');
    CHECK(parse_results(sealed(root)));
}

TEST_CASE("what is no key of the format is passed over, and rows that come twice are refused") {
    const auto whole = to_json(some_report());
    CHECK(parse_results("{\"more\": [[1, {\"rows\": [7]}], 2]," + whole.substr(1)));
    CHECK(parse_results(whole.substr(0, whole.rfind('}')) + R"(, "rows": []})").error() ==
          "it has rows twice");
}

TEST_CASE("no text of a row that is read brings an escape sequence or a turned line with it") {
    auto root = ordered_json::parse(to_json(some_report()));
    for (const char* const path :
         {"/scenario", "/implementation", "/finding/sentence", "/finding/where", "/difference", "/advice"}) {
        root["rows"][0][ordered_json::json_pointer(path)] = "\x1b]0;owned\x07 \xc2\x9b \xe2\x80\xae";
    }
    const auto report = parse_results(sealed(root));
    REQUIRE_MESSAGE(report, report.error());
    const auto& row = report->rows.front();
    for (const auto& text : {row.scenario, row.implementation, row.outcome.finding->sentence,
                             row.outcome.finding->where, row.outcome.difference, row.advice}) {
        CHECK(is_printable(text));
        CHECK(text.find("]0;owned") != text.npos);
    }
}

TEST_CASE("a row that is no object, or without a key, is named by its number") {
    const auto of_rows = [](const char* rows) {
        return parse_results(std::string(R"({"schema":"revenant.results/1","interrupted":false,"rows":)") +
                             rows + "}")
            .error();
    };
    CHECK(of_rows("[17]") == "row 1 is not as its schema says");
    CHECK(of_rows("[{}]") == "row 1, ? ? is not as its schema says");
}

}  // namespace
}  // namespace revenant::reports
