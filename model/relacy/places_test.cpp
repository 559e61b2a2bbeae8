// Objects in a scenario's own memory: its address is used again, and faults are found all the same.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>

#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/relacy/test_orders.hpp"
#include "model/search/dpor.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;

struct Object {
    explicit Object(int number) : count(number, {"count"}) {}
    P::atomic<int> count;
};

/// T1 acts on a place in which an object lies; T2 does nothing.
class Places final : public Program {
public:
    using Act = void (*)(Places&);
    explicit Places(Act act) : act_(act) {}
    void setup() override { object = make(1); }
    void thread(unsigned index) override {
        if (index == 0) act_(*this);
    }
    void teardown() override {}

    Object* make(int number) { return P::make_in<Object>(memory_.data(), "object", number); }

    Object* object = nullptr;

private:
    Act act_;
    alignas(16) std::array<std::byte, 256> memory_{};
};

Outcome outcome_of(Places::Act act) {
    Places program(act);
    search::Dpor strategy;
    return explore(program, 2, strategy, {});
}

TEST_CASE("an address is used again at once, and whoever kept it finds the next object") {
    const auto outcome = outcome_of([](Places& places) {
        Object* const kept = places.object;
        P::destroy_in(places.object);
        Object* const next = places.make(2);
        const bool found = next == kept && kept->count.load(relaxed) == 2;
        P::check(found, check_kind::assertion, "it is the next one");
        P::destroy_in(next);
    });
    CHECK(outcome.verdict == Verdict::correct);
    REQUIRE(outcome.trace.blocks.size() == 2);
    CHECK(outcome.trace.blocks[1].ordinal == 2);
    CHECK(outcome.trace.blocks[1].freed_step > outcome.trace.blocks[0].freed_step);
}

TEST_CASE("a use before the address is used again is a use after free") {
    const auto outcome = outcome_of([](Places& places) {
        P::destroy_in(places.object);
        static_cast<void>(places.object->count.load(relaxed));
    });
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::use_after_free);
}

TEST_CASE("what is destroyed twice in a place is a double free") {
    const auto outcome = outcome_of([](Places& places) {
        P::destroy_in(places.object);
        P::destroy_in(places.object);
    });
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::double_free);
}

}  // namespace
}  // namespace revenant::model::relacy
