#include <gtest/gtest.h>

#include <revenant/explore.hpp>

#include "scenarios/native/frameworks/counter.hpp"

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

// revenant's library has a main too, for programs that have none: one of an archive would not be taken.
int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
