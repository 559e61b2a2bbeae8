#include "model/search/guided.hpp"

#include <doctest/doctest.h>

#include "model/search/simulation.hpp"

namespace revenant::model::search {
namespace {

// The turns of a schedule; run() asks for each thread's start first.
Schedule turns(std::initializer_list<int> threads) {
    Schedule schedule;
    for (const int thread : threads) {
        schedule.choices.push_back({ChoiceKind::thread, static_cast<std::uint8_t>(thread)});
    }
    return schedule;
}

std::string walked(const Bodies& bodies, const Schedule& schedule) {
    Guided guided(schedule);
    return run(bodies, guided).text;
}

TEST_CASE("Guided takes the recorded turns, where the program has them") {
    CHECK(walked({"..", ".."}, turns({0, 1, 1, 0, 1, 0})) == "baba");
    CHECK(walked({"..", ".."}, turns({0, 1, 0, 0, 1, 1})) == "aabb");
}

TEST_CASE("Guided lets another thread go where the recorded one cannot, and takes up the turns behind it") {
    CHECK(walked({".", "..."}, turns({0, 1, 0, 0, 1, 1})) == "abbb");           // a has ended early
    CHECK(walked({"L.U.", "L.U."}, turns({0, 1, 0, 1, 0, 1, 1})) == "aaabbb");  // b would wait for the mutex
}

TEST_CASE("behind the schedule's end the thread that came last gives way to the others") {
    CHECK(walked({"...", "..", ".."}, turns({0, 1, 2, 2, 0})) == "cabbcaa");
}

TEST_CASE("Guided reads the newest value, and no CAS fails spuriously, whatever was recorded") {
    auto schedule = turns({0, 0, 0});
    schedule.choices.insert(schedule.choices.begin() + 2, Choice{ChoiceKind::stale_read, 1});
    CHECK(walked({"2f"}, schedule) == "a0a1");
}

TEST_CASE("Guided is one execution, and proves nothing") {
    Guided guided(turns({0}));
    CHECK_FALSE(guided.advance());
    CHECK_FALSE(guided.is_exhaustive());
}

}  // namespace
}  // namespace revenant::model::search
