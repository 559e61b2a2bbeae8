// Every execution that the model has of a program, taken step for step on real threads: mutexes of each kind,
// condition variables, what is done once, latches. And the same programs under noise.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

#include "harness/threads/program/test_replay.hpp"

namespace revenant::harness::threads {
namespace {

struct Tries {
    template <class P>
    static void act(unsigned, Shared<P>& all) {
        if (!all.a.try_lock()) return;
        all.data.set(all.data.get() + 1);
        all.a.unlock();
    }
};
struct Together {
    template <class P>
    static void act(unsigned index, Shared<P>& all) {
        if (index == 0) {
            const scoped_lock both(all.a, all.b);
            all.data.set(1);
        } else {
            const scoped_lock second(all.b);
            const scoped_lock first(all.a);
            all.data.set(2);
        }
    }
};
struct Again {
    template <class P>
    static void act(unsigned, Shared<P>& all) {
        const scoped_lock outer(all.recursive);
        const scoped_lock inner(all.recursive);
        if (all.recursive.try_lock()) all.recursive.unlock();
        all.data.set(all.data.get() + 1);
    }
};
struct Reads {
    template <class P>
    static void act(unsigned index, Shared<P>& all) {
        if (index == 0) {
            const scoped_lock lock(all.shared);
            all.data.set(1);
        } else if (index == 1) {
            const shared_lock lock(all.shared);
            all.count.fetch_add(all.data.get(), relaxed);
        } else if (all.shared.try_lock_shared()) {
            all.count.fetch_add(all.data.get(), relaxed);
            all.shared.unlock_shared();
        }
    }
};
struct Waits {
    template <class P>
    static void act(unsigned index, Shared<P>& all) {
        unique_lock lock(all.a);
        if (index == 0) {
            all.data.set(1);
            all.changed.notify_all();
        } else {
            all.changed.wait(lock, [&] { return all.data.get() == 1; });
        }
    }
};
struct WakesOneAtATime {
    template <class P>
    static void act(unsigned index, Shared<P>& all) {
        unique_lock lock(all.a);
        if (index != 0) {
            all.changed.wait(lock, [&] { return all.data.get() == 1; });
        } else {
            all.data.set(1);
        }
        all.changed.notify_one();
    }
};
struct WaitsForSomeTime {
    template <class P>
    static void act(unsigned index, Shared<P>& all) {
        unique_lock lock(all.a);
        if (index == 0) {
            all.data.set(1);
            all.changed.notify_one();
        } else if (all.changed.wait_for(lock, std::chrono::milliseconds(1),
                                        [&] { return all.data.get() == 1; })) {
            all.count.fetch_add(1, relaxed);
        }
    }
};
struct Once {
    template <class P>
    static void act(unsigned, Shared<P>& all) {
        P::call_once(all.flag, [&] { all.data.set(1); });
        all.count.fetch_add(all.data.get() + static_cast<int>(P::this_thread_id()), relaxed);
    }
};
struct CountsDown {
    template <class P>
    static void act(unsigned index, Shared<P>& all) {
        if (index == 0) all.data.set(1);
        if (index < 2) all.latch.count_down();
        if (index == 1) all.count.fetch_add(1, relaxed);
        if (index == 2) {
            all.latch.wait();
            all.count.fetch_add(all.data.get(), relaxed);
        }
    }
};
struct NotCountedDown {
    template <class P>
    static void act(unsigned index, Shared<P>& all) {
        index == 0 ? all.latch.count_down() : all.latch.wait();
    }
};
struct CountsNothing {
    template <class P>
    static void act(unsigned index, Shared<P>& all) {
        all.latch.count_down(index == 0 ? 2 : 0);
        all.latch.wait();
        all.count.exchange(static_cast<int>(index), relaxed);
    }
};
/// Nobody has counted the latch down, and another object takes its place.
struct Replaced {
    template <class P>
    static void act(unsigned index, Shared<P>& all) {
        using Latch = typename P::latch;
        using Mutex = typename P::mutex;
        alignas(Latch) alignas(Mutex) std::byte place[std::max(sizeof(Latch), sizeof(Mutex))];
        std::destroy_at(std::construct_at(reinterpret_cast<Latch*>(place), 1));
        auto* const mutex = std::construct_at(reinterpret_cast<Mutex*>(place));
        mutex->lock();
        all.count.exchange(static_cast<int>(index), relaxed);
        mutex->unlock();
        std::destroy_at(mutex);
    }
};
struct CountedTooFar {
    template <class P>
    static void act(unsigned, Shared<P>& all) {
        all.latch.count_down(2);
    }
};
struct LostWakeUp {
    template <class P>
    static void act(unsigned index, Shared<P>& all) {
        unique_lock lock(all.a);
        if (index == 0) {
            all.changed.notify_one();
        } else {
            all.changed.wait(lock);
        }
    }
};
struct WaitsForEver {
    template <class P>
    static void act(unsigned, Shared<P>& all) {
        unique_lock lock(all.a);
        all.changed.wait(lock);
    }
};
struct Upgrade {
    template <class P>
    static void act(unsigned, Shared<P>& all) {
        all.shared.lock_shared();
        all.shared.lock();
    }
};

TEST_CASE("real threads take the steps of every execution of the model") {
    check_all<Tries>(2, 3);
    check_all<Together>(2, 2);
    check_all<Again>(2, 2);
    check_all<Reads>(3, 5);
    check_all<Waits>(3, 4);
    check_all<WakesOneAtATime>(3, 6);
    check_all<WaitsForSomeTime>(2, 3);
    check_all<Once>(2, 2);
    check_all<CountsDown>(3, 2);
    check_all<CountsNothing>(2, 2);
    check_all<Replaced>(2, 2);
}

TEST_CASE_TEMPLATE("a deadlock of the model is one of real threads", Act, LostWakeUp, Upgrade,
                   NotCountedDown) {
    std::vector<Script> scripts;
    const auto outcome = searched<Act>(2, scripts);
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == model::FindingKind::deadlock);
    const auto script = model::threads::script_steps(outcome.trace);
    REQUIRE(script);
    CHECK(on_threads<Act>(*script, 2).happened.end == "deadlock");
}

TEST_CASE("a latch that is counted down too far in the model is so on real threads") {
    std::vector<Script> scripts;
    const auto outcome = searched<CountedTooFar>(2, scripts);
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == model::FindingKind::invariant);
    const auto script = model::threads::script_steps(outcome.trace);
    REQUIRE(script);
    CHECK(on_threads<CountedTooFar>(*script, 2).status == model::threads::exit_check_failed);
    for (const auto noise : {model::threads::Noise::none, model::threads::Noise::random}) {
        GatePlan plan;
        plan.threads = 2;
        plan.noise = noise;
        ActProgram<P, CountedTooFar> program;
        CHECK(run(program, plan).status == model::threads::exit_check_failed);
    }
}

TEST_CASE_TEMPLATE("the same programs end under every noise", Act, Tries, Together, Again, Reads, Waits,
                   WakesOneAtATime, WaitsForSomeTime, Once, CountsDown) {
    using model::threads::Noise;
    for (const auto noise : {Noise::none, Noise::yields, Noise::sleeps, Noise::pct, Noise::random}) {
        GatePlan plan;
        plan.threads = 3;
        plan.noise = noise;
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            ActProgram<P, Act> program;
            const auto ended = run(program, plan, seed);
            INFO("noise " << static_cast<int>(noise) << ", seed " << seed << ", end " << ended.happened.end);
            CHECK(ended.status == 0);
        }
    }
}

TEST_CASE_TEMPLATE("who waits for ever under noise is in a deadlock, before the timeout", Act, WaitsForEver,
                   NotCountedDown) {
    for (const auto noise : {model::threads::Noise::none, model::threads::Noise::random}) {
        GatePlan plan;
        plan.threads = 2;
        plan.noise = noise;
        ActProgram<P, Act> program;
        const auto ended = run(program, plan, 1, 50'000);
        CHECK(ended.status == model::threads::exit_check_failed);
        CHECK(ended.happened.end == "deadlock");
    }
}

}  // namespace
}  // namespace revenant::harness::threads
