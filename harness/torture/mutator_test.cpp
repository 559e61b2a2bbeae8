#include "harness/torture/mutator.hpp"

#include <doctest/doctest.h>

#include <set>

#include "reports/printable.hpp"

namespace revenant::harness::torture {
namespace {

const std::string sample = "first: 1\nsecond: 22\nthird: 333\nfourth: 4444\n";

TEST_CASE("the same seed does the same damage, and another one another") {
    std::set<std::string> texts;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        Random one(seed);
        Random other(seed);
        const auto mutant = mutate(one, sample);
        CHECK(mutant.text == mutate(other, sample).text);
        CHECK_FALSE(mutant.kind.empty());
        texts.insert(mutant.text);
    }
    CHECK(texts.size() > 40);
}

TEST_CASE("the choices of a seed are the same on every machine") {
    Random random(1);
    CHECK(random.below(1000) == 528);
    CHECK(random.below(1000) == 462);
    CHECK(random.below(1000) == 930);
}

TEST_CASE("every kind of damage changes a text before long, and stands an empty one") {
    REQUIRE(damage_count() > 10);
    for (std::size_t kind = 0; kind < damage_count(); ++kind) {
        bool changed = false;
        std::string name;
        for (std::uint64_t seed = 1; seed <= 50; ++seed) {
            Random random(seed);
            const auto mutant = damage(kind, random, sample);
            changed = changed || mutant.text != sample;
            name = mutant.kind;
            static_cast<void>(damage(kind, random, ""));
        }
        CHECK_MESSAGE(changed, name);
    }
}

TEST_CASE("controls, bytes that are no UTF-8 and texts of a hundred kilobytes are among them") {
    bool unprintable = false;
    bool large = false;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Random random(seed);
        const auto text = mutate(random, sample).text;
        unprintable = unprintable || !reports::is_printable(text);
        large = large || text.size() > 100'000;
    }
    CHECK(unprintable);
    CHECK(large);
}

}  // namespace
}  // namespace revenant::harness::torture
