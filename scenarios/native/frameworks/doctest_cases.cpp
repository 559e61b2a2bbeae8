#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include "scenarios/native/frameworks/counter.hpp"

TEST_CASE("two increments, both seen") {
    CHECK(after_two([](Counter& counter) { counter.increment(); }) == 2);
}

TEST_CASE("a lost update") {
    CHECK(after_two([](Counter& counter) { counter.lossy(); }) == 2);
}

TEST_CASE("plain data") {
    int plain = 0;
    std::thread other([&] { ++plain; });
    ++plain;
    other.join();
    CHECK(plain == 2);
}
