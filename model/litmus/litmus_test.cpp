#include <doctest/doctest.h>

#include <set>
#include <string>

#include "model/litmus/parse.hpp"
#include "model/litmus/run.hpp"
#include "model/litmus/table.hpp"
#include "model/search/full.hpp"

namespace revenant::model::litmus {

TEST_CASE("this build reaches of every litmus test what the table says, with either exhaustive search") {
    REQUIRE(table().size() == 67);
    for (const auto& test : table()) {
        CAPTURE(test.name);
        const auto answer = run(test);
        REQUIRE_MESSAGE(answer, answer.error());
        CHECK(answer->reached == test.reached);
        CHECK(answer->executions > 0);
        search::FullSearch full;
        const auto all = run(test, full);
        REQUIRE(all);
        CHECK(all->reached == test.reached);
        CHECK(all->executions >= answer->executions);
    }
}

TEST_CASE("the table differs from C++'s model in the number of rows that the documents state") {
    int missed = 0;
    int false_alarms = 0;
    std::set<std::string_view> names;
    for (const auto& test : table()) {
        names.insert(test.name);
        missed += test.allowed && !test.reached ? 1 : 0;
        false_alarms += !test.allowed && test.reached ? 1 : 0;
    }
    CHECK(names.size() == table().size());
    CHECK(missed == 13);
    CHECK(false_alarms == 3);
}

TEST_CASE("what is not in the notation is refused with the piece that is wrong") {
    CHECK(parse("x=1 rlx || a=x nonsense", "a=1").error() == "litmus: 'a=x nonsense' is not a statement");
    CHECK(parse("x=1 rlx; ", "a=1").error() == "litmus: '' is not a statement");
    CHECK(parse("x=1 rlx", "a>1").error() == "litmus: 'a>1' is not an equation");
}

}  // namespace revenant::model::litmus
