#include "model/search/pct.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "model/search/simulation.hpp"

namespace revenant::model::search {
namespace {

const Bodies program{"..2.", "f...", ".L3U", "L..U"};

std::vector<Walk> executions(const Bodies& bodies, std::uint64_t seed, unsigned depth, int count) {
    PctSearch pct(seed, depth);
    std::vector<Walk> walks;
    for (int i = 0; i < count; ++i) {
        walks.push_back(run(bodies, pct));
        REQUIRE(pct.advance());
    }
    return walks;
}

TEST_CASE("PctSearch makes the same choices from one seed, and others from another") {
    const auto of_seed_1 = executions(program, 1, 3, 200);
    CHECK(of_seed_1 == executions(program, 1, 3, 200));
    CHECK(of_seed_1 != executions(program, 2, 3, 200));
    CHECK(of_seed_1 != executions(program, (std::uint64_t{1} << 32) + 1, 3, 200));  // the upper half counts
    CHECK_FALSE(PctSearch(1, 3).is_exhaustive());
}

TEST_CASE("PctSearch only makes choices that can be made") {
    const auto all = all_walks({"2.", ".f", "L.U", "LU"});
    for (const auto& walk : executions({"2.", ".f", "L.U", "LU"}, 7, 4, 500)) {
        REQUIRE(std::binary_search(all.begin(), all.end(), walk));
    }
}

TEST_CASE("PctSearch of depth d preempts at most d-1 times where no thread waits") {
    for (const unsigned depth : {1u, 2u, 3u, 5u}) {
        unsigned preemptions_max = 0;
        for (const auto& walk : executions({"....", "....", "...."}, 3, depth, 2000)) {
            preemptions_max = std::max(preemptions_max, walk.preemptions);
        }
        CHECK(preemptions_max == depth - 1);
    }
}

TEST_CASE("PctSearch of depth 1 runs the threads in each order equally often") {
    std::map<std::string, int> times;
    for (const auto& walk : executions({"..", "..", ".."}, 4, 1, 6000)) ++times[walk.text];
    CHECK(times.size() == 6);
    for (const auto& [text, n] : times) CHECK((n > 880 && n < 1120));
}

// Of depth 2: the second thread between two steps of the first. n = 2, k = 2·steps.
TEST_CASE("PctSearch hits each place for one preemption about as often as the bound promises") {
    constexpr int count = 8000;
    std::map<std::string, int> times;
    for (const auto& walk : executions({"....", "...."}, 5, 2, count)) ++times[walk.text];
    for (const char* text : {"abbbbaaa", "aabbbbaa", "aaabbbba", "baaaabbb", "bbaaaabb", "bbbaaaab"}) {
        CAPTURE(std::string(text));
        CHECK(times[text] > count / (2 * 8) * 8 / 10);
    }
}

TEST_CASE("PctSearch lets every other thread go on before one that has yielded") {
    std::set<std::string> walks;
    for (const auto& walk : executions({"yyy", "yyy", "yyy"}, 8, 1, 200)) walks.insert(walk.text);
    CHECK(walks == std::set<std::string>{"abcabcabc", "acbacbacb", "bacbacbac", "bcabcabca", "cabcabcab",
                                         "cbacbacba"});
}

TEST_CASE("PctSearch takes each answer to a data choice about as often as the others") {
    std::map<std::string, int> times;
    for (const auto& walk : executions({"3"}, 6, 3, 3000)) ++times[walk.text];
    CHECK(times.size() == 3);
    for (const auto& [text, n] : times) CHECK((n > 850 && n < 1150));
}

}  // namespace
}  // namespace revenant::model::search
