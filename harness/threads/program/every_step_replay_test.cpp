// What must hold after every step, on real threads: looked at after each step of a script, by nothing but
// loads of atomics, and never under noise.
#include <string>

#include <revenant/cells/every_step.hpp>
#include "harness/threads/program/test_replay.hpp"

namespace revenant::harness::threads {
namespace {

/// What holds after every step, or does not; the second where nothing is given back first.
template <bool gives_first>
struct Watched {
    template <class P>
    static void act(unsigned index, Shared<P>& all) {
        if (index == 0) {
            if (gives_first) all.count.fetch_sub(1, relaxed);
            all.other.fetch_add(1, relaxed);
            if (!gives_first) all.count.fetch_sub(1, relaxed);
        } else {
            all.a.lock();
            all.data.set(static_cast<int>(all.count.load(relaxed)));
            all.a.unlock();
        }
    }
    template <class P>
    static void watch(Shared<P>& all) {
        P::at_every_step([&all] { return all.count.load() + all.other.load() <= 0; }, "none is made");
    }
};

TEST_CASE("real threads look after every step of every execution of the model") {
    check_all<Watched<true>>(3, 6);
}

TEST_CASE("what a step of the model breaks, the same step of real threads breaks") {
    std::vector<Script> scripts;
    const auto outcome = searched<Watched<false>>(2, scripts);
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->invariant == "none is made");
    const auto script = model::threads::script_steps(outcome.trace);
    REQUIRE(script);
    const auto ended = on_threads<Watched<false>>(*script, 2);
    CHECK(ended.status == model::threads::exit_check_failed);
    CHECK(ended.happened.failed_kind == "invariant");
    CHECK(ended.happened.failed_text == "none is made");
    CHECK(ended.happened.recorded_steps == script->size());
}

/// Nothing that the model would be asked about: what a look does on real threads.
struct Looks {
    template <class P>
    static void act(unsigned, Shared<P>& all) {
        all.count.fetch_add(1, relaxed);
    }
};
template <class Deed>
struct LooksAnd : Looks {
    template <class P>
    static void watch(Shared<P>& all) {
        P::at_every_step([&all] { return Deed::holds(all); }, "it is looked at");
    }
};
struct IsFalse {
    static bool holds(Shared<P>&) { return false; }
};
struct Stores {
    static bool holds(Shared<P>& all) { return all.count.store(1), true; }
};
struct ReadsData {
    static bool holds(Shared<P>& all) { return all.data.get() == 0; }
};
struct Locks {
    static bool holds(Shared<P>& all) { return all.a.lock(), true; }
};
struct LocksTogether {
    static bool holds(Shared<P>& all) { return revenant::lock(all.a, all.b), true; }
};
struct Makes {
    static bool holds(Shared<P>&) { return P::make<int>("number", 1) != nullptr; }
};
struct Fences {
    static bool holds(Shared<P>&) { return P::fence(std::memory_order::seq_cst), true; }
};
struct SaysMore {
    static bool holds(Shared<P>&) {
        P::at_every_step([] { return true; }, "more");
        return true;
    }
};
struct Throws {
    static bool holds(Shared<P>&) { throw 1; }
};
struct SaysLate : Looks {
    template <class P>
    static void act(unsigned, Shared<P>&) {
        P::at_every_step([] { return true; }, "late");
    }
};
struct SaysNine : Looks {
    template <class P>
    static void watch(Shared<P>&) {
        for (int i = 0; i < 9; ++i) P::at_every_step([] { return true; }, "one of nine");
    }
};

template <class Act>
std::string why_it_failed() {
    std::vector<Script> scripts;
    static_cast<void>(searched<Looks>(2, scripts));
    REQUIRE_FALSE(scripts.empty());
    const auto ended = on_threads<Act>(scripts.front(), 2);
    CHECK(ended.status == model::threads::exit_check_failed);
    CHECK(ended.steps.empty());  // it is looked at before the first
    return ended.happened.failed_text;
}

TEST_CASE("on real threads a look may load atomics, and do nothing else") {
    const std::string refusal = every_step_rules::refusal;
    CHECK(why_it_failed<LooksAnd<IsFalse>>() == "it is looked at");
    CHECK(why_it_failed<LooksAnd<Stores>>() == refusal);
    CHECK(why_it_failed<LooksAnd<ReadsData>>() == refusal);
    CHECK(why_it_failed<LooksAnd<Locks>>() == refusal);
    CHECK(why_it_failed<LooksAnd<LocksTogether>>() == refusal);
    CHECK(why_it_failed<LooksAnd<Makes>>() == refusal);
    CHECK(why_it_failed<LooksAnd<Fences>>() == refusal);
    CHECK(why_it_failed<LooksAnd<SaysMore>>() == refusal);
    CHECK(why_it_failed<LooksAnd<Throws>>() == "no exception leaves what is looked at after every step");
    CHECK(why_it_failed<SaysLate>() == every_step_rules::too_late);
    CHECK(why_it_failed<SaysNine>() == every_step_rules::too_many);
}

TEST_CASE("nothing is looked at under noise") {
    using model::threads::Noise;
    for (const auto noise : {Noise::none, Noise::yields, Noise::sleeps, Noise::pct, Noise::random}) {
        GatePlan plan;
        plan.threads = 3;
        plan.noise = noise;
        ActProgram<P, LooksAnd<IsFalse>> program;
        CHECK(run(program, plan).status == 0);
    }
}

}  // namespace
}  // namespace revenant::harness::threads
