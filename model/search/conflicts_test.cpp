// WRONG ON PURPOSE: this program is built with REVENANT_PLANTS, so that rules of the conflict table can be
// dropped. With them dpor comes to the same ends as a walk over all interleavings; each one that is dropped
// must be missed on a program of the fixed seed.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

#include "model/search/abstract_program.hpp"
#include "model/search/dpor.hpp"

namespace revenant::model::search {
namespace {

using Ends = std::set<std::string>;

unsigned below(std::mt19937& random, unsigned count) { return static_cast<unsigned>(random() % count); }

AbstractStep step_on(std::mt19937& random, Deed deed) {
    const bool may_be_sequential = deed == Deed::read || deed == Deed::write || deed == Deed::add;
    const auto object = static_cast<int>(below(random, AbstractState::objects));
    return {deed, object, may_be_sequential && below(random, 4) == 0};
}

void give_back(std::vector<AbstractStep>& thread, const AbstractStep& taken) {
    switch (taken.deed) {
        case Deed::once: return;
        case Deed::share:
        case Deed::try_share: return thread.push_back({Deed::unshare, taken.object, false});
        case Deed::lock_together:
            for (int i = 0; i < AbstractState::objects; ++i) thread.push_back({Deed::unlock, i, false});
            return;
        default: return thread.push_back({Deed::unlock, taken.object, false});
    }
}

// Two threads with up to four deeds, or three with up to two; a mutex that is taken is given back.
AbstractProgram program_of(std::mt19937& random) {
    AbstractProgram program(2 + (below(random, 2) == 0 ? 1u : 0u));
    for (auto& thread : program) {
        const auto deeds = 1 + below(random, program.size() == 2 ? 4 : 2);
        for (unsigned i = 0; i < deeds; ++i) {
            constexpr Deed simple[] = {Deed::read,
                                       Deed::read,
                                       Deed::write,
                                       Deed::add,
                                       Deed::add,
                                       Deed::fence,
                                       Deed::wait_for_number,
                                       Deed::count_down,
                                       Deed::wait_for_latch,
                                       Deed::wait_if_zero,
                                       Deed::wait_if_zero,
                                       Deed::wake_one,
                                       Deed::wake_all};
            constexpr Deed takings[] = {Deed::lock,          Deed::try_lock, Deed::wait_for_mutex,
                                        Deed::lock_together, Deed::share,    Deed::try_share,
                                        Deed::once};
            if (below(random, 3) != 0) {
                thread.push_back(step_on(random, simple[below(random, std::size(simple))]));
                continue;
            }
            const auto taken = step_on(random, takings[below(random, std::size(takings))]);
            thread.push_back(taken);
            if (below(random, 2) == 0) thread.push_back(step_on(random, simple[below(random, 5)]));
            give_back(thread, taken);
        }
    }
    return program;
}

// About one number alone, that threads wait for.
AbstractProgram program_of_waits(std::mt19937& random) {
    AbstractProgram program(3);
    for (auto& thread : program) {
        for (unsigned i = 1 + below(random, 2); i > 0; --i) {
            constexpr Deed deeds[] = {Deed::write, Deed::wait_if_zero, Deed::wait_if_zero, Deed::wake_one,
                                      Deed::wake_all};
            thread.push_back({deeds[below(random, std::size(deeds))], 0, false});
        }
    }
    return program;
}

void walk(const AbstractState& from, Ends& ends) {
    const auto able = from.able();
    if (able == 0) ends.insert(from.end());
    for_each(able, [&](int thread) {
        auto then = from;
        then.take(thread);
        walk(then, ends);
    });
}

void run_once(const AbstractProgram& program, bool is_watched, Dpor& dpor, Ends& ends) {
    AbstractState state(program, is_watched);
    const auto blocked = dpor.blocked();
    dpor.execution.begin(dpor.kept());
    if (is_watched) dpor.execution.watch();
    dpor.begin();
    const auto announce = [&](int thread) {
        const auto access = state.access(thread, true);
        if (access.kind == AccessKind::lock_together) {
            dpor.execution.announce_together(thread, AbstractState::all_locks());
        } else {
            dpor.execution.announce(thread, access);
        }
    };
    for (int thread = 0; thread < static_cast<int>(program.size()); ++thread) announce(thread);
    int running = -1;
    while (const auto able = state.able()) {
        running = dpor.next_thread(able, running);
        const auto given_back = state.gives_back(running);
        dpor.execution.perform(running, state.access(running, false));
        if (given_back != no_id) dpor.execution.release(running, given_back);
        state.take(running);
        for_each(state.woken(), [&](int thread) { dpor.execution.follow(thread, running); });
        for_each(state.woken() | set_of(running), [&](int thread) {
            if (!state.has_ended(thread) && !state.sleeps(thread)) announce(thread);
        });
    }
    if (dpor.blocked() == blocked) ends.insert(state.end());
}

/// What dpor comes to, or nothing: it has gone astray, which is noticed as well.
Ends reduced(const AbstractProgram& program, bool is_watched) {
    Dpor dpor;
    Ends ends;
    do {
        run_once(program, is_watched, dpor, ends);
    } while (dpor.advance());
    return dpor.diverged_at() >= 0 ? Ends{} : ends;
}

struct Row {
    Rule rule;
    const char* name;
    bool harmless = false;  ///< nothing can be lost without it, and why
    bool is_noticed = false;
};

TEST_CASE("each rule of the conflict table, dropped, is noticed on an abstract program") {
    Row rows[] = {
        {Rule::write_conflicts_with_write, "a write conflicts with a write"},
        {Rule::read_conflicts_with_write, "a read conflicts with a write"},
        {Rule::add_conflicts_with_read, "an addition conflicts with a read"},
        {Rule::add_conflicts_with_write, "an addition conflicts with a write"},
        {Rule::lock_conflicts_with_lock, "a lock conflicts with a lock"},
        {Rule::lock_conflicts_with_try, "a lock conflicts with a try"},
        {Rule::try_conflicts_with_try, "a try conflicts with one that takes the mutex"},
        {Rule::unlock_conflicts_with_try, "an unlock conflicts with a try"},
        {Rule::fence_conflicts_with_fence, "a fence conflicts with a fence"},
        {Rule::fence_conflicts_with_sequential, "a fence conflicts with a sequential access"},
        // What has ended a wait cannot come after it, and the look that follows conflicts with it as well.
        // The order of the wait itself tells which stale reads the look may be offered: none, here.
        {Rule::await_conflicts_with_write, "a wait conflicts with a write", true},
        {Rule::await_conflicts_with_add, "a wait conflicts with an addition", true},
        {Rule::await_conflicts_with_unlock, "a wait conflicts with an unlock", true},
        {Rule::await_conflicts_with_try, "a wait conflicts with a try", true},
        {Rule::together_conflicts_with_lock, "taking several conflicts with a lock of one"},
        {Rule::lock_conflicts_with_share, "a lock conflicts with a share"},
        {Rule::try_conflicts_with_share, "a try conflicts with a share"},
        {Rule::try_conflicts_with_unshare, "a try conflicts with a part given back"},
        {Rule::unlock_conflicts_with_try_share, "an unlock conflicts with a try to share"},
        {Rule::unshare_comes_before_lock, "a part given back comes before the next lock"},
        {Rule::lock_conflicts_with_passed, "doing once conflicts with passing by"},
        {Rule::changes_conflict_while_watched, "changes conflict while watched"},
        {Rule::count_down_comes_before_wait, "a latch's counts come before who waits for it"},
        {Rule::wait_if_equal_conflicts_with_write, "waiting if equal conflicts with a change"},
        {Rule::wait_if_equal_conflicts_with_wake, "waiting if equal conflicts with a wake"},
        {Rule::wait_if_equal_conflicts_with_wake_nobody, "waiting if equal conflicts with a wake in vain"},
        {Rule::wake_conflicts_with_wake, "a wake conflicts with a wake"},
        {Rule::all_before_wait_if_equal_are_met, "waiting if equal comes after changes and after wakes"},
        {Rule::conflict_wakes_a_sleeper, "a conflict wakes a sleeper"},
        {Rule::initial_has_none_before_it, "an initial has none before it"},
        {Rule::initial_is_not_after_the_first, "an initial is not after the race's first step"},
    };
    std::mt19937 random(1);
    constexpr int programs = 3000;
    for (int i = 0; i < programs; ++i) {
        INFO("program ", i);
        const auto program = i % 8 == 5 ? program_of_waits(random) : program_of(random);
        const bool is_watched = i % 4 == 3;
        Ends ends;
        walk(AbstractState(program, is_watched), ends);
        REQUIRE(reduced(program, is_watched) == ends);
        for (auto& row : rows) {
            if (row.is_noticed) continue;
            dropped = row.rule;
            row.is_noticed = reduced(program, is_watched) != ends;
            dropped = Rule::none;
        }
    }
    for (const auto& row : rows) CHECK_MESSAGE(row.is_noticed != row.harmless, std::string(row.name));
}

}  // namespace
}  // namespace revenant::model::search
