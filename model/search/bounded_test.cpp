#include "model/search/bounded.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "model/search/simulation.hpp"

namespace revenant::model::search {
namespace {

const Bodies programs[] = {
    {"..", ".."},           {"...", "..."},   {".", "..", "..."},    {"..", "..", ".."},
    {"2.", ".f"},           {"3", "2.", "."}, {"L.U", "L2U."},       {"L.U.", "L.U.", "."},
    {".L2U", "LfU", "L.U"}, {"....", "f2.."}, {"...", "2f.", "..."},
};

struct Search {
    std::vector<Walk> walks;  // in the order of the search
    bool exhaustive = false;
};

Search search(const Bodies& bodies, unsigned preemptions_max) {
    BoundedSearch bounded(preemptions_max);
    Search result;
    do {
        result.walks.push_back(run(bodies, bounded));
        REQUIRE(bounded.diverged_at() == -1);
        REQUIRE(bounded.preemptions() == result.walks.back().preemptions);
        REQUIRE(result.walks.size() < 100'000);
    } while (bounded.advance());
    result.exhaustive = bounded.is_exhaustive();
    return result;
}

TEST_CASE(
    "BoundedSearch comes to every execution within the bound exactly once, the fewest preemptions first") {
    std::size_t walks_max = 0;
    for (const auto& bodies : programs) {
        CAPTURE(bodies);
        const auto all = all_walks(bodies);
        walks_max = std::max(walks_max, all.size());
        for (unsigned bound = 0; bound <= 6; ++bound) {
            CAPTURE(bound);
            auto expected = all;
            std::erase_if(expected, [&](const Walk& walk) { return walk.preemptions > bound; });
            auto [reached, exhaustive] = search(bodies, bound);
            CHECK(std::is_sorted(reached.begin(), reached.end(),
                                 [](const Walk& a, const Walk& b) { return a.preemptions < b.preemptions; }));
            std::sort(reached.begin(), reached.end());
            CHECK(reached == expected);
            CHECK(exhaustive == (expected.size() == all.size()));
        }
    }
    CHECK(walks_max > 500);  // else the programs were too small to say anything
}

TEST_CASE("BoundedSearch begins without stale reads and spurious failures") {
    CHECK(search({"2f", "3"}, 0).walks.front().text == "a0a1b0");
}

TEST_CASE("BoundedSearch needs few executions where all are many") {
    CHECK(search({"......", "......"}, 1).walks.size() == 12);  // 2, and 5 places for a preemption in each
    CHECK(all_walks({"......", "......"}).size() == 924);
}

TEST_CASE("BoundedSearch says at which choice a program turned out not to be deterministic") {
    struct Row {
        const char* what;
        Bodies first;
        Bodies second;
        int diverged_at;
    };
    const Row rows[] = {
        {"the same", {"..", "2."}, {"..", "2."}, -1},
        {"another number of threads", {"..", ".2"}, {"..", ".2", "."}, 0},
        {"another number of values", {"..", ".2"}, {"..", ".3"}, 2},
        {"no choice at all", {"..", ".2"}, {"..", ".."}, 2},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string(row.what));
        BoundedSearch bounded(2);
        (void)run(row.first, bounded);
        REQUIRE(bounded.advance());
        (void)run(row.second, bounded);
        (void)bounded.advance();
        CHECK(bounded.diverged_at() == row.diverged_at);
    }
}

TEST_CASE(
    "where a thread yields, BoundedSearch gives the next one its turn, and another costs a preemption") {
    const auto texts = [](unsigned preemptions_max) {
        BoundedSearch bounded(preemptions_max);
        std::set<std::string> walks;
        do {
            walks.insert(run({"yy", "yy"}, bounded).text);
        } while (bounded.advance());
        return walks;
    };
    CHECK(texts(0) == std::set<std::string>{"abab", "baba"});
    CHECK(texts(2) == std::set<std::string>{"abab", "baba", "aabb", "bbaa", "abba", "baab"});
}

}  // namespace
}  // namespace revenant::model::search
