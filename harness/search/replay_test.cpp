// Fail, print, replay, same failure: for all that the catalogue claims to be broken.
#include <doctest/doctest.h>

#include <random>

#include "harness/search/replay.hpp"
#include "harness/search/search_row.hpp"

namespace revenant::harness {
namespace {

using model::Verdict;

std::vector<std::string> steps_of(const reports::Row& row) {
    std::vector<std::string> steps;
    const auto& trace = row.outcome.trace;
    for (const auto& step : trace.steps) {
        steps.push_back(model::thread_name(step.thread) + " " + trace.describe(step) + " at " +
                        model::place(step.operation.where));
    }
    return steps;
}

void check_same_failure(const reports::Row& found) {
    const auto text = model::to_text(found.outcome.schedule);
    CAPTURE(text);
    const auto again = replay(text);
    REQUIRE_MESSAGE(again, again.error());
    REQUIRE(again->outcome.finding);
    const auto& expected = *found.outcome.finding;
    const auto& actual = *again->outcome.finding;
    CHECK(std::string(to_text(actual.kind)) == to_text(expected.kind));
    CHECK(actual.invariant == expected.invariant);
    CHECK(actual.sentence == expected.sentence);
    CHECK(actual.where == expected.where);
    CHECK(actual.step == expected.step);
    CHECK(actual.partner == expected.partner);
    CHECK(steps_of(*again) == steps_of(found));
    CHECK(again->outcome.schedule == found.outcome.schedule);
}

// Replays every finding of the claimed entries; returns how many there were.
int check_all(unsigned threads, const SearchSettings& settings) {
    int found = 0;
    for (const auto& entry : scenarios::entries()) {
        if (entry.claim.verdict(threads) != Verdict::broken) continue;
        CAPTURE(entry.scenario);
        CAPTURE(entry.implementation);
        const auto row = search_row({&entry, threads}, settings);
        if (!row.outcome.finding) {
            // Whether a search comes to it is `check`'s to say; here a finding is replayed.
            CHECK_MESSAGE((row.expected == Verdict::undecided || settings.strategy == StrategyName::random),
                          "claimed broken, and not found");
            continue;
        }
        ++found;
        check_same_failure(row);
    }
    return found;
}

TEST_CASE("each finding of the exhaustive searches is replayed step by step") {
    SearchSettings settings;
    CHECK(check_all(2, settings) > 10);
    CHECK(check_all(4, settings) > 10);
    settings.strategy = StrategyName::full;
    CHECK(check_all(2, settings) > 10);
}

TEST_CASE("each finding of the random search with three threads is replayed step by step") {
    SearchSettings settings;
    settings.strategy = StrategyName::random;
    settings.seed = 7;
    CHECK(check_all(3, settings) > 10);
}

model::Schedule mutated(model::Schedule schedule, std::mt19937& generator) {
    auto& choices = schedule.choices;
    const auto at = static_cast<std::ptrdiff_t>(generator() % choices.size());
    const model::Choice other{static_cast<model::ChoiceKind>(generator() % 4),
                              static_cast<std::uint8_t>(generator() % 6)};
    switch (generator() % 4) {
        case 0: choices[static_cast<std::size_t>(at)] = other; break;
        case 1: choices.resize(static_cast<std::size_t>(at)); break;
        case 2: choices.erase(choices.begin() + at); break;
        default: choices.insert(choices.begin() + at, other); break;
    }
    return schedule;
}

TEST_CASE("a schedule with one choice changed, lost or added ends somehow, or diverges at a named choice") {
    std::mt19937 generator(31);
    int diverged = 0;
    int ended = 0;
    for (const auto* const implementation :
         {"load_then_store", "legacy_registry", "strong_registry", "shared_ptr+relaxed_drop"}) {
        for (const auto& entry : scenarios::entries()) {
            if (entry.implementation != implementation || entry.claim.verdict(2) != Verdict::broken) continue;
            const auto row = search_row({&entry, 2}, {});
            REQUIRE(row.outcome.finding);
            for (int i = 0; i < 400; ++i) {
                const auto schedule = mutated(row.outcome.schedule, generator);
                const auto text = model::to_text(schedule);
                CAPTURE(text);
                const auto result = replay(text);
                if (result) {
                    ++ended;
                    continue;
                }
                ++diverged;
                const auto& line = result.error();
                REQUIRE(line.starts_with("schedule: the program differs from it at choice "));
                const auto choice = std::stoul(line.substr(line.find("choice ") + 7));
                CHECK(choice >= 1);
                CHECK(choice <= schedule.choices.size() + 1);
                CHECK(line.find('\n') == std::string::npos);
            }
            break;
        }
    }
    CHECK(diverged > 50);
    CHECK(ended > 20);
}

TEST_CASE("the named choice is the first that cannot be followed") {
    struct Row {
        const char* choices;
        const char* complaint;
    };
    const Row rows[] = {
        {"", "at choice 1 of 0"},                            // the program wants a choice and there is none
        {"4", "at choice 1 of 1"},                           // no such thread
        {"r1,0", "at choice 1 of 2"},                        // a load, where a thread is to be chosen
        {"0,5", "at choice 2 of 2"},  {"0*300", " of 300"},  // longer than the program
    };
    for (const auto& [choices, complaint] : rows) {
        const auto result = replay(std::string("rv1:tutorial/lost_update:load_then_store:2:-:") + choices);
        CAPTURE(std::string(choices));
        REQUIRE_FALSE(result);
        CHECK_MESSAGE(result.error().find(complaint) != std::string::npos, result.error());
    }
}

TEST_CASE("a schedule that names what is not there gets one line") {
    struct Row {
        const char* text;
        const char* complaint;
    };
    const Row rows[] = {
        {"rv1:no/such:weak_registry:2:-:0", "the catalogue has no weak_registry for no/such"},
        {"rv1:tutorial/lost_update:nothing:2:-:0", "the catalogue has no nothing for tutorial/lost_update"},
        {"rv1:tutorial/lost_update:fetch_add:0:-:0", "0 threads; a model runs 1 to 12"},
        {"rv1:tutorial/lost_update:fetch_add:1:-:0",
         "1 threads; tutorial/lost_update does not run with so many"},
        {"rv1:tutorial/lost_update:fetch_add:13:-:0", "13 threads; a model runs 1 to 12"},
        {"rv9:tutorial/lost_update:fetch_add:2:-:0", "version 'rv9' is unknown"},
    };
    for (const auto& [text, complaint] : rows) {
        CAPTURE(std::string(text));
        const auto result = replay(text);
        REQUIRE_FALSE(result);
        CHECK_MESSAGE(result.error().find(complaint) != std::string::npos, result.error());
    }
}

}  // namespace
}  // namespace revenant::harness
