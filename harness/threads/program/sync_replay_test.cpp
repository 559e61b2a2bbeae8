// Every execution that the model has of a program, taken step for step on real threads: mutexes of each kind,
// condition variables, what is done once. And the same programs under noise.
#include <chrono>
#include <vector>

#include "harness/threads/program/test_gate_run.hpp"
#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/relacy/recorder.hpp"
#include "model/relacy/untracked.hpp"
#include "model/search/dpor.hpp"
#include "model/threads/script.hpp"

namespace revenant::harness::threads {
namespace {

using Model = model::relacy::relacy_platform;
using model::threads::ScriptStep;
using Script = std::vector<ScriptStep>;

template <class P>
struct Shared {
    typename P::mutex a{cell_name{"a", cell_role::tried}};
    typename P::mutex b{cell_name{"b", cell_role::tried}};
    typename P::recursive_mutex recursive{cell_name{"recursive"}};
    typename P::shared_mutex shared{cell_name{"shared"}};
    typename P::condition_variable changed{cell_name{"changed"}};
    typename P::once_flag flag{cell_name{"flag"}};
    typename P::template var<int> data{0, cell_name{"data"}};
    typename P::template atomic<int> count{0, cell_name{"count"}};
    typename P::template atomic<std::int8_t> other{0, cell_name{"other"}};
};

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

template <class P, class Act>
class ActProgram final : public model::Program {
public:
    explicit ActProgram(std::vector<Script>* scripts = nullptr) : scripts_(scripts) {}
    void setup() override {
        shared_ = P::template make<Shared<P>>("shared");
        if constexpr (requires { Act::watch(*shared_); }) Act::watch(*shared_);
    }
    void thread(unsigned index) override { Act::template act<P>(index, *shared_); }
    void teardown() override {
        if (scripts_ != nullptr) keep();
        P::destroy(shared_);
    }

private:
    void keep() {
        const model::relacy::Untracked scope;
        if (auto script = model::threads::script_steps(model::relacy::recorder().trace)) {
            scripts_->push_back(std::move(*script));
        }
    }
    std::vector<Script>* scripts_;
    Shared<P>* shared_ = nullptr;
};

template <class Act>
model::Outcome searched(unsigned threads, std::vector<Script>& scripts) {
    ActProgram<Model, Act> program(&scripts);
    model::search::Dpor dpor;
    return model::relacy::explore(program, threads, dpor, {});
}

template <class Act>
Ended on_threads(const Script& script, unsigned threads) {
    ActProgram<P, Act> program;
    GatePlan plan;
    plan.threads = threads;
    plan.script = script.data();
    plan.script_size = script.size();
    return run(program, plan);
}

template <class Act>
void check_all(unsigned threads, std::size_t scripts_min) {
    std::vector<Script> scripts;
    const auto outcome = searched<Act>(threads, scripts);
    INFO(outcome.difference << (outcome.finding ? outcome.finding->sentence : ""));
    REQUIRE(outcome.verdict == model::Verdict::correct);
    CHECK(scripts.size() >= scripts_min);
    for (const auto& script : scripts) {
        const auto ended = on_threads<Act>(script, threads);
        INFO("steps followed: " << ended.happened.recorded_steps << " of " << script.size()
                                << (ended.steps.empty() ? "" : ", last " + ended.steps.back()));
        CHECK(ended.happened.end == "well");
        CHECK(ended.happened.recorded_steps == script.size());
    }
}

TEST_CASE("real threads take the steps of every execution of the model") {
    check_all<Tries>(2, 3);
    check_all<Together>(2, 2);
    check_all<Again>(2, 2);
    check_all<Reads>(3, 5);
    check_all<Waits>(3, 4);
    check_all<WakesOneAtATime>(3, 6);
    check_all<WaitsForSomeTime>(2, 3);
    check_all<Once>(2, 2);
}

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

TEST_CASE_TEMPLATE("a deadlock of the model is one of real threads", Act, LostWakeUp, Upgrade) {
    std::vector<Script> scripts;
    const auto outcome = searched<Act>(2, scripts);
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == model::FindingKind::deadlock);
    const auto script = model::threads::script_steps(outcome.trace);
    REQUIRE(script);
    CHECK(on_threads<Act>(*script, 2).happened.end == "deadlock");
}

TEST_CASE_TEMPLATE("the same programs end under every noise", Act, Tries, Together, Again, Reads, Waits,
                   WakesOneAtATime, WaitsForSomeTime, Once, LooksAnd<IsFalse>) {
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

TEST_CASE("who waits for ever under noise is in a deadlock, before the timeout") {
    for (const auto noise : {model::threads::Noise::none, model::threads::Noise::random}) {
        GatePlan plan;
        plan.threads = 2;
        plan.noise = noise;
        ActProgram<P, WaitsForEver> program;
        const auto ended = run(program, plan, 1, 50'000);
        CHECK(ended.status == model::threads::exit_check_failed);
        CHECK(ended.happened.end == "deadlock");
    }
}

}  // namespace
}  // namespace revenant::harness::threads
