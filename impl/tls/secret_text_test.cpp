#include <doctest/doctest.h>

#include <string>

#include <revenant/tls/secret_list.hpp>
#include <revenant/tls/secret_text.hpp>
#include "impl/tls/test_memory_watch.hpp"

namespace revenant {
namespace {

const std::string secret = "a secret of some length";
const std::string erased(secret.size(), '\0');

TEST_CASE("the memory of a secret_text holds nothing of it when it is given back") {
    SUBCASE("by its end") {
        const secret_text text(secret);
        watch_memory(text.c_str(), text.view().size());
    }
    SUBCASE("by erase") {
        secret_text text(secret);
        watch_memory(text.c_str(), text.view().size());
        text.erase();
        CHECK(text.missing());
        CHECK(text.c_str() == nullptr);
    }
    SUBCASE("by another text that is assigned") {
        secret_text text(secret);
        watch_memory(text.c_str(), text.view().size());
        text = secret_text("another");
        CHECK(text.view() == "another");
    }
    SUBCASE("by the end of a list") {
        secret_list list;
        REQUIRE(list.add(secret_text(secret)));
        watch_memory(list[0].c_str(), list[0].view().size());
    }
    CHECK(memory_when_freed() == erased);
}

TEST_CASE("a missing secret_text equals no empty one") {
    CHECK(secret_text() == secret_text());
    CHECK(!(secret_text() == secret_text("")));
    CHECK(secret_text("").c_str() != nullptr);
    CHECK(secret_text().clone().missing());
}

TEST_CASE("a clone of a secret_text has the same characters elsewhere") {
    const secret_text text(secret);
    const secret_text copy = text.clone();
    CHECK(copy == text);
    CHECK(copy.c_str() != text.c_str());
    CHECK(copy.c_str()[secret.size()] == '\0');
}

TEST_CASE("a secret_list takes eight texts and no more, and keeps its size when it is erased") {
    secret_list list;
    for (std::size_t i = 0; i < secret_list::size_max; ++i) CHECK(list.add(secret_text("text")));
    CHECK(!list.add(secret_text("text")));
    CHECK(list.size() == 8);
    list.erase();
    CHECK(list.size() == 8);
    CHECK(list[0].missing());
}

TEST_CASE("secret_lists are equal when their texts are, in order") {
    secret_list one_two;
    secret_list two_one;
    REQUIRE((one_two.add(secret_text("one")) && one_two.add(secret_text("two"))));
    REQUIRE((two_one.add(secret_text("two")) && two_one.add(secret_text("one"))));
    CHECK(one_two == one_two.clone());
    CHECK(!(one_two == two_one));
    CHECK(!(one_two == secret_list()));
}

}  // namespace
}  // namespace revenant
