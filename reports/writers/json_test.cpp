#include "reports/writers/json.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "reports/made_row.hpp"

namespace revenant::reports {
namespace {

using model::Verdict;
using nlohmann::json;
using nlohmann::ordered_json;
using Keys = std::vector<std::string>;

Keys keys_of(const ordered_json& object) {
    Keys keys;
    for (const auto& [key, value] : object.items()) keys.push_back(key);
    return keys;
}

const Report& some_report() {
    static const Report report{
        {row_with_more_behind(), row_without_finding(Verdict::correct, Verdict::correct, true),
         row_without_finding(Verdict::undecided, Verdict::correct, false)},
        true};
    return report;
}

ordered_json written(const Report& report) { return ordered_json::parse(to_json(report)); }

ordered_json schema() {
    std::ifstream in(REVENANT_RESULTS_SCHEMA);
    REQUIRE_MESSAGE(in, "cannot read " REVENANT_RESULTS_SCHEMA);
    return ordered_json::parse(in);
}

TEST_CASE("the report is read back with every value") {
    const auto root = written(some_report());
    CHECK(root["schema"] == "revenant.results/1");
    CHECK(root["interrupted"] == true);
    REQUIRE(root["rows"].size() == 3);

    const auto& row = root["rows"][0];
    CHECK(row["scenario"] == "registry/intern_vs_last_release");
    CHECK(row["implementation"] == "legacy_registry");
    CHECK(row["threads"] == 2);
    CHECK(row["strategy"] == "full");
    CHECK(row["exhaustive"] == false);
    CHECK(row["executions"] == ordered_json{{"complete", 21}, {"blocked", 2}});
    CHECK(row["seconds"] == 0.012346);  // microseconds are all that the clock is good for
    CHECK(row["verdict"] == "broken");
    CHECK(row["expected"] == "broken");
    CHECK(row["as_expected"] == true);
    CHECK(row["finding"]["kind"] == "resurrection");
    CHECK(row["finding"]["invariant"] == "no strong count goes 0→1");
    CHECK(row["finding"]["where"] == some_report().rows[0].outcome.finding->where);
    CHECK(row["finding"]["sentence"] == some_report().rows[0].outcome.finding->sentence);
    CHECK(row["schedule"] == "rv1:registry/intern_vs_last_release:legacy_registry:2:-:0*2,r1,1");
}

TEST_CASE("a row without a finding has null for finding and schedule") {
    const auto row = written(some_report())["rows"][1];
    CHECK(row["finding"].is_null());
    CHECK(row["schedule"].is_null());
    CHECK(row["exhaustive"] == true);
    CHECK(row["verdict"] == "correct");
}

TEST_CASE("a row's advice is a text, and null without one") {
    auto row = row_without_finding(Verdict::correct, Verdict::correct, true);
    CHECK(written({{row}, false})["rows"][0]["advice"].is_null());
    row.advice = some_advice;
    CHECK(written({{row}, false})["rows"][0]["advice"] == some_advice);
}

TEST_CASE("the keys come in a fixed order") {
    const auto root = written(some_report());
    CHECK(keys_of(root) == Keys{"schema", "version", "build", "interrupted", "rows", "checksum"});
    REQUIRE_FALSE(root["rows"].empty());
    for (const auto& row : root["rows"]) {
        CHECK(keys_of(row) == Keys{"scenario",   "implementation", "threads", "strategy",
                                   "symmetry",   "shard",          "ending",  "exhaustive",
                                   "executions", "share_explored", "seconds", "verdict",
                                   "expected",   "as_expected",    "finding", "difference",
                                   "schedule",   "covered",        "advice",  "behind"});
        CHECK(keys_of(row["executions"]) == Keys{"complete", "blocked"});
    }
    CHECK(keys_of(root["rows"][0]["finding"]) == Keys{"kind", "invariant", "where", "sentence"});
}

TEST_CASE("equal reports give equal bytes, indented by two, with a newline at the end") {
    const auto text = to_json(some_report());
    CHECK(text == to_json(some_report()));
    CHECK(text.starts_with("{\n  \"schema\": \"revenant.results/1\",\n"));
    CHECK(text.ends_with("\n}\n"));
}

TEST_CASE("a report without rows has an empty array of them") {
    CHECK(written({})["rows"] == ordered_json::array());
    CHECK(written({})["interrupted"] == false);
}

TEST_CASE("a text that is no UTF-8 is replaced where it is broken, and the report is written") {
    auto row = broken_row();
    row.outcome.finding->sentence = "a\xc3(b";
    CHECK(written({{row}, false})["rows"][0]["finding"]["sentence"] == "a\xef\xbf\xbd(b");
}

// As much of JSON Schema as our schema uses: type, const, enum, minimum, maximum, properties, required,
// additionalProperties: false, items, and $ref into $defs. Says what is wrong, or nothing.
std::string violation(const ordered_json& value, ordered_json rule, const ordered_json& root) {
    if (rule.contains("$ref")) {
        const auto target = rule["$ref"].get<std::string>();
        rule = root.at(ordered_json::json_pointer(target.substr(1)));
    }
    if (rule.contains("type")) {
        const auto types = rule["type"].is_array() ? rule["type"] : ordered_json::array({rule["type"]});
        bool fits = false;
        for (const auto& type : types) {
            fits = fits || type == value.type_name() || (type == "integer" && value.is_number_integer());
        }
        if (!fits) return "type of " + value.dump();
    }
    if (rule.contains("const") && value != rule["const"]) return "const " + value.dump();
    if (rule.contains("enum") &&
        std::find(rule["enum"].begin(), rule["enum"].end(), value) == rule["enum"].end()) {
        return "enum " + value.dump();
    }
    if (rule.contains("minimum") && value.is_number() && value < rule["minimum"])
        return "minimum of " + value.dump();
    if (rule.contains("maximum") && value.is_number() && value > rule["maximum"])
        return "maximum of " + value.dump();
    if (value.is_object()) {
        for (const auto& key : rule.value("required", ordered_json::array())) {
            if (!value.contains(key.get<std::string>())) return "required " + key.dump();
        }
        for (const auto& [key, inner] : value.items()) {
            if (!rule["properties"].contains(key)) return "additional " + key;
            if (auto wrong = violation(inner, rule["properties"][key], root); !wrong.empty()) return wrong;
        }
    }
    if (value.is_array()) {
        for (const auto& item : value) {
            if (auto wrong = violation(item, rule["items"], root); !wrong.empty()) return wrong;
        }
    }
    return "";
}

TEST_CASE("what is written satisfies the schema") {
    const auto rules = schema();
    CHECK(rules["$schema"] == "https://json-schema.org/draft/2020-12/schema");
    CHECK(violation(written(some_report()), rules, rules).empty());
    CHECK(violation(written({}), rules, rules).empty());
    for (int k = 0; k <= static_cast<int>(model::FindingKind::assertion); ++k) {
        auto row = broken_row(5);
        row.outcome.finding->kind = static_cast<model::FindingKind>(k);
        CHECK(violation(written({{row}, false}), rules, rules).empty());
    }
}

TEST_CASE("the check of the schema sees a missing key, an unknown one, and a wrong type or value") {
    const auto rules = schema();
    auto missing = written(some_report());
    missing["rows"][0].erase("verdict");
    CHECK(violation(missing, rules, rules) == "required \"verdict\"");
    auto unknown = written(some_report());
    unknown["rows"][1]["colour"] = "red";
    CHECK(violation(unknown, rules, rules) == "additional colour");
    auto wrong_type = written(some_report());
    wrong_type["rows"][0]["threads"] = "2";
    CHECK(violation(wrong_type, rules, rules) == "type of \"2\"");
    auto wrong_value = written(some_report());
    wrong_value["rows"][0]["finding"]["kind"] = "ghost";
    CHECK(violation(wrong_value, rules, rules) == "enum \"ghost\"");
    auto old = written(some_report());
    old["schema"] = "revenant.results/0";
    CHECK_FALSE(violation(old, rules, rules).empty());
}

TEST_CASE("the keys are the schema's required ones, in its order, and there are no optional ones") {
    const auto rules = schema();
    const auto root = written(some_report());
    const auto& row_rules = rules["$defs"]["row"];
    const auto check = [](const ordered_json& object, const ordered_json& rule) {
        CHECK(rule["required"].get<Keys>() == keys_of(object));
        CHECK(keys_of(rule["properties"]) == keys_of(object));
        CHECK(rule["additionalProperties"] == false);
    };
    check(root, rules);
    check(root["rows"][0], row_rules);
    check(root["rows"][0]["executions"], row_rules["properties"]["executions"]);
    check(root["rows"][0]["finding"], row_rules["properties"]["finding"]);
    const auto& behind = root["rows"][0]["behind"];
    check(behind, row_rules["properties"]["behind"]);
    check(behind["findings"][0], rules["$defs"]["finding_behind"]);
}

}  // namespace
}  // namespace revenant::reports
