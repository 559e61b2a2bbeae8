// What a catalogue is written with, and bodies: in production's world, where an execution is one of many.
#include "scenarios/catalogue_of.hpp"

#include <doctest/doctest.h>

#include <string>

#include <revenant/std_platform.hpp>

namespace revenant {
namespace {

/// Notes what is called of it, in order.
std::string noted;

struct Noting {
    explicit Noting(char is) : name(is) {}
    ~Noting() { noted += std::string("~") + name; }
    char name;
};

struct TwoObjects {
    template <class P>
    void operator()(scenario<P>& s) const {
        auto& a = s.template make<Noting>("a", 'a');
        auto& b = s.template make<Noting>("b", 'b');
        s.thread("first", [&] { noted += a.name; });
        s.threads(s.count() - 1, "others", [&] { noted += b.name; });
        s.at_end([] { noted += '1'; });
        s.at_end([] { noted += '2'; });
    }
};

void run(model::Program& program, unsigned threads) {
    program.setup();
    for (unsigned i = 0; i < threads; ++i) program.thread(i);
    program.teardown();
}

TEST_CASE("a body's threads run, then what it wants at the end, then its objects go, the last one first") {
    const auto program = scenarios::program_of<std_platform, TwoObjects>(3);
    for (int execution = 0; execution < 2; ++execution) {
        noted.clear();
        run(*program, 3);
        CHECK(noted == "abb12~b~a");
    }
}

TEST_CASE("threads that run one function are alike, which is known after the first setup") {
    const auto program = scenarios::program_of<std_platform, TwoObjects>(3);
    CHECK(program->symmetry_class(2) == 2);
    run(*program, 3);
    CHECK(program->symmetry_class(0) == 0);
    CHECK(program->symmetry_class(1) == 1);
    CHECK(program->symmetry_class(2) == 1);
}

TEST_CASE("a catalogue is what was written, in the order of writing") {
    const auto all = scenarios::written<std_platform>([](auto& c) {
        c.scenario("a/one", "first").threads(2, 3).correct("right", TwoObjects{});
        c.scenario("a/two", "second").broken("wrong", runs<TwoObjects>, {leak, deadlock}, {.fix = "other"});
        c.scenario("a/one").broken("late", [](auto&) {}, {data_race},
                                   {.from_threads = 3,
                                    .only_stale = true,
                                    .orders = relaxed_at({"x.y", std::memory_order::release}),
                                    .exhaustive_threads_max = 2,
                                    .fenced = true});
    });
    REQUIRE(all.scenarios.size() == 2);
    CHECK(all.scenarios[0].id == "a/one");
    CHECK(all.scenarios[0].summary == "first");
    CHECK(all.scenarios[0].threads_min == 2);
    CHECK(all.scenarios[0].threads_max == 3);
    CHECK(all.scenarios[1].threads_max == model::program_threads_max);
    REQUIRE(all.entries.size() == 3);
    CHECK(all.entries[0].implementation == "right");
    CHECK(all.entries[0].claim.broken_from == 0);
    CHECK(all.entries[1].scenario == "a/two");
    CHECK(all.entries[1].fix == "other");
    CHECK(all.entries[1].claim.broken_from == 2);
    CHECK(all.entries[1].claim.kinds == std::vector{leak, deadlock});
    const auto& late = all.entries[2];
    CHECK(late.scenario == "a/one");
    CHECK(late.claim.broken_from == 3);
    CHECK(late.claim.stale_or_spurious);
    REQUIRE(late.overrides.size() == 1);
    CHECK(late.overrides[0].site == "x.y");
    CHECK(late.overrides[0].order == std::memory_order::relaxed);
    CHECK(late.exhaustive_threads_max == 2);
    CHECK(late.fenced);
}

}  // namespace
}  // namespace revenant
