#include <gtest/gtest.h>

#include <revenant/explore.hpp>

#include "counter.hpp"

TEST(Here, Right) {
    REVENANT_EXPLORE_HERE("two increments") {
        REVENANT_ENSURE(after_two([](Counter& counter) { counter.increment(); }) == 2);
    };
}

TEST(Here, Wrong) {
    REVENANT_EXPLORE_HERE("a lost update") {
        REVENANT_ENSURE(after_two([](Counter& counter) { counter.lossy(); }) == 2);
    };
}
