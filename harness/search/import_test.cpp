// From a bug report to an interleaving of the same signature.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "harness/search/import_search.hpp"
#include "harness/search/replay.hpp"

namespace revenant::harness {
namespace {

using model::FindingKind;

reports::BugReport sample(const std::string& name) {
    std::ifstream in(std::string(REVENANT_SAMPLES) + "/" + name + ".txt", std::ios::binary);
    REQUIRE_MESSAGE(in, "no sample " << name);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto report = reports::parse_bug_report(text);
    REQUIRE(report);
    return *report;
}

Imported imported(const reports::BugReport& report) {
    return search_for(report, candidates_for(report), {}, [](std::size_t) {});
}

struct Expected {
    const char* name;
    const char* scenario;
    const char* implementation;
    FindingKind kind;
};
// The places in the samples are those of the day on which they were made: only the operations have to agree.
const Expected expectations[] = {
    {"asan-legacy", "registry/intern_vs_last_release", "legacy_registry", FindingKind::use_after_free},
    {"tsan-legacy", "registry/intern_vs_last_release", "legacy_registry", FindingKind::use_after_free},
    {"asan-strong", "registry/intern_vs_last_release", "strong_registry", FindingKind::use_after_free},
    {"tsan-relaxed-drop", "refcount/release_vs_release", "shared_ptr+relaxed_drop", FindingKind::data_race},
    {"tsan-relaxed-weak-drop", "refcount/weak_release_vs_last_release", "shared_ptr+relaxed_weak_drop",
     FindingKind::data_race},
    {"lsan-upgrade-adds-weak", "refcount/upgrade_vs_last_release", "shared_ptr+upgrade_adds_weak",
     FindingKind::leak},
    {"log-legacy", "registry/intern_vs_last_release", "legacy_registry", FindingKind::resurrection},
    {"foreign-log", "registry/intern_vs_last_release", "legacy_registry", FindingKind::resurrection},
    {"foreign-sslconfig", "refcount/borrower_vs_last_release", "thread_safe_ref_count+no_reference",
     FindingKind::use_after_free},
    {"broken-through-ci", "registry/intern_vs_last_release", "legacy_registry", FindingKind::use_after_free},
    {"broken-no-symbols", "refcount/release_vs_release", "thread_safe_ref_count+count_read_again",
     FindingKind::use_after_free},
};

TEST_CASE("a report leads to its scenario and implementation, and to an interleaving that replays") {
    for (const auto& expected : expectations) {
        CAPTURE(expected.name);
        const auto report = sample(expected.name);
        const auto found = imported(report);
        REQUIRE(found.row);
        const auto& row = *found.row;
        CHECK(row.scenario == expected.scenario);
        CHECK(row.implementation == expected.implementation);
        CHECK(row.outcome.finding->kind == expected.kind);
        // A leak is told by its place alone.
        const bool tells_nothing =
            std::string_view(expected.name) == "broken-no-symbols" || expected.kind == FindingKind::leak;
        CHECK(likeness(report, row.outcome) >= (tells_nothing ? Likeness::kind : Likeness::operations));
        const auto again = replay(model::to_text(row.outcome.schedule));
        REQUIRE_MESSAGE(again, again.error());
        CHECK(again->outcome.finding->kind == expected.kind);
        CHECK(again->outcome.finding->step == row.outcome.finding->step);
        CHECK(again->as_expected);  // what a revived count leads to is the catalogue's bug as well
    }
}

TEST_CASE("two imports of one report give the same interleaving") {
    const auto first = imported(sample("asan-legacy"));
    const auto second = imported(sample("asan-legacy"));
    REQUIRE((first.row && second.row));
    CHECK(first.row->outcome.schedule == second.row->outcome.schedule);
    CHECK(first.executions == second.executions);
}

TEST_CASE("another operation, another thread or another kind is another signature") {
    const auto report = sample("asan-strong");
    const auto outcome = imported(report).row->outcome;
    REQUIRE(likeness(report, outcome) >= Likeness::operations);
    auto other_operation = report;
    other_operation.deeds[0].call = "intern";
    CHECK(likeness(other_operation, outcome) == Likeness::none);
    auto other_thread = report;
    other_thread.deeds[1].thread = other_thread.deeds[0].thread;
    CHECK(likeness(other_thread, outcome) == Likeness::none);
    auto other_kind = report;
    other_kind.kinds = {FindingKind::leak};
    CHECK(likeness(other_kind, outcome) == Likeness::none);
}

TEST_CASE("lines that are the finding's own are recognised, under whatever folder") {
    auto report = sample("asan-strong");
    const auto outcome = imported(report).row->outcome;
    const auto put = [&](std::size_t deed, int step, const std::string& folder) {
        const auto& where = outcome.trace.steps[static_cast<std::size_t>(step)].operation.where;
        report.deeds[deed].stack = {{"f", folder + where.file_name(), static_cast<unsigned>(where.line())}};
    };
    put(0, outcome.finding->step, "/home/x/");
    put(1, outcome.finding->partner, "");
    CHECK(likeness(report, outcome) == Likeness::places);
    put(0, outcome.finding->step, "other_");  // another file whose name ends like ours
    CHECK(likeness(report, outcome) == Likeness::operations);
}

TEST_CASE("what the report names comes first among the candidates") {
    const auto candidates = candidates_for(sample("asan-strong"));
    REQUIRE(candidates.size() > 2);
    CHECK(candidates.front().run.entry->implementation == "strong_registry");
    CHECK(candidates.front().named == std::vector<std::string>{"InternVsLastRelease", "strong_registry"});
    for (std::size_t i = 1; i < candidates.size(); ++i) CHECK(candidates[i - 1].score >= candidates[i].score);
}

TEST_CASE("an operation that nothing in the catalogue breaks has no interleaving") {
    auto report = sample("asan-strong");
    report.deeds[0].call = "downgrade";
    const auto found = imported(report);
    CHECK_FALSE(found.row);
    CHECK(found.searched == candidates_for(report).size());
}

}  // namespace
}  // namespace revenant::harness
