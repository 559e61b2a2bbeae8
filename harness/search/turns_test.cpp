#include "harness/search/turns.hpp"

#include <doctest/doctest.h>

namespace revenant::harness {
namespace {

using model::Choice;
using model::ChoiceKind;
using Choices = std::vector<Choice>;

constexpr Choice t1{ChoiceKind::thread, 0};
constexpr Choice t2{ChoiceKind::thread, 1};
constexpr Choice stale{ChoiceKind::stale_read, 1};

TEST_CASE("a turn is a choice of a thread and what is chosen within its step") {
    const Choices choices = {t1, stale, t2, t2};
    const auto turns = turns_of(choices);
    REQUIRE(turns.size() == 3);
    CHECK(Choices(turns[0].begin(), turns[0].end()) == Choices{t1, stale});
    CHECK(thread_of(turns[0]) == 0);
    CHECK(thread_of(turns[1]) == 1);
    CHECK(thread_of(turns[2]) == 1);
}

TEST_CASE("turns give back the choices that they were made of") {
    const std::vector<Choices> rows = {{}, {t1}, {stale}, {stale, t1}, {t1, stale, stale, t2, t1, stale}};
    for (const auto& choices : rows) CHECK(choices_of(turns_of(choices)) == choices);
}

TEST_CASE("choices before any thread's are a turn of their own") {
    const Choices choices = {stale, t1};
    const auto turns = turns_of(choices);
    REQUIRE(turns.size() == 2);
    CHECK(Choices(turns[0].begin(), turns[0].end()) == Choices{stale});
}

}  // namespace
}  // namespace revenant::harness
