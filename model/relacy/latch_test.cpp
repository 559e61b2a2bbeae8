// The latch, in the model world.
#include <doctest/doctest.h>

#include "model/relacy/test_search.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;

template <std::ptrdiff_t expected>
struct Latched {
    P::latch latch{expected, {"latch"}};
    P::var<int> ready{0, {"ready"}};
    P::var<int> other{0, {"other"}};
};

struct OneForAll {  // any number of threads waits for one
    using Shared = Latched<1>;
    static void act(unsigned index, Shared& all) {
        if (index == 0) {
            all.ready.set(1);
            all.latch.count_down();
        } else {
            all.latch.wait();
            P::check(all.ready.get() == 1, check_kind::assertion, "who has waited sees it");
        }
    }
};
struct AllForOne {  // the last thread waits for two
    using Shared = Latched<2>;
    static void act(unsigned index, Shared& all) {
        if (index == 0) all.ready.set(1);
        if (index == 1) all.other.set(1);
        if (index < 2) return all.latch.count_down();
        all.latch.wait();
        P::check(all.ready.get() + all.other.get() == 2, check_kind::assertion, "who has waited sees both");
    }
};
struct AtOnce {
    using Shared = Latched<4>;
    static void act(unsigned index, Shared& all) {
        (index == 0 ? all.ready : all.other).set(1);
        all.latch.arrive_and_wait(2);
        P::check(all.ready.get() + all.other.get() == 2, check_kind::assertion, "who has waited sees both");
    }
};
struct ReadsBefore : OneForAll {
    static void act(unsigned index, Shared& all) {
        if (index == 0) return OneForAll::act(index, all);
        static_cast<void>(all.ready.get());
        all.latch.wait();
    }
};
struct WritesAfter : OneForAll {
    static void act(unsigned index, Shared& all) {
        if (index != 0) return OneForAll::act(index, all);
        all.latch.count_down();
        all.ready.set(1);
    }
};
struct CountsNothing {  // what it has done is in no order with who waits
    using Shared = Latched<1>;
    static void act(unsigned index, Shared& all) {
        if (index == 0) return all.latch.count_down();
        if (index == 1) {
            all.ready.set(1);
            all.latch.count_down(0);
        } else {
            all.latch.wait();
            static_cast<void>(all.ready.get());
        }
    }
};
struct Open {  // nobody has to wait
    using Shared = Latched<0>;
    static void act(unsigned, Shared& all) {
        all.latch.count_down(0);
        all.latch.arrive_and_wait(0);
    }
    static void check(Shared& all) { all.latch.wait(); }
};
struct CountsWrong {
    using Shared = Latched<3>;
    static void act(unsigned index, Shared& all) { index == 0 ? all.latch.count_down(2) : all.latch.wait(); }
};
struct CountsTooFar {
    using Shared = Latched<1>;
    static void act(unsigned, Shared& all) { all.latch.count_down(); }
};
struct WaitsInSetup {
    struct Shared {
        P::latch latch{1, {"latch"}};
        Shared() { latch.wait(); }
    };
    static void act(unsigned, Shared&) {}
};
struct TooLarge {
    struct Shared {
        P::latch latch{P::latch::max() + 1};
    };
    static void act(unsigned, Shared&) {}
};
struct Freed {  // by who counts it down, while another one waits
    struct Shared {
        P::latch* latch = P::make<P::latch>("gate", 1);
    };
    static void act(unsigned index, Shared& all) {
        if (index != 0) return all.latch->wait();
        all.latch->count_down();
        P::destroy(all.latch);
    }
};

struct FreedAtOnce : Freed {  // and by who does not count it down
    static void act(unsigned index, Shared& all) {
        if (index != 0) return all.latch->wait();
        P::destroy(all.latch);
    }
};
struct FreedAfterwards : Freed {  // by who has waited for it
    static void act(unsigned index, Shared& all) {
        if (index == 0) return all.latch->count_down();
        all.latch->wait();
        P::destroy(all.latch);
    }
};

template <class Act>
void check_proven(unsigned threads) {
    const auto outcome = searched<Act>(threads);
    INFO(listing(outcome) << (outcome.finding ? outcome.finding->sentence : ""));
    CHECK(outcome.exhaustive);
    CHECK(outcome.executions_complete == 1);  // nobody can tell who was first
}

TEST_CASE("who waits for a latch sees what all that count it down have done") {
    check_proven<OneForAll>(2);
    check_proven<OneForAll>(4);
    check_proven<AllForOne>(3);
    check_proven<AtOnce>(2);
    check_proven<Open>(2);
}

TEST_CASE("who counts a latch down by 0 comes before nobody") {
    const auto outcome = searched<CountsNothing>(3);
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::data_race);
    check_replay<CountsNothing>(outcome);
}

TEST_CASE_TEMPLATE("a latch orders what comes before its count and after its wait, and nothing else", Act,
                   ReadsBefore, WritesAfter) {
    const auto outcome = searched<Act>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::data_race);
    check_replay<Act>(outcome);
}

TEST_CASE("a latch that is never counted down is a deadlock, and the sentence names it") {
    const auto outcome = searched<CountsWrong>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::deadlock);
    CHECK(outcome.finding->sentence ==
          "T2 waits at model/relacy/latch_test.cpp:85 for shared#1.latch, which nobody will count down. A "
          "deadlock.");
    CHECK(listing(outcome) == "T1 shared#1.latch count_down 3→1\n");
    check_replay<CountsWrong>(outcome);
    const auto alone = searched<WaitsInSetup>();
    REQUIRE(alone.finding);
    CHECK(alone.finding->kind == FindingKind::deadlock);
}

TEST_CASE("a latch is counted down to 0 and no further") {
    const auto outcome = searched<CountsTooFar>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::invariant);
    CHECK(outcome.finding->invariant == "a latch is counted down to 0 and no further");
    check_replay<CountsTooFar>(outcome);
    const auto made = searched<TooLarge>();
    REQUIRE(made.finding);
    CHECK(made.finding->invariant == "a latch is made with a count from 0 to its max()");
}

TEST_CASE_TEMPLATE("a latch that is freed while a thread may come to wait for it is used after that", Act,
                   Freed, FreedAtOnce) {
    const auto outcome = searched<Act>();
    REQUIRE(outcome.finding);
    CHECK((outcome.finding->kind == FindingKind::use_after_free ||
           outcome.finding->kind == FindingKind::data_race));
    check_replay<Act>(outcome);
}

TEST_CASE("who has waited for a latch may free it") { check_proven<FreedAfterwards>(2); }

}  // namespace
}  // namespace revenant::model::relacy
