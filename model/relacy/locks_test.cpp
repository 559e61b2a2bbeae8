// Mutexes of the model world: tries, several at once, recursive and shared ones.
#include <doctest/doctest.h>

#include "model/relacy/test_search.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;

struct Two {
    P::mutex a{{"a", cell_role::tried}};
    P::mutex b{{"b", cell_role::tried}};
    P::var<int> data{0, {"data"}};
    P::atomic<int> tries{0, {"tries"}};
    static inline int threads = 2;
};

struct TryOrLeave {  // a try that failed has seen a critical section; both orders come
    using Shared = Two;
    static void act(unsigned, Two& all) {
        if (!all.a.try_lock()) {
            all.tries.fetch_add(1, std::memory_order::relaxed);
            return;
        }
        all.data.set(all.data.get() + 1);
        all.a.unlock();
    }
    static void check(Two& all) {
        const int failed = all.tries.load(std::memory_order::relaxed);
        P::check(all.data.get() + failed == all.threads, check_kind::assertion, "each took it or failed");
    }
};
struct FailsAfterTheLastStep : TryOrLeave {  // the mutex is held still although the store is there
    static void act(unsigned index, Two& all) {
        if (index == 0) {
            all.a.lock();
            all.tries.store(1, std::memory_order::release);
            all.a.unlock();
        } else if (all.tries.load(std::memory_order::acquire) == 1) {
            const bool taken = all.a.try_lock();
            if (taken) all.a.unlock();
            P::check(taken, check_kind::assertion, "who sees the store finds the mutex free");
        }
    }
    static void check(Two&) {}
};
struct NeverTaken : TryOrLeave {  // a try that fails gives no right
    static void act(unsigned, Two& all) {
        const bool taken = all.a.try_lock();
        all.data.set(1);
        if (taken) all.a.unlock();
    }
    static void check(Two&) {}
};
struct TriesUntilItHasIt : TryOrLeave {
    static void act(unsigned, Two& all) {
        while (!all.a.try_lock()) P::yield();
        all.data.set(all.data.get() + 1);
        all.a.unlock();
    }
    static void check(Two& all) {
        P::check(all.data.get() == all.threads, check_kind::assertion, "each has had it");
    }
};

TEST_CASE_TEMPLATE("a try takes a free mutex, or leaves one that is held", Act, TryOrLeave,
                   TriesUntilItHasIt) {
    for (const unsigned threads : {2u, 3u}) {
        Act::Shared::threads = static_cast<int>(threads);
        CHECK(searched<Act>(threads, threads == 2).verdict == Verdict::correct);
    }
}

TEST_CASE("a try fails between the last step of a critical section and its unlock") {
    const auto outcome = searched<FailsAfterTheLastStep>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::assertion);
    CHECK(listing(outcome).find("T2 shared#1.a try_lock failed\n") != std::string::npos);
    check_replay<FailsAfterTheLastStep>(outcome);
}

TEST_CASE("what is done after a failed try is a data race") {
    const auto outcome = searched<NeverTaken>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::data_race);
}

struct Undeclared {
    struct Shared {
        P::mutex mutex{{"mutex"}};
    };
    static void act(unsigned, Shared& all) {
        if (all.mutex.try_lock()) all.mutex.unlock();
    }
};

TEST_CASE("a try of a mutex that does not say so is refused, in a line that says what to do") {
    ActProgram<Undeclared> program;
    search::Dpor dpor;
    ExploreOptions options;
    options.subject = "a/b";
    CHECK_THROWS_WITH_AS(static_cast<void>(explore(program, 2, dpor, options)),
                         "a/b: the code on trial calls try_lock of a mutex that has not the role "
                         "cell_role::tried: no search can judge it",
                         NotModelled);
}

struct InTwoOrders {
    using Shared = Two;
    static void act(unsigned index, Two& all) {
        const scoped_lock both(index == 0 ? all.a : all.b, index == 0 ? all.b : all.a);
        all.data.set(all.data.get() + 1);
    }
};
struct OneThenOther {
    using Shared = Two;
    static void act(unsigned index, Two& all) {
        if (index == 0) {
            const scoped_lock both(all.a, all.b);
            all.data.set(1);
        } else {  // holds b, and wants a
            const scoped_lock second(all.b);
            const scoped_lock first(all.a);
            all.data.set(2);
        }
    }
};
struct TogetherAndNested {
    using Shared = Two;
    static void act(unsigned index, Two& all) {
        if (index == 0) return lock_both(all);
        const scoped_lock first(index == 1 ? all.a : all.b);
        const scoped_lock second(index == 1 ? all.b : all.a);
    }
    static void lock_both(Two& all) {
        lock(all.a, all.b);
        all.b.unlock();
        all.a.unlock();
    }
};

TEST_CASE_TEMPLATE("several mutexes at once are taken in no wrong order", Act, InTwoOrders, OneThenOther) {
    const auto two = searched<Act>();
    CHECK(two.verdict == Verdict::correct);
    CHECK(two.exhaustive);
    CHECK(searched<Act>(3, false).verdict == Verdict::correct);
}

TEST_CASE("who takes mutexes one by one in two orders is in a deadlock beside one that takes both") {
    const auto outcome = searched<TogetherAndNested>(3, false);
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::deadlock);
    check_replay<TogetherAndNested>(outcome);
    CHECK(searched<TogetherAndNested>(2).verdict == Verdict::correct);
}

struct Again {
    struct Shared {
        P::recursive_mutex mutex{{"mutex"}};
        P::var<int> data{0, {"data"}};
    };
    static void act(unsigned, Shared& all) {
        const scoped_lock outer(all.mutex);
        P::check(all.mutex.try_lock(), check_kind::assertion, "it may be had again");
        {
            const scoped_lock inner(all.mutex);
            all.data.set(all.data.get() + 1);
        }
        all.mutex.unlock();
        all.data.set(all.data.get() + 1);
    }
    static void check(Shared& all) { P::check(all.data.get() % 4 == 0, check_kind::assertion, "all"); }
};
struct UnlockedTooOften : Again {
    static void act(unsigned, Shared& all) {
        all.mutex.lock();
        all.mutex.unlock();
        all.mutex.unlock();
    }
    static void check(Shared&) {}
};

TEST_CASE("a recursive mutex is had again by its holder, and by nobody else until the last unlock") {
    const auto outcome = searched<Again>();
    CHECK(outcome.verdict == Verdict::correct);
    CHECK(outcome.executions_complete == 2);
}

TEST_CASE("a mutex is not unlocked by who does not hold it") {
    const auto outcome = searched<UnlockedTooOften>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->invariant == "a mutex is unlocked by the thread that holds it");
}

struct Sharing {
    struct Shared {
        P::shared_mutex mutex{{"mutex"}};
        P::var<int> data{0, {"data"}};
        P::var<int> other{0, {"other"}};
    };
};
struct Readers : Sharing {
    static void act(unsigned, Shared& all) {
        const shared_lock lock(all.mutex);
        static_cast<void>(all.data.get());
    }
};
struct ReadersAndWriter : Sharing {
    static void act(unsigned index, Shared& all) {
        if (index != 0) return Readers::act(index, all);
        const scoped_lock lock(all.mutex);
        all.data.set(all.data.get() + 1);
    }
};
struct WritesWhereItShares : Sharing {
    static void act(unsigned, Shared& all) {
        const shared_lock lock(all.mutex);
        all.data.set(1);
    }
};
struct NotOrderedByReading : Sharing {  // one reader after another: nothing is handed on
    static void act(unsigned index, Shared& all) {
        if (index == 0) all.other.set(1);
        { const shared_lock lock(all.mutex); }
        if (index == 1) static_cast<void>(all.other.get());
    }
};
struct Upgrades : Sharing {  // shares it, and wants it alone
    static void act(unsigned, Shared& all) {
        all.mutex.lock_shared();
        all.mutex.lock();
    }
};
struct TriesToShare : Sharing {
    static void act(unsigned index, Shared& all) {
        if (index == 0) {
            if (!all.mutex.try_lock()) return;
            all.data.set(1);
            all.mutex.unlock();
        } else if (all.mutex.try_lock_shared()) {
            static_cast<void>(all.data.get());
            all.mutex.unlock_shared();
        }
    }
};

TEST_CASE("readers are in no order: one execution is all") {
    for (const unsigned threads : {2u, 3u, 4u}) {
        const auto outcome = searched<Readers>(threads, threads == 2);
        CHECK(outcome.verdict == Verdict::correct);
        CHECK(outcome.executions_complete == 1);
        CHECK(outcome.executions_blocked == 0);
    }
}

TEST_CASE("a writer comes before a reader or after it") {
    const auto two = searched<ReadersAndWriter>(2);
    CHECK(two.verdict == Verdict::correct);
    CHECK(two.executions_complete == 2);
    const auto three = searched<ReadersAndWriter>(3, false);
    CHECK(three.verdict == Verdict::correct);
    CHECK(three.executions_complete == 4);  // each reader before or after
    CHECK(searched<TriesToShare>(3, false).verdict == Verdict::correct);
    CHECK(searched<TriesToShare>(2).verdict == Verdict::correct);
}

TEST_CASE_TEMPLATE("readers do not protect each other", Act, WritesWhereItShares, NotOrderedByReading) {
    const auto outcome = searched<Act>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::data_race);
}

TEST_CASE("two threads that share a mutex and want it alone are in a deadlock, told with who holds it") {
    const auto outcome = searched<Upgrades>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::deadlock);
    INFO(outcome.finding->sentence);
    CHECK(outcome.finding->sentence.find(
              "T1 waits at model/relacy/locks_test.cpp:232 for shared#1.mutex, which T") == 0);
    check_replay<Upgrades>(outcome);
}

}  // namespace
}  // namespace revenant::model::relacy
