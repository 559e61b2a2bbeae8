// What must hold after every step: where it is looked at, what may look, and that an exhaustive search comes
// to every order of the changes that can be told apart.
#include <doctest/doctest.h>

#include <revenant/cells/every_step.hpp>

#include "model/relacy/test_search.hpp"
#include "model/search/bounded.hpp"
#include "model/search/pct.hpp"
#include "model/search/random.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;
using Atomic = P::atomic<int>;
constexpr auto relaxed = std::memory_order::relaxed;
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

/// An object behind a pointer, which is looked at as long as the pointer leads to it.
struct Published {
    struct Object {
        Atomic count{1, {"count"}};
    };
    struct Shared {
        P::atomic<Object*> pointer{nullptr, {"pointer"}};
        Atomic other{0, {"other"}};
    };
    static void watch(Shared& s) {
        s.pointer.store(P::make<Object>("object"));
        P::at_every_step(
            [&s] {
                const auto* const object = s.pointer.load();
                return object == nullptr || object->count.load() == 1;
            },
            "what is published lives");
    }
};
struct TakenBackFirst : Published {
    static void act(unsigned thread, Shared& s) {
        if (thread == 0) P::destroy(s.pointer.exchange(nullptr));
        if (thread == 1) static_cast<void>(s.other.load());
    }
};
struct TakenBackByAnother : Published {
    static void act(unsigned thread, Shared& s) {
        if (thread == 0) s.pointer.store(nullptr, relaxed);
        if (thread == 1) {
            static_cast<void>(s.other.load());  // a step that conflicts with none
            P::destroy(object);
        }
    }
    static void watch(Shared& s) {
        Published::watch(s);
        object = s.pointer.load();
    }
    static inline Object* object = nullptr;
};

TEST_CASE("an object may go once what is looked at leads to it no more") {
    CHECK(searched<TakenBackFirst>().verdict == Verdict::correct);
}
TEST_CASE("to look at an atomic whose object another thread has freed is a use after free") {
    const auto outcome = searched<TakenBackByAnother>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::use_after_free);
    CHECK(outcome.finding->sentence == "T2 uses object#1.count after it freed object#1 (step 6).");
    check_replay<TakenBackByAnother>(outcome);
}

/// As before, of memory that is given back with the object in it.
struct LeftInFreed : Published {
    static void act(unsigned thread, Shared& s) {
        if (thread == 0) s.pointer.store(nullptr, relaxed);
        if (thread == 1) {
            static_cast<void>(s.other.load());
            P::deallocate(object, sizeof(Object), alignof(Object), source::current());
        }
    }
    // Relacy counts what was not destroyed as a leak, which another order would be found broken for.
    static void check(Shared&) { std::destroy_at(object); }
    static void watch(Shared& s) {
        Published::watch(s);
        object = s.pointer.load();
    }
    static inline Object* object = nullptr;
};

TEST_CASE("so it is where its destructor has not run") {
    const auto outcome = searched<LeftInFreed>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::use_after_free);
}

/// A place that is used again, which is looked at while it is said to be in use. To make something there may
/// be the first that a thread does.
template <bool reads_first>
struct Reused {
    struct Object {
        Atomic count{1, {"count"}};
    };
    struct Shared {
        alignas(Object) std::byte place[sizeof(Object)];
        Atomic is_used{0, {"is_used"}};
        Atomic other{0, {"other"}};
    };
    static Object* object_in(Shared& s) { return std::launder(reinterpret_cast<Object*>(s.place)); }
    static void act(unsigned thread, Shared& s) {
        if (thread == 1) s.is_used.store(1, relaxed);
        if (thread == 0) {
            if (reads_first) static_cast<void>(s.other.load());
            static_cast<void>(P::make_in<Object>(s.place, "object"));
        }
    }
    static void check(Shared& s) { P::destroy_in(object_in(s)); }
    static void watch(Shared& s) {
        P::destroy_in(P::make_in<Object>(s.place, "object"));
        P::at_every_step([&s] { return s.is_used.load() == 0 || object_in(s)->count.load() == 1; },
                         "what is used lives");
    }
};

TEST_CASE("to look at an atomic before it is made is a use after free, in whatever order it is made") {
    for (const auto& outcome : {searched<Reused<true>>(), searched<Reused<false>>()}) {
        REQUIRE(outcome.finding);
        CHECK(outcome.finding->kind == FindingKind::use_after_free);
        CHECK(outcome.finding->sentence == "T2 uses object#2.count after it was destroyed.");
    }
}

/// The first thread does nothing; what is looked at does this.
class Looking final : public Program {
public:
    struct Shared : Pair {
        P::mutex mutex;
        P::shared_mutex shared;
        P::condition_variable condition;
        P::once_flag flag;
        P::var<int> data{0, {"data"}};
        P::guarded<int> container{cell_name{"container"}, 0};
        P::plain_data plain;
        P::atomic_flag raised;
    };
    using Does = void (*)(Shared&);
    explicit Looking(Does does) : does_(does) {}
    void setup() override {
        shared_ = P::make<Shared>("shared");
        P::at_every_step([this] { return does_(*shared_), true; }, "is looked at");
    }
    void thread(unsigned) override { shared_->a.store(1); }
    void teardown() override { P::destroy(shared_); }

private:
    Does does_;
    Shared* shared_ = nullptr;
};

std::string found(Looking::Does does) {
    Looking program(does);
    search::Dpor dpor;
    const auto outcome = explore(program, 2, dpor, {});
    if (!outcome.finding) return to_text(outcome.verdict);
    CHECK(outcome.finding->kind == FindingKind::invariant);
    return outcome.finding->invariant;
}

TEST_CASE("what is looked at reads atomics") {
    CHECK(found([](auto& s) { static_cast<void>(s.a.load()); }) == "correct");
    CHECK(found([](auto& s) { static_cast<void>(int(s.b)); }) == "correct");
    CHECK(found([](auto& s) { static_cast<void>(s.raised.test()); }) == "correct");
    CHECK(found([](auto& s) { static_cast<void>(s.a.load_to_confirm(relaxed)); }) == "correct");
}

TEST_CASE("whatever else it does is refused") {
    const Looking::Does refused[] = {
        [](auto& s) { s.a.store(1); },
        [](auto& s) { static_cast<void>(s.a.exchange(1)); },
        [](auto& s) { s.a.fetch_add(1); },
        [](auto& s) {
            int none = 0;
            static_cast<void>(s.a.compare_exchange_strong(none, 1));
        },
        [](auto& s) { static_cast<void>(s.raised.test_and_set()); },
        [](auto& s) { s.mutex.lock(); },
        [](auto& s) { static_cast<void>(s.mutex.try_lock()); },
        [](auto& s) { s.mutex.unlock(); },
        [](auto& s) { s.shared.lock_shared(); },
        [](auto& s) { revenant::lock(s.mutex, s.shared); },
        [](auto& s) { s.condition.notify_all(); },
        [](auto& s) { P::call_once(s.flag, [] {}); },
        [](auto& s) { static_cast<void>(s.data.get()); },
        [](auto& s) { s.data.set(1); },
        [](auto& s) { static_cast<void>(s.container.read()); },
        [](auto& s) { s.container.write() = 1; },
        [](auto& s) { s.plain.reading(); },
        [](auto&) { static_cast<void>(P::make<int>("number", 1)); },
        [](auto& s) { P::destroy(&s); },
        [](auto&) { const Atomic local{0}; },
        [](auto&) { const P::var<int> local{0}; },
        [](auto&) { const P::mutex local; },
        [](auto& s) { s.a.~Atomic(); },
        [](auto&) { P::fence(std::memory_order::seq_cst); },
        [](auto&) { P::fence(std::memory_order::acquire); },
        [](auto&) { P::yield(); },
        [](auto&) { P::calls("nothing"); },
        [](auto&) { P::at_every_step([] { return true; }, "another"); },
    };
    for (std::size_t i = 0; i < std::size(refused); ++i) {
        CAPTURE(i);
        CHECK(found(refused[i]) == every_step_rules::refusal);
    }
    CHECK(found([](auto&) { throw 1; }) == "no exception leaves what is looked at after every step");
}

struct SaidLate {
    using Shared = Pair;
    static void act(unsigned, Shared&) {
        P::at_every_step([] { return true; }, "too late");
    }
};
struct SaidNineTimes {
    using Shared = Pair;
    static void act(unsigned, Shared&) {}
    static void watch(Shared&) {
        for (int i = 0; i < 9; ++i) P::at_every_step([] { return true; }, "one of nine");
    }
};

TEST_CASE("it is said in the setup, up to eight times") {
    const auto late = searched<SaidLate>();
    REQUIRE(late.finding);
    CHECK(late.finding->invariant == every_step_rules::too_late);
    const auto often = searched<SaidNineTimes>();
    REQUIRE(often.finding);
    CHECK(often.finding->invariant == every_step_rules::too_many);
}

}  // namespace
}  // namespace revenant::model::relacy
