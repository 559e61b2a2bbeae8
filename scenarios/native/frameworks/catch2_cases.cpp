#include <catch2/catch.hpp>

#include "scenarios/native/frameworks/counter.hpp"

TEST_CASE("two increments, both seen") {
    CHECK(after_two([](Counter& counter) { counter.increment(); }) == 2);
}

TEST_CASE("a lost update", "[broken]") {
    CHECK(after_two([](Counter& counter) { counter.lossy(); }) == 2);
}

TEST_CASE("plain data", "[broken]") {
    int plain = 0;
    std::thread other([&] { ++plain; });
    ++plain;
    other.join();
    CHECK(plain == 2);
}
