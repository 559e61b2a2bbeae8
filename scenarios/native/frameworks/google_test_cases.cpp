#include <gtest/gtest.h>

#include "scenarios/native/frameworks/counter.hpp"

TEST(Counter, TwoIncrementsBothSeen) {
    EXPECT_EQ(after_two([](Counter& counter) { counter.increment(); }), 2);
}

TEST(Counter, LostUpdate) {
    EXPECT_EQ(after_two([](Counter& counter) { counter.lossy(); }), 2);
}

TEST(Counter, PlainData) {
    int plain = 0;
    std::thread other([&] { ++plain; });
    ++plain;
    other.join();
    EXPECT_EQ(plain, 2);
}

TEST(Counter, DISABLED_Slow) { FAIL(); }

namespace {
void die() { std::abort(); }
}  // namespace

TEST(Counter, DiesInAProcessOfItsOwn) { EXPECT_DEATH(die(), ""); }
