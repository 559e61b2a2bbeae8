// What may look at what must hold after every step, and where that is said.
#include <doctest/doctest.h>

#include <iterator>

#include <revenant/cells/every_step.hpp>
#include "model/relacy/test_search.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;
using Atomic = P::atomic<int>;

struct RefusedPair {
    Atomic a{0, {"a"}};
    Atomic b{0, {"b"}};
};

/// The first thread does nothing; what is looked at does this.
class Looking final : public Program {
public:
    struct Shared : RefusedPair {
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
    using Shared = RefusedPair;
    static void act(unsigned, Shared&) {
        P::at_every_step([] { return true; }, "too late");
    }
};
struct SaidNineTimes {
    using Shared = RefusedPair;
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
