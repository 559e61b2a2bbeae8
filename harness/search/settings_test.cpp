#include "harness/search/settings.hpp"

#include <doctest/doctest.h>

#include <set>

namespace revenant::harness {
namespace {

TEST_CASE("a share is two numbers with a stroke between, the first within the second") {
    for (const auto* const text : {"1/1", "1/3", "3/3", "10000/10000"}) {
        CAPTURE(std::string(text));
        const auto shard = parse_shard(text);
        REQUIRE(shard);
        CHECK(to_text(std::optional(*shard)) == text);
    }
}

TEST_CASE("what is no share is refused in one line that shows it") {
    for (const auto* const text :
         {"", "/", "1", "1/", "/3", "0/3", "4/3", "1/0", "1/10001", "-1/3", "1/-3", " 1/3", "1/3 ", "1 /3",
          "1/3/5", "1.5/3", "a/b", "1/99999999999999999999", "99999999999999999999/1"}) {
        CAPTURE(std::string(text));
        const auto shard = parse_shard(text);
        REQUIRE_FALSE(shard);
        CHECK(shard.error() == "'" + std::string(text) + "' is not a share such as 1/3, up to 10000 of them");
    }
}

TEST_CASE("no share is no text") { CHECK(to_text(std::optional<Shard>()).empty()); }

TEST_CASE("every strategy is in the table once, with a name and a help text") {
    REQUIRE(strategies().size() == 6);
    std::set<std::string> texts;
    std::set<StrategyName> names;
    for (const auto& kind : strategies()) {
        CAPTURE(std::string(kind.text));
        CHECK(texts.insert(kind.text).second);
        CHECK(names.insert(kind.name).second);
        CHECK_FALSE(std::string(kind.help).empty());
        CHECK(&kind_of(kind.name) == &kind);
    }
}

TEST_CASE("every strategy without dpor in it is made under the name that it is chosen by") {
    for (const auto& kind : strategies()) {
        CAPTURE(std::string(kind.text));
        if (has_dpor(kind.name)) {
            CHECK((kind.make == nullptr));
            continue;
        }
        const auto strategy = kind.make({});
        REQUIRE(strategy != nullptr);
        CHECK(strategy->name() == kind.text);
    }
}

}  // namespace
}  // namespace revenant::harness
