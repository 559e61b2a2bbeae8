// The catalogue on std_platform, compiled as it ships, against the same rows in Relacy's world.
#include <doctest/doctest.h>

#include <set>

#include "harness/commands/exit_status.hpp"
#include "harness/native/test_rows.hpp"
#include "harness/process/test_folder.hpp"

namespace revenant::harness {
namespace {

using nlohmann::json;

/// Rows of `revenant check` with so many threads, by their names in the native program.
std::map<std::string, json> relacy_rows(const std::string& threads) {
    const ScratchFolder folder;
    const Words words{"check", "--threads", threads, "--interleavings", "none", "--json", "-"};
    const auto result = ChildProcess(REVENANT_COMMAND, words, in_folder(folder.path())).finish(600);
    REQUIRE_MESSAGE(result.status == exit_as_expected, result.err);
    std::map<std::string, json> rows;
    const auto report = json::parse(result.out);
    for (const auto& row : report["rows"]) {
        rows[row["scenario"].get<std::string>() + "_" + row["implementation"].get<std::string>()] = row;
    }
    return rows;
}

// A scenario's own witness is plain data that all threads look at: on std_platform it does nothing, and what
// it alone convicts passes.
bool is_convicted_by_a_witness(const std::string& name) {
    return name.ends_with("+remove_by_content") || name.ends_with("+discard_under_lock") ||
           name.ends_with("+evict_under_lock");
}

}  // namespace

TEST_CASE("what ships has in the native world the verdicts of Relacy's") {
    const auto relacy = relacy_rows("2");
    const auto native = native_rows("native_shipped_2");
    CHECK(native.size() > 90);
    unsigned equal_counts = 0;
    for (const auto& [name, row] : native) {
        INFO(name, ": ", verdict_of(row));
        const auto found = relacy.find(name);
        REQUIRE(found != relacy.end());
        const bool is_broken = found->second["verdict"] == "broken" && !is_convicted_by_a_witness(name);
        CHECK(row["verdict"] == (is_broken ? "broken" : "correct"));
        if (is_broken) continue;
        CHECK(row["ending"] == "exhausted");
        equal_counts += row["executions"]["complete"] == found->second["executions"]["complete"] ? 1 : 0;
    }
    CHECK(equal_counts > 0);
}

}  // namespace revenant::harness
