// Generated programs in the native world: what the reduction leaves out must make no difference. Their number
// is the build's: some for every change, thousands for a night.
#include <doctest/doctest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "harness/commands/exit_status.hpp"
#include "harness/native/test_rows.hpp"
#include "harness/process/test_folder.hpp"

namespace revenant::harness {
namespace {

using nlohmann::json;

struct Ends {
    std::size_t programs = 0;
    std::map<std::string, std::set<std::string>> of;  ///< by the seed: of those whose search has ended
};

/// What the executions of each seed have come to; of a program with a bug, that it has one.
Ends ends_of(const std::string& program, const Words& words) {
    const ScratchFolder folder;
    const auto result = run_native(program, words, folder.path(), folder.file("ends"));
    const bool is_whole = result.status == exit_as_expected || result.status == exit_not_as_expected ||
                          result.status == exit_undecided;
    REQUIRE_MESSAGE(is_whole, result.err);
    Ends ends;
    std::istringstream lines(folder.text("ends"));
    for (std::string line; std::getline(lines, line);)
        ends.of["seed_" + line.substr(0, line.find(':'))].insert(line);
    const auto report = json::parse(result.out);
    ends.programs = report["rows"].size();
    for (const auto& row : report["rows"]) {
        if (row["ending"] == "finding") {
            ends.of[row["scenario"]] = {"a finding"};
        } else if (row["ending"] != "exhausted") {
            ends.of.erase(row["scenario"]);
        }
    }
    return ends;
}

TEST_CASE("dpor reaches what a naive search reaches, and nothing else") {
    for (const std::string program : {REVENANT_GENERATED_PROGRAMS}) {
        std::vector<Words> modes{{}, {"--no-stale"}};
        if (program == "native_generated_loops") modes.push_back({"--rounds", "1"});
        for (const auto& mode : modes) {
            INFO(program, mode.empty() ? "" : " " + mode.front());
            const auto with = [&](const char* strategy) {
                auto words = mode;
                words.insert(words.end(), {"--strategy", strategy, "--interleavings", "none", "--executions",
                                           "3000", "--stop-at-first", "--json", "-"});
                return ends_of(program, words);
            };
            const auto reduced = with("dpor");
            const auto naive = with("full");
            REQUIRE(reduced.programs >= 100);
            CHECK(reduced.of.size() > reduced.programs / 100 * 95);  // the others have too many executions
            CHECK(naive.of.size() > naive.programs / 100 * 80);
            for (const auto& [seed, ends] : naive.of) {
                INFO(seed);
                const auto found = reduced.of.find(seed);
                REQUIRE(found != reduced.of.end());
                CHECK(found->second == ends);
            }
        }
    }
}

}  // namespace
}  // namespace revenant::harness
