#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <random>
#include <set>
#include <string>

#include "model/search/full.hpp"
#include "model/search/random.hpp"
#include "model/search/replay.hpp"

namespace revenant::model::search {
namespace {

// A program as a strategy sees it: a tree of choices. A leaf has no branches.
struct Node {
    ChoiceKind kind = ChoiceKind::thread;
    ThreadSet runnable = 0;  // of a thread choice
    std::vector<std::unique_ptr<Node>> branches;
};

using Generator = std::mt19937;

std::unique_ptr<Node> some_tree(Generator& generator, unsigned depth_max) {
    auto node = std::make_unique<Node>();
    if (depth_max == 0 || generator() % 16 == 0) return node;
    node->kind = static_cast<ChoiceKind>(generator() % 4);
    std::size_t count = 2 + generator() % 2;
    if (node->kind == ChoiceKind::thread) {
        node->runnable = static_cast<ThreadSet>(1 + generator() % 31);
        count = static_cast<std::size_t>(std::popcount(node->runnable));
    }
    for (std::size_t i = 0; i < count; ++i) node->branches.push_back(some_tree(generator, depth_max - 1));
    return node;
}

using Path = std::vector<Choice>;

Schedule some_schedule(const Path& path, bool deep = false) {
    Schedule schedule;
    schedule.scenario = "a";
    schedule.implementation = "b";
    schedule.threads = 2;
    schedule.deep_history = deep;
    schedule.choices = path;
    return schedule;
}

std::string to_text(const Path& path) { return model::to_text(some_schedule(path)); }

// The branch of a thread choice for a thread: its rank in the set.
std::size_t rank(ThreadSet set, int thread) {
    return static_cast<std::size_t>(std::popcount(set & (set_of(thread) - 1)));
}

// One execution: walks from the root to a leaf as the strategy says.
Path walk(const Node& root, Strategy& strategy) {
    strategy.begin();
    Path path;
    int running = -1;
    for (const Node* node = &root; !node->branches.empty();) {
        std::size_t branch = 0;
        if (node->kind == ChoiceKind::thread) {
            running = strategy.next_thread(node->runnable, running);
            REQUIRE(contains(node->runnable, running));
            branch = rank(node->runnable, running);
            path.push_back({ChoiceKind::thread, static_cast<std::uint8_t>(running)});
        } else {
            branch = strategy.choose(node->kind, static_cast<unsigned>(node->branches.size()));
            path.push_back({node->kind, static_cast<std::uint8_t>(branch)});
        }
        REQUIRE(branch < node->branches.size());
        node = node->branches[branch].get();
    }
    return path;
}

// Every path by recursion, without a strategy.
void enumerate(const Node& node, Path& prefix, std::vector<std::string>& leaves) {
    if (node.branches.empty()) return leaves.push_back(to_text(prefix));
    ThreadSet left = node.runnable;
    for (std::size_t i = 0; i < node.branches.size(); ++i) {
        auto value = static_cast<std::uint8_t>(i);
        if (node.kind == ChoiceKind::thread) {
            value = static_cast<std::uint8_t>(std::countr_zero(left));
            left &= left - 1;
        }
        prefix.push_back({node.kind, value});
        enumerate(*node.branches[i], prefix, leaves);
        prefix.pop_back();
    }
}

static_assert(contains(0b10, 1) && !contains(0b10, 0));
static_assert(!contains(~ThreadSet{0}, -1) && !contains(~ThreadSet{0}, 32));

static_assert(nth_thread(0b1, -1, 0) == 0);
static_assert(nth_thread(0b10110, -1, 0) == 1);
static_assert(nth_thread(0b10110, -1, 1) == 2);
static_assert(nth_thread(0b10110, -1, 2) == 4);

TEST_CASE("nth_thread gives the running thread first, if it can run, then the others by number") {
    struct Row {
        ThreadSet set;
        int running;
        std::vector<int> order;
    };
    const Row rows[] = {
        {0b10110, 2, {2, 1, 4}},       {0b10110, 1, {1, 2, 4}}, {0b10110, 4, {4, 1, 2}},
        {0b10110, 3, {1, 2, 4}},       {0b10110, 0, {1, 2, 4}}, {0b00001, 0, {0}},
        {0b11111, 3, {3, 0, 1, 2, 4}},
    };
    for (const auto& row : rows) {
        std::vector<int> order;
        for (unsigned n = 0; n < row.order.size(); ++n) {
            order.push_back(nth_thread(row.set, row.running, n));
        }
        CHECK(order == row.order);
    }
}

TEST_CASE("next_in_turn goes up and round again, past who has had the last turn") {
    const ThreadSet set = set_of(1) | set_of(4) | set_of(31);
    CHECK(next_in_turn(set, 0) == 1);
    CHECK(next_in_turn(set, 1) == 4);
    CHECK(next_in_turn(set, 4) == 31);
    CHECK(next_in_turn(set, 31) == 1);
    CHECK(next_in_turn(set_of(4), 4) == 4);
}

TEST_CASE("FullSearch comes to every leaf of a tree of choices exactly once") {
    Generator generator(11);
    std::size_t leaves_max = 0;
    for (int i = 0; i < 60; ++i) {
        const auto tree = some_tree(generator, 1 + static_cast<unsigned>(i) % 8);
        std::vector<std::string> expected;
        Path prefix;
        enumerate(*tree, prefix, expected);
        leaves_max = std::max(leaves_max, expected.size());

        FullSearch search;
        std::vector<std::string> reached;
        do {
            reached.push_back(to_text(walk(*tree, search)));
            REQUIRE(reached.size() <= expected.size());
        } while (search.advance());
        std::sort(expected.begin(), expected.end());
        std::sort(reached.begin(), reached.end());
        REQUIRE(reached == expected);
    }
    CHECK(leaves_max > 500);  // else the trees were too small to say anything
    CHECK(FullSearch().is_exhaustive());
}

TEST_CASE("FullSearch begins with the execution that never leaves a thread that can run") {
    FullSearch search;
    search.begin();
    CHECK(search.next_thread(0b110, -1) == 1);
    CHECK(search.next_thread(0b111, 1) == 1);
    CHECK(search.next_thread(0b101, 1) == 0);
    CHECK(search.choose(ChoiceKind::stale_read, 2) == 0);
}

TEST_CASE("RandomSearch makes the same choices from one seed, and others from another") {
    Generator generator(3);
    const auto tree = some_tree(generator, 8);
    const auto executions = [&](std::uint64_t seed) {
        RandomSearch search(seed);
        std::vector<std::string> paths;
        for (int i = 0; i < 200; ++i) {
            paths.push_back(to_text(walk(*tree, search)));
            REQUIRE(search.advance());
        }
        return paths;
    };
    const auto of_seed_1 = executions(1);
    CHECK(of_seed_1 == executions(1));
    CHECK(of_seed_1 != executions(2));
    CHECK(of_seed_1 != executions((std::uint64_t{1} << 32) + 1));  // the upper half of the seed counts
    CHECK(std::set<std::string>(of_seed_1.begin(), of_seed_1.end()).size() > 50);
    CHECK_FALSE(RandomSearch(1).is_exhaustive());
}

TEST_CASE("RandomSearch's nth execution does not depend on how long the earlier ones were") {
    RandomSearch brief(5);
    RandomSearch talkative(5);
    brief.begin();
    talkative.begin();
    for (int i = 0; i < 100; ++i) (void)talkative.choose(ChoiceKind::wake, 2);
    brief.begin();
    talkative.begin();
    for (int i = 0; i < 100; ++i) {
        CHECK(brief.choose(ChoiceKind::wake, 5) == talkative.choose(ChoiceKind::wake, 5));
    }
}

TEST_CASE("RandomSearch takes each branch about as often as the others") {
    RandomSearch search(9);
    std::array<int, 3> taken{};
    for (int i = 0; i < 3000; ++i) {
        search.begin();
        ++taken[search.choose(ChoiceKind::stale_read, 3)];
    }
    for (const int n : taken) CHECK((n > 850 && n < 1150));
}

TEST_CASE("Replay follows each schedule of a tree to its leaf without a divergence") {
    Generator generator(21);
    const auto tree = some_tree(generator, 8);
    FullSearch search;
    int followed = 0;
    do {
        const auto path = walk(*tree, search);
        Replay replay(some_schedule(path));
        REQUIRE(walk(*tree, replay) == path);
        REQUIRE_FALSE(replay.advance());
        REQUIRE(replay.diverged_at() == -1);
    } while (search.advance() && ++followed < 2000);
    CHECK(followed > 100);
}

// The program of the divergence tests: thread, stale read, thread, thread 2 alone.
void run_small_program(Replay& replay) {
    replay.begin();
    (void)replay.next_thread(0b011, -1);
    (void)replay.choose(ChoiceKind::stale_read, 2);
    (void)replay.next_thread(0b110, 0);
    (void)replay.next_thread(0b100, 1);
    (void)replay.advance();
}

TEST_CASE("Replay names the first choice at which the program differs") {
    constexpr auto thread = ChoiceKind::thread;
    struct Row {
        const char* what;
        Path choices;
        int diverged_at;
    };
    const Row rows[] = {
        {"the same", {{thread, 0}, {ChoiceKind::stale_read, 1}, {thread, 1}, {thread, 2}}, -1},
        {"thread not runnable", {{thread, 2}, {ChoiceKind::stale_read, 1}, {thread, 1}, {thread, 2}}, 0},
        {"wrong kind", {{thread, 0}, {ChoiceKind::wake, 1}, {thread, 1}, {thread, 2}}, 1},
        {"a thread instead of data", {{thread, 0}, {thread, 1}, {thread, 1}, {thread, 2}}, 1},
        {"value out of range", {{thread, 0}, {ChoiceKind::stale_read, 2}, {thread, 1}, {thread, 2}}, 1},
        {"data instead of a thread",
         {{thread, 0}, {ChoiceKind::stale_read, 1}, {ChoiceKind::stale_read, 1}, {thread, 2}},
         2},
        {"only the last", {{thread, 0}, {ChoiceKind::stale_read, 1}, {thread, 1}, {thread, 1}}, 3},
        {"the first of two", {{thread, 0}, {ChoiceKind::wake, 1}, {thread, 0}, {thread, 2}}, 1},
        {"too short", {{thread, 0}, {ChoiceKind::stale_read, 1}, {thread, 1}}, 3},
        {"empty", {}, 0},
        {"too long", {{thread, 0}, {ChoiceKind::stale_read, 1}, {thread, 1}, {thread, 2}, {thread, 2}}, 4},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string(row.what));
        Replay replay(some_schedule(row.choices));
        run_small_program(replay);
        CHECK(replay.diverged_at() == row.diverged_at);
        run_small_program(replay);  // `begin` forgets
        CHECK(replay.diverged_at() == row.diverged_at);
    }
}

TEST_CASE("Replay goes on with choices that can be made once it has diverged") {
    Replay replay(some_schedule({{ChoiceKind::thread, 9}}, true));
    replay.begin();
    CHECK(replay.next_thread(0b110, 2) == 2);
    CHECK(replay.choose(ChoiceKind::wake, 3) == 0);
    CHECK(replay.reads_deep_history());
    CHECK_FALSE(Replay(some_schedule({})).reads_deep_history());
}

}  // namespace
}  // namespace revenant::model::search
