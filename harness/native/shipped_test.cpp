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
        rows[row["scenario"].get<std::string>() + "_" + row["implementation"].get<std::string>() + "_" +
             threads] = row;
    }
    return rows;
}

// A scenario's own witness is plain data that all threads look at: on std_platform it does nothing, and what
// it alone convicts passes.
bool is_convicted_by_a_witness(std::string_view name) {
    name.remove_suffix(2);  // the number of threads
    return name.ends_with("+remove_by_content") || name.ends_with("+discard_under_lock") ||
           name.ends_with("+evict_under_lock");
}

bool is_convicted_by_a_weak_cas(std::string_view name) {
    return name.starts_with("tutorial/claim_vs_read_weak_once_");
}

/// How far the rows of what ships agree with Relacy's.
struct Agreement {
    unsigned compared = 0;
    unsigned broken = 0;
    unsigned undecided = 0;
    unsigned equal_counts = 0;
};

Agreement agreement(const std::string& threads, Words words) {
    const auto relacy = relacy_rows(threads);
    words.push_back("*_" + threads);
    Agreement all;
    for (const auto& [name, row] : native_rows("native_shipped", words)) {
        INFO(name, ": ", verdict_of(row));
        const auto found = relacy.find(name);
        if (found == relacy.end() || found->second["verdict"] == "undecided") continue;
        ++all.compared;
        if (row["verdict"] == "undecided") {
            ++all.undecided;
            continue;
        }
        const bool is_broken = found->second["verdict"] == "broken" && !is_convicted_by_a_witness(name) &&
                               (weak_cas_may_fail || !is_convicted_by_a_weak_cas(name));
        CHECK(row["verdict"] == (is_broken ? "broken" : "correct"));
        all.broken += is_broken ? 1 : 0;
        if (is_broken) continue;
        CHECK(row["ending"] == "exhausted");
        const auto& executions = found->second["executions"]["complete"];
        all.equal_counts += row["executions"]["complete"] == executions ? 1 : 0;
    }
    return all;
}

}  // namespace

TEST_CASE("what ships has in the native world the verdicts of Relacy's") {
    const auto all = agreement("2", {});
    CHECK(all.compared > 90);
    CHECK(all.undecided == 0);
    CHECK(all.equal_counts > 0);
}

TEST_CASE("… and with three threads, as far as so many executions decide") {
    const auto all = agreement("3", {"--executions", "2000", "--stop-at-first"});
    CHECK(all.compared > 80);
    CHECK(all.broken > 20);
    CHECK(all.undecided < all.compared / 4);
}

}  // namespace revenant::harness
