// Canaries: plain mistakes that the model must report, whatever the compiler and the optimisation level.
//
// This program is built once for each level (CMakeLists.txt). A compiler flag that is lost can make the
// model silently blind (g++ removes the store by which Relacy knows a destroyed object): then one of
// these sings no more. Each mistake has a twin without it, which must end well.
#include <doctest/doctest.h>

#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/search/full.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;

struct Object {
    P::atomic<int> number{0, {"number"}};
    P::var<int> plain{0, {"plain"}};
};

/// Two threads and one object. `Wrong` makes the mistake.
template <class Body, bool Wrong>
class Canary final : public Program {
public:
    void setup() override {
        object_ = P::make<Object>("object");
        mutex_ = P::make<P::mutex>("lock");
        Body::setup(*this);
    }
    void thread(unsigned index) override { Body::thread(*this, index); }
    void teardown() override {
        Body::teardown(*this);
        P::destroy(mutex_);
    }

    static constexpr bool wrong = Wrong;
    Object* object_ = nullptr;
    P::mutex* mutex_ = nullptr;
};

struct Body {
    template <class C>
    static void setup(C&) {}
    template <class C>
    static void teardown(C& c) {
        P::destroy(c.object_);
    }
};

// T1 frees the object that T2 reads.
struct UseAfterFree : Body {
    template <class C>
    static void thread(C& c, unsigned index) {
        if (index == 1) static_cast<void>(c.object_->number.load(std::memory_order::seq_cst));
        if (index == 0 && C::wrong) P::destroy(c.object_);
    }
    template <class C>
    static void teardown(C& c) {
        if (!C::wrong) P::destroy(c.object_);
    }
};

// The same with plain data: nothing but the destroyed object itself tells.
struct PlainUseAfterFree : Body {
    template <class C>
    static void thread(C& c, unsigned index) {
        if (index != 0) return;
        if (C::wrong) P::destroy(c.object_);
        static_cast<void>(c.object_->plain.get());
    }
    template <class C>
    static void teardown(C& c) {
        if (!C::wrong) P::destroy(c.object_);
    }
};

struct DataRace : Body {
    template <class C>
    static void thread(C& c, unsigned) {
        if (!C::wrong) c.mutex_->lock();
        c.object_->plain.set(1);
        if (!C::wrong) c.mutex_->unlock();
    }
};

struct Leak : Body {
    template <class C>
    static void thread(C&, unsigned) {}
    template <class C>
    static void teardown(C& c) {
        if (!C::wrong) P::destroy(c.object_);
    }
};

struct DoubleFree : Body {
    template <class C>
    static void thread(C& c, unsigned index) {
        if (index == 0) P::destroy(c.object_);
    }
    template <class C>
    static void teardown(C& c) {
        if (C::wrong) P::destroy(c.object_);
    }
};

struct Deadlock : Body {
    template <class C>
    static void thread(C& c, unsigned index) {
        c.mutex_->lock();
        if (index == 0 && C::wrong) c.mutex_->lock();
        c.mutex_->unlock();
    }
};

// T2 destroys the object when it has seen T1's flag, which orders nothing unless it is acquired.
struct UnorderedDestroy : Body {
    template <class C>
    static void thread(C& c, unsigned index) {
        const auto release = C::wrong ? std::memory_order::relaxed : std::memory_order::acq_rel;
        if (c.object_->number.fetch_add(1, release) == 1) P::destroy(c.object_);
        static_cast<void>(index);
    }
    template <class C>
    static void teardown(C&) {}
};

template <class Mistake, FindingKind Kind>
struct Case {
    using Body = Mistake;
    static constexpr FindingKind kind = Kind;
};

template <class Body, bool Wrong>
Outcome outcome(bool unordered_destroys_fail) {
    Canary<Body, Wrong> program;
    search::FullSearch strategy;
    ExploreOptions options;
    options.unordered_destroys_fail = unordered_destroys_fail;
    return explore(program, 2, strategy, options);
}

}  // namespace

// Without the unordered destroy, which would be found first, only the use after the free is left to find.
TEST_CASE_TEMPLATE("the model reports a plain mistake, and none where there is none", C,
                   Case<UseAfterFree, FindingKind::use_after_free>,
                   Case<PlainUseAfterFree, FindingKind::use_after_free>,
                   Case<DataRace, FindingKind::data_race>, Case<Leak, FindingKind::leak>,
                   Case<DoubleFree, FindingKind::double_free>, Case<Deadlock, FindingKind::deadlock>) {
    const auto wrong = outcome<typename C::Body, true>(false);
    REQUIRE(wrong.finding);
    CHECK(to_text(wrong.finding->kind) == std::string(to_text(C::kind)));
    const auto right = outcome<typename C::Body, false>(true);
    CHECK(right.verdict == Verdict::correct);
    CHECK(right.exhaustive);
}

TEST_CASE("a destroy that no order puts after a use is a data race, although it comes after it") {
    const auto wrong = outcome<UnorderedDestroy, true>(true);
    REQUIRE(wrong.finding);
    CHECK(wrong.finding->kind == FindingKind::data_race);
    CHECK(outcome<UnorderedDestroy, false>(true).verdict == Verdict::correct);
    CHECK(outcome<UnorderedDestroy, true>(false).verdict == Verdict::correct);
}

}  // namespace revenant::model::relacy
