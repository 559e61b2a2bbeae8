// What must hold after every step, where the atomics that are looked at come and go.
#include <doctest/doctest.h>

#include <memory>
#include <new>

#include "model/relacy/test_search.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;
using Atomic = P::atomic<int>;

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

}  // namespace
}  // namespace revenant::model::relacy
