// The order that conflicts put steps in, told from the outside: clocks, races, and what is over.
#include "model/search/execution.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <utility>

namespace revenant::model::search {
namespace {

constexpr CellId x = 0;
constexpr CellId y = 1;
constexpr CellId m = 2;
constexpr CellId z = 3;
constexpr BlockId block = 0;

constexpr Access read(CellId cell) { return {AccessKind::read, cell, block}; }
constexpr Access write(CellId cell) { return {AccessKind::write, cell, block}; }
constexpr Access watched(Access access) {
    access.watched = true;
    return access;
}
constexpr Access add(CellId cell) { return {AccessKind::add, cell, block}; }
constexpr Access lock{AccessKind::lock, m, block};
constexpr Access fence{AccessKind::fence, no_id, no_id};
constexpr Access retire{AccessKind::retire, no_id, block};
constexpr Access await_any{AccessKind::await, no_id, no_id};

using Steps = std::vector<std::pair<int, Access>>;
using Pairs = std::vector<std::pair<unsigned, unsigned>>;

Pairs races_of(const Steps& steps) {
    Execution execution;
    execution.begin(0);
    for (const auto& [thread, access] : steps) execution.perform(thread, access);
    Pairs races;
    for (const auto& race : execution.races()) races.emplace_back(race.first, race.second);
    return races;
}

TEST_CASE("two steps race if they conflict, are of two threads, and nothing stands between") {
    struct Row {
        const char* what;
        Steps steps;
        Pairs races;
    };
    const Row rows[] = {
        {"write, write", {{0, write(x)}, {1, write(x)}}, {{0, 1}}},
        {"write, read", {{0, write(x)}, {1, read(x)}}, {{0, 1}}},
        {"read, read", {{0, read(x)}, {1, read(x)}}, {}},
        {"other cells", {{0, write(x)}, {1, write(y)}}, {}},
        {"one thread", {{0, write(x)}, {0, write(x)}}, {}},
        {"a write between", {{0, write(x)}, {1, write(x)}, {2, write(x)}}, {{0, 1}, {1, 2}}},
        {"reads side by side", {{0, read(x)}, {1, read(x)}, {2, write(x)}}, {{1, 2}, {0, 2}}},
        {"a chain over another cell", {{0, write(x)}, {0, write(y)}, {1, read(y)}, {1, write(x)}}, {{1, 2}}},
        {"fences", {{0, fence}, {1, fence}}, {{0, 1}}},
        {"a block's end", {{0, read(x)}, {1, retire}, {2, write(y)}}, {{0, 1}, {1, 2}}},
        {"a wait and a write", {{0, write(x)}, {1, await_any}, {2, write(y)}}, {{0, 1}, {1, 2}}},
        {"a wait and a read", {{0, read(x)}, {1, await_any}}, {}},
        {"watched changes", {{0, watched(write(x))}, {1, watched(add(y))}}, {{0, 1}}},
        {"… and one that nobody watches", {{0, watched(write(x))}, {1, write(y)}}, {}},
        {"… of three threads",
         {{0, watched(add(x))}, {1, watched(add(x))}, {2, watched(add(y))}},
         {{0, 1}, {1, 2}}},
        {"… with a read after them",
         {{0, watched(write(x))}, {1, watched(write(y))}, {0, read(y)}, {2, watched(write(y))}},
         {{0, 1}, {1, 2}, {2, 3}}},
        {"… and a read before them",
         {{0, read(y)}, {1, watched(write(x))}, {2, watched(write(y))}},
         {{1, 2}, {0, 2}}},
        {"… and the end of another block",
         {{0, watched(retire)}, {1, watched({AccessKind::write, y, block + 1})}},
         {{0, 1}}},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string(row.what));
        CHECK(races_of(row.steps) == row.races);
    }
}

TEST_CASE("who takes a mutex after another comes after the unlock, and races with the lock") {
    Execution execution;
    execution.begin(0);
    execution.perform(0, lock);
    execution.perform(0, write(x));
    execution.release(0, m);
    execution.perform(1, lock);
    execution.perform(1, write(x));
    REQUIRE(execution.races().size() == 1);  // the writes are ordered by the mutex
    CHECK(execution.races()[0].first == 0);
    CHECK(execution.races()[0].second == 2);
}

TEST_CASE(
    "what a thread could not do any more races with what kept it from it, and with no other such step") {
    Execution execution;
    execution.begin(0);
    execution.perform(0, lock);
    for (const int thread : {1, 2}) {
        execution.announce(thread, lock);
        execution.look_at_pending(thread);
    }
    CHECK(execution.position() == 1);
    REQUIRE(execution.races().size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(execution.races()[i].first == 0);
        CHECK(execution.races()[i].second == 1 + i);
        CHECK(execution.events()[1 + i].thread == static_cast<int>(1 + i));
    }
}

TEST_CASE("who waits for a mutex to the end races with who has it, and with no try that failed between") {
    Execution execution;
    execution.begin(0);
    execution.perform(0, lock);
    execution.perform(1, {AccessKind::try_failed, m, no_id});
    execution.announce(2, lock);
    execution.look_at_pending(2);
    REQUIRE(execution.races().size() == 2);
    CHECK(execution.races()[0].first == 0);  // the try that failed
    CHECK(execution.races()[0].second == 1);
    CHECK(execution.races()[1].first == 0);
    CHECK(execution.races()[1].second == 2);
}

TEST_CASE("a moment is over when the thread's next step comes before") {
    Execution execution;
    execution.begin(0);
    execution.perform(0, write(x));
    const auto moment = execution.now(0);
    execution.perform(1, read(x));
    CHECK_FALSE(execution.is_over(moment, 1));  // the moment is still possible beside this place
    execution.perform(0, write(y));
    CHECK_FALSE(execution.is_over(moment, 1));  // it has come first, but need not have
    execution.perform(1, read(y));
    CHECK(execution.is_over(moment, 1));
    CHECK_FALSE(execution.is_over(moment, 2));
    CHECK(execution.is_over(execution.now(-1), 2));  // before the threads
}

TEST_CASE("a stale value is worth offering only after the newest store") {
    Execution execution;
    execution.begin(0);
    CHECK(execution.newest_store_precedes(1, x));  // nobody has stored
    execution.perform(0, write(x));
    CHECK_FALSE(execution.newest_store_precedes(1, x));
    execution.perform(0, write(y));
    execution.perform(1, read(y));
    CHECK(execution.newest_store_precedes(1, x));
}

TEST_CASE("kept events keep their clocks, and another step among them is noticed") {
    Execution execution;
    execution.begin(0);
    execution.perform(0, write(x));
    execution.perform(1, write(x));
    execution.begin(1);
    execution.perform(0, write(x));
    execution.perform(2, write(x));
    CHECK(execution.differed_at() == -1);
    REQUIRE(execution.races().size() == 1);
    execution.begin(2);
    execution.perform(0, write(x));
    execution.perform(2, read(x));
    CHECK(execution.differed_at() == 1);
}

TEST_CASE("an execution that goes on from a checkpoint is as if it had begun at its beginning") {
    // Of each kind one before the checkpoint and one behind it, so that there is something to forget.
    const Steps first{{0, write(x)},
                      {1, lock},
                      {0, await_any},
                      {2, read(x)},
                      {1, fence},
                      {2, retire},
                      {0, watched(write(y))},
                      {2, await_any},
                      {1, write(x)},
                      {2, lock},
                      {0, fence},
                      {1, watched(add(x))},
                      {1, retire},
                      {0, write(x)},
                      {2, read(y)}};
    const Steps other_end{{2, watched(write(z))}, {2, write(x)}, {0, read(y)}, {1, lock},
                          {0, await_any},         {1, fence},    {0, retire},  {2, read(y)}};
    for (std::size_t position = 0; position <= first.size(); ++position) {
        CAPTURE(position);
        Execution resumed;
        resumed.begin(0);
        Execution::Checkpoint checkpoint;
        for (std::size_t i = 0; i < first.size(); ++i) {
            if (i == position) resumed.save(checkpoint);
            resumed.perform(first[i].first, first[i].second);
        }
        if (position == first.size()) resumed.save(checkpoint);
        resumed.resume(position, checkpoint);
        Execution whole;
        whole.begin(0);
        for (std::size_t i = 0; i < position; ++i) whole.perform(first[i].first, first[i].second);
        const auto races_before = whole.races().size();
        for (const auto& [thread, access] : other_end) {
            resumed.perform(thread, access);
            whole.perform(thread, access);
        }
        CHECK(resumed.differed_at() < 0);
        REQUIRE(resumed.events().size() == whole.events().size());
        for (std::size_t i = 0; i < whole.events().size(); ++i) {
            CHECK(resumed.events()[i].clock == whole.events()[i].clock);
            CHECK(resumed.events()[i].previous == whole.events()[i].previous);
        }
        REQUIRE(resumed.races().size() + races_before == whole.races().size());
        for (std::size_t i = 0; i < resumed.races().size(); ++i) {
            CHECK(resumed.races()[i].first == whole.races()[races_before + i].first);
            CHECK(resumed.races()[i].second == whole.races()[races_before + i].second);
        }
    }
}

}  // namespace
}  // namespace revenant::model::search
