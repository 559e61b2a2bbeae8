// What is expected of real threads, for outcomes made by hand. That they do it: threads_cli_test.cpp.
#include "harness/threads/rehearsal.hpp"

#include <doctest/doctest.h>

#include "reports/made_row.hpp"

namespace revenant::harness {
namespace {

using model::FindingKind;

reports::Row row_of(FindingKind kind) {
    auto row = reports::broken_row();
    row.outcome.finding->kind = kind;
    return row;
}

// The same, noticed after the threads have ended.
model::Outcome at_quiescence(FindingKind kind) {
    auto outcome = row_of(kind).outcome;
    outcome.trace.steps[static_cast<std::size_t>(outcome.finding->step)].thread = model::teardown_thread;
    return outcome;
}

TEST_CASE("a row is rehearsed as the script of its steps, under its names") {
    auto row = reports::broken_row();
    for (auto& step : row.outcome.trace.steps) step.operation.stale = false;
    std::erase_if(row.outcome.schedule.choices, model::is_stale_or_spurious);
    const auto rehearsal = rehearsal_of(row);
    REQUIRE_MESSAGE(rehearsal, rehearsal.error());
    CHECK(rehearsal->script.scenario == row.scenario);
    CHECK(rehearsal->script.implementation == row.implementation);
    CHECK(rehearsal->script.threads == row.threads);
    CHECK(rehearsal->script.steps.size() == row.outcome.trace.steps.size());
}

TEST_CASE("a row that needs a stale read cannot be rehearsed, and the line names the step") {
    const auto rehearsal = rehearsal_of(reports::broken_row());
    REQUIRE_FALSE(rehearsal);
    CHECK(rehearsal.error().find(" of the schedule needs a stale read (T2 config#1.strong load") !=
          std::string::npos);
}

TEST_CASE("each sanitizer is expected to report what it can see, in its own words") {
    struct Row {
        FindingKind kind;
        const char* address;  ///< null: nothing is expected
        const char* thread;
    };
    const Row rows[] = {
        {FindingKind::resurrection, "heap-use-after-free", "data race"},
        {FindingKind::use_after_free, "heap-use-after-free", "heap-use-after-free"},
        {FindingKind::double_free, "attempting double-free", "data race"},
        {FindingKind::double_destroy, "heap-use-after-free", "data race"},
        {FindingKind::leak, "memory leak", nullptr},
        {FindingKind::data_race, nullptr, "data race"},
        {FindingKind::deadlock, "deadlock", "deadlock"},
        {FindingKind::assertion, "assertion failed", "assertion failed"},
        {FindingKind::counter_overflow, "counter-overflow failed", "counter-overflow failed"},
        {FindingKind::counter_underflow, "counter-underflow failed", "counter-underflow failed"},
        {FindingKind::livelock, nullptr, nullptr},
        {FindingKind::uninitialised_read, nullptr, nullptr},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string(to_text(row.kind)));
        const auto outcome = row_of(row.kind).outcome;
        const std::pair<Sanitizer, const char*> builds[] = {{Sanitizer::address, row.address},
                                                            {Sanitizer::thread, row.thread}};
        for (const auto& [sanitizer, words] : builds) {
            const auto fits = expected_report(outcome, sanitizer);
            REQUIRE((fits != nullptr) == (words != nullptr));
            if (fits == nullptr) continue;
            CHECK(fits(words));
            CHECK_FALSE(fits("signal 9"));
            CHECK_FALSE(fits(""));
        }
    }
}

TEST_CASE("an invariant that is looked at after the threads fails under every build") {
    for (const auto sanitizer : {Sanitizer::address, Sanitizer::thread}) {
        const auto fits = expected_report(at_quiescence(FindingKind::invariant), sanitizer);
        REQUIRE((fits != nullptr));
        CHECK(fits("invariant failed"));
    }
}

TEST_CASE("an invariant that is broken while the threads run fails there, or the model alone knows of it") {
    for (const auto sanitizer : {Sanitizer::address, Sanitizer::thread, Sanitizer::none}) {
        const auto fits = expected_report(row_of(FindingKind::invariant).outcome, sanitizer);
        REQUIRE((fits != nullptr));
        CHECK(fits("invariant failed"));
        CHECK(fits(""));
        CHECK_FALSE(fits("deadlock"));
    }
}

TEST_CASE("without a sanitizer an error of memory may end in any way") {
    const auto fits = expected_report(row_of(FindingKind::use_after_free).outcome, Sanitizer::none);
    REQUIRE((fits != nullptr));
    for (const auto* const end : {"", "signal 11", "hung", "assertion failed"}) CHECK(fits(end));
    CHECK((expected_report(row_of(FindingKind::data_race).outcome, Sanitizer::none) == nullptr));
}

TEST_CASE("behind a revived count, memory is misused sooner or later, or not at all") {
    auto outcome = row_of(FindingKind::data_race).outcome;
    outcome.schedule.revivals_pass = true;
    for (const auto sanitizer : {Sanitizer::address, Sanitizer::thread}) {
        const auto fits = expected_report(outcome, sanitizer);
        REQUIRE((fits != nullptr));
        CHECK(fits(""));
        CHECK(fits("heap-use-after-free"));
        CHECK_FALSE(fits("deadlock"));
    }
}

TEST_CASE("of an outcome without a finding nothing but a good end is expected") {
    CHECK((expected_report({}, Sanitizer::address) == nullptr));
}

TEST_CASE("a tally tells how far the runs followed and how they ended") {
    Tally tally;
    tally.runs = 5;
    tally.ends = {{"heap-use-after-free", 5}};
    tally.least_followed = tally.most_followed = 36;
    CHECK(to_text(tally, 36) == "all 36 steps   heap-use-after-free, 5 of 5");
    tally.ends = {{"", 2}, {"data race", 3}};
    CHECK(to_text(tally, 40) == "36 of 40 steps ended well, 2 of 5; data race, 3 of 5");
    tally.least_followed = 12;
    CHECK(to_text(tally, 40) == "12 to 36 of 40 steps ended well, 2 of 5; data race, 3 of 5");
}

}  // namespace
}  // namespace revenant::harness
