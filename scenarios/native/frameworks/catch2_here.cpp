#include <catch2/catch.hpp>

#include <revenant/explore.hpp>

#include "scenarios/native/frameworks/counter.hpp"

TEST_CASE("right") {
    REVENANT_EXPLORE_HERE("two increments") {
        REVENANT_ENSURE(after_two([](Counter& counter) { counter.increment(); }) == 2);
    };
}

TEST_CASE("wrong") {
    REVENANT_EXPLORE_HERE("a lost update") {
        REVENANT_ENSURE(after_two([](Counter& counter) { counter.lossy(); }) == 2);
    };
}
