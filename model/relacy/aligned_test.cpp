// Objects that ask for more than the usual alignment.
#include <doctest/doctest.h>

#include <cstdint>

#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/search/bounded.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;

/// What asks for a cache line of its own.
struct alignas(128) Aligned {
    P::atomic<int> number{0};
    char more[100] = {};
};

class AlignedObjects final : public Program {
public:
    void setup() override {
        for (auto*& object : objects_) object = P::make<Aligned>("aligned");
    }
    void thread(unsigned index) override { objects_[index]->number.fetch_add(1, std::memory_order::relaxed); }
    void teardown() override {
        for (auto* const object : objects_) {
            P::check(reinterpret_cast<std::uintptr_t>(object) % alignof(Aligned) == 0, check_kind::assertion,
                     "an object lies as it asks to");
            P::destroy(object);
        }
    }

private:
    Aligned* objects_[5] = {};
};

TEST_CASE("an object that asks for more than the usual alignment gets it, and its memory is given back") {
    AlignedObjects program;
    search::BoundedSearch strategy(1);
    const auto outcome = explore(program, 2, strategy, {});
    CHECK_FALSE(outcome.finding);
    CHECK(outcome.executions_complete > 1);
}

}  // namespace
}  // namespace revenant::model::relacy
