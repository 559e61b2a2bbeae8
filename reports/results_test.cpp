#include "reports/results.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "reports/made_row.hpp"
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
    return report;
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
