// Objects of modelled code that come from `new` and end by `delete`, past the Platform's make and destroy:
// they have no name in a trace, and every fault of theirs is found all the same.
#include <doctest/doctest.h>

#include <memory>

#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/search/dpor.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;

struct Counted {
    P::atomic<int> count{2, {"count"}};
    P::var<int> data{7, {"data"}};
};

/// Two threads that drop a reference each. `Drop` is what they do to the object.
template <class Drop>
class Drops : public Program {
public:
    void setup() override { object_ = new Counted; }
    void thread(unsigned) override { Drop::act(object_); }
    void teardown() override {}

private:
    Counted* object_ = nullptr;
};

struct Right {
    static void act(Counted* object) {
        if (object->count.fetch_sub(1, std::memory_order::acq_rel) == 1) delete object;
    }
};
struct ReadsAfterItsDecrement {
    static void act(Counted* object) {
        const bool last = object->count.fetch_sub(1, std::memory_order::acq_rel) == 1;
        static_cast<void>(object->data.get());
        if (last) delete object;
    }
};
struct Leaks {
    static void act(Counted* object) {
        static_cast<void>(object->count.fetch_sub(1, std::memory_order::acq_rel));
    }
};
struct DeletesTwice {
    static void act(Counted* object) {
        static_cast<void>(object->count.fetch_sub(1, std::memory_order::acq_rel));
        delete object;
    }
};

template <class Drop>
Outcome outcome_of() {
    Drops<Drop> program;
    search::Dpor strategy;
    return explore(program, 2, strategy, {});
}

TEST_CASE("an object from new that is deleted once is proven right") {
    const auto outcome = outcome_of<Right>();
    CHECK(outcome.verdict == Verdict::correct);
    CHECK(outcome.exhaustive);
}

TEST_CASE("a use of an object after its delete is found") {
    const auto outcome = outcome_of<ReadsAfterItsDecrement>();
    REQUIRE(outcome.finding);
    CHECK((outcome.finding->kind == FindingKind::use_after_free ||
           outcome.finding->kind == FindingKind::data_race));
}

TEST_CASE("an object that nobody deletes is a leak") {
    const auto outcome = outcome_of<Leaks>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::leak);
}

TEST_CASE("an object that is deleted twice is found") {
    const auto outcome = outcome_of<DeletesTwice>();
    REQUIRE(outcome.finding);
    CHECK((outcome.finding->kind == FindingKind::double_free ||
           outcome.finding->kind == FindingKind::use_after_free ||
           outcome.finding->kind == FindingKind::data_race));
}

}  // namespace
}  // namespace revenant::model::relacy
