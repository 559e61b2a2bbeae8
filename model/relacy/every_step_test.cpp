// What must hold after every step: where it is looked at, what may look, and that an exhaustive search comes
// to every order of the changes that can be told apart.
#include <doctest/doctest.h>

#include "model/relacy/test_search.hpp"
#include "model/search/bounded.hpp"
#include "model/search/pct.hpp"
#include "model/search/random.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;
using Atomic = P::atomic<int>;
constexpr const char* rule = "a comes before b";

struct Pair {
    Atomic a{0, {"a"}};
    Atomic b{0, {"b"}};
};

struct TwoStores {
    using Shared = Pair;
    static void act(unsigned thread, Shared& s) { (thread == 0 ? s.a : s.b).store(1, relaxed); }
    static void watch(Shared& s) {
        P::at_every_step([&s] { return s.b.load() <= s.a.load(); }, rule);
    }
};

TEST_CASE("a rule that only the state between two stores to two atomics breaks is found broken there") {
    const auto outcome = searched<TwoStores>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::invariant);
    CHECK(outcome.finding->invariant == rule);
    const auto& step = outcome.trace.steps[static_cast<std::size_t>(outcome.finding->step)];
    CHECK(outcome.trace.in_words(step) == "T2 shared#1.b store 0→1");
    CHECK(listing(outcome) == "T2 shared#1.b store 0→1\n");  // to look is no step, and nobody takes another
    check_replay<TwoStores>(outcome);
}

TEST_CASE("every strategy finds the rule broken") {
    search::BoundedSearch bounded(1);
    search::PctSearch pct(1, 3);
    search::RandomSearch random(1);
    for (search::Strategy* const strategy :
         {static_cast<search::Strategy*>(&bounded), static_cast<search::Strategy*>(&pct),
          static_cast<search::Strategy*>(&random)}) {
        CAPTURE(std::string(strategy->name()));
        ActProgram<TwoStores> program;
        ExploreOptions options;
        options.budget_executions = 1000;
        const auto outcome = explore(program, 2, *strategy, options);
        REQUIRE(outcome.finding);
        CHECK(outcome.finding->invariant == rule);
    }
}

/// Each thread stores to its own atomic, so often.
template <unsigned times, bool is_watched>
struct OwnStores {
    struct Shared {
        Atomic own[3]{Atomic{0}, Atomic{0}, Atomic{0}};
    };
    static void act(unsigned thread, Shared& s) {
        for (unsigned i = 0; i < times; ++i) s.own[thread].store(static_cast<int>(i) + 1, relaxed);
    }
    static void watch(Shared& s) {
        if (!is_watched) return;
        P::at_every_step([&s] { return s.own[0].load() + s.own[1].load() + s.own[2].load() <= 6; }, "few");
    }
};

template <class Act>
std::uint64_t executions(unsigned threads, const search::SymmetryClasses& classes = {}) {
    ActProgram<Act> program;
    search::Dpor dpor(classes);
    const auto outcome = explore(program, threads, dpor, {});
    CHECK(outcome.verdict == Verdict::correct);
    CHECK(outcome.exhaustive);
    CHECK(outcome.executions_blocked == 0);
    return outcome.executions_complete;
}

TEST_CASE("a rule that holds is proven over every order of the changes, and only while it is watched") {
    CHECK(executions<OwnStores<1, false>>(2) == 1);
    CHECK(executions<OwnStores<1, true>>(2) == 2);
    CHECK(executions<OwnStores<2, true>>(2) == 6);   // 4 over 2
    CHECK(executions<OwnStores<1, true>>(3) == 6);   // 3!
    CHECK(executions<OwnStores<2, true>>(3) == 90);  // 6! / 2!³
}

struct Additions {
    using Shared = Pair;
    static void act(unsigned, Shared& s) { s.a.fetch_add(1, relaxed); }
    static void watch(Shared& s) {
        P::at_every_step([&s] { return s.a.load() <= 2; }, "at most two");
    }
};

TEST_CASE("no two threads are alike while a program watches") {
    CHECK(executions<Additions>(2) == 2);
    CHECK(executions<Additions>(2, {0, 0}) == 2);
}

/// The first thread's two stores, relaxed, of which the second may read the second alone.
struct Relaxed {
    struct Shared : Pair {
        P::var<int> data{0, {"data"}};
    };
    static void act(unsigned thread, Shared& s) {
        if (thread == 0) {
            s.a.store(1, relaxed);
            s.b.store(1, relaxed);
        } else if (s.b.load(relaxed) == 1) {
            static_cast<void>(s.a.load(relaxed));
        }
    }
    static void watch(Shared& s) {
        P::at_every_step([&s] { return s.b.load(relaxed) <= s.a.load(relaxed); }, rule);
    }
};

TEST_CASE("what is looked at is the newest value of each atomic") {
    CHECK(searched<Relaxed>().verdict == Verdict::correct);
}

struct Unsynchronised : Relaxed {
    static void act(unsigned thread, Shared& s) {
        if (thread == 0) s.data.set(1);
        if (thread == 0) s.a.store(1, relaxed);
        if (thread == 1 && s.a.load(relaxed) == 1) static_cast<void>(s.data.get());
    }
};

TEST_CASE("to look puts nothing in order: a race stays one") {
    const auto outcome = searched<Unsynchronised>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::data_race);
}

struct BrokenFromTheStart {
    using Shared = Pair;
    static void act(unsigned, Shared& s) { s.a.store(1, relaxed); }
    static void watch(Shared& s) {
        P::at_every_step([&s] { return s.a.load() == 1; }, "a is set");
    }
};

TEST_CASE("the rule holds when the setup has ended") {
    const auto outcome = searched<BrokenFromTheStart>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->invariant == "a is set");
    CHECK(listing(outcome).empty());
}

struct Flagged {
    using Shared = Pair;
    static void act(unsigned thread, Shared& s) {
        int none = 0;
        if (thread == 0) static_cast<void>(s.a.compare_exchange_strong(none, 1));
        if (thread == 1) s.b.store(1, relaxed);
    }
    static void watch(Shared& s) {
        P::at_every_step([&s] { return s.a.load() >= 0; }, "the first holds");
        P::at_every_step([&s] { return s.a.load() == 1 || s.b.load() == 0; }, "the second is named");
    }
};

TEST_CASE("of several rules the one that is broken is named") {
    const auto outcome = searched<Flagged>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->invariant == "the second is named");
}

}  // namespace
}  // namespace revenant::model::relacy
