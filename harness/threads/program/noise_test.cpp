// The gate and noise, on real threads without a sanitizer.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>
#include <string>

#include "harness/threads/program/test_gate_run.hpp"

namespace revenant::harness::threads {
namespace {

using model::threads::Noise;

TEST_CASE("threads that have locked each other out under noise end as a deadlock, before the timeout") {
    GatePlan plan;
    plan.threads = 2;
    const auto body = [](Program& program, unsigned thread) {
        const scoped_lock first(*program.mutexes[thread]);
        program.counters[0]->fetch_add(1, relaxed);
        while (program.counters[0]->load(relaxed) < 2) P::yield();  // both hold one
        const scoped_lock second(*program.mutexes[1 - thread]);
    };
    const auto ended = run(body, plan, 1, 50'000);
    CHECK(ended.status == model::threads::exit_check_failed);
    CHECK(ended.happened.end == "deadlock");
}

// The order in which three threads took five steps each, as their numbers.
std::string order_of(Noise noise, unsigned depth, std::uint64_t seed) {
    GatePlan plan;
    plan.threads = 3;
    plan.noise = noise;
    plan.depth = depth;
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const auto ended = run(
        [&](Program& program, unsigned thread) {
            for (int i = 0; i < 5; ++i) {
                program.counters[0]->fetch_add(1, relaxed);
                const char letter = static_cast<char>('1' + thread);
                if (::write(ends[1], &letter, 1) != 1) ::abort();
            }
        },
        plan, seed);
    CHECK(ended.status == 0);
    ::close(ends[1]);
    std::array<char, 64> order{};
    const auto got = ::read(ends[0], order.data(), order.size());
    ::close(ends[0]);
    REQUIRE(got == 15);
    return {order.data(), 15};
}

TEST_CASE("under pct and random the seed alone decides the order, and another seed another one") {
    for (const auto noise : {Noise::pct, Noise::random}) {
        std::set<std::string> orders;
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            const auto order = order_of(noise, 3, seed);
            CHECK(order == order_of(noise, 3, seed));
            orders.insert(order);
        }
        CHECK(orders.size() >= 6);
    }
}

TEST_CASE("under pct of depth 1 each thread runs to its end") {
    std::set<std::string> orders;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        auto order = order_of(Noise::pct, 1, seed);
        orders.insert(order);
        order.erase(std::unique(order.begin(), order.end()), order.end());
        CHECK(order.size() == 3);
    }
    CHECK(orders.size() >= 3);
}

TEST_CASE("noise changes no result") {
    for (const auto noise :
         {Noise::none, Noise::yields, Noise::sleeps, Noise::pct, Noise::random, Noise::log}) {
        GatePlan plan;
        plan.threads = 4;
        plan.noise = noise;
        const auto body = [](Program& program, unsigned) {
            for (int i = 0; i < 20; ++i) {
                const scoped_lock lock(*program.mutexes[0]);
                program.counters[0]->fetch_add(1, relaxed);
            }
            if (program.counters[0]->load(relaxed) > 80) ::abort();
        };
        CHECK(run(body, plan).status == 0);
    }
}

}  // namespace
}  // namespace revenant::harness::threads
