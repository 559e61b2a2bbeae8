#include "harness/native/test_rows.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>

#include "harness/commands/exit_status.hpp"
#include "harness/process/test_folder.hpp"

namespace revenant::harness {

using nlohmann::json;

Finished run_native(const std::string& program, const Words& words, const std::string& folder,
                    const std::string& observations) {
    auto options = in_folder(folder);
    if (!observations.empty()) options.environment.emplace_back("REVENANT_OBSERVATIONS", observations);
    return ChildProcess(REVENANT_NATIVE_PROGRAMS "/" + program, words, options).finish(600);
}

std::map<std::string, json> native_rows(const std::string& program, const Words& more) {
    const ScratchFolder folder;
    Words words{"--interleavings", "none", "--json", "-"};
    words.insert(words.end(), more.begin(), more.end());
    // Not by time, which is another on each machine.
    const bool is_limited = std::find(more.begin(), more.end(), "--executions") != more.end();
    if (!is_limited) words.insert(words.end(), {"--executions", "1000000"});
    const auto result = run_native(program, words, folder.path());
    const bool is_whole = result.status == exit_as_expected || result.status == exit_not_as_expected ||
                          result.status == exit_undecided;
    REQUIRE_MESSAGE(is_whole, program, ": ", result.status, " ", result.err);
    std::map<std::string, json> rows;
    const auto report = json::parse(result.out);
    for (const auto& row : report["rows"]) rows[row["scenario"]] = row;
    REQUIRE(!rows.empty());
    return rows;
}

InEnvironment::InEnvironment(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
InEnvironment::~InEnvironment() { ::unsetenv(name_); }

std::string verdict_of(const json& row) {
    return row["finding"].is_null() ? row["verdict"].get<std::string>()
                                    : row["finding"]["kind"].get<std::string>();
}

void check_rows(const std::string& program, const std::vector<Expected>& expected, const Words& more) {
    const auto rows = native_rows(program, more);
    CHECK(rows.size() == expected.size());
    for (const auto& one : expected) {
        INFO(program, ": ", std::string(one.test));
        const auto found = rows.find(one.test);
        REQUIRE(found != rows.end());
        CHECK(verdict_of(found->second) == one.verdict);
        const int executions = built_by_clang && one.by_clang != 0 ? one.by_clang : one.executions;
        if (executions != 0) CHECK(found->second["executions"]["complete"] == executions);
    }
}

}  // namespace revenant::harness
