// What a trace says of a pointer: the object that it points to, never an address.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/relacy/test_orders.hpp"
#include "model/search/bounded.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;

struct Node {
    P::var<int> number{0};
};

/// T1 does what there is to do with pointers; T2 only looks at the head at the end.
class Pointers final : public Program {
public:
    void setup() override {
        head_ = P::make<P::atomic<Node*>>("list", nullptr, cell_name{"head"});
        last_ = P::make<P::var<const void*>>("end", nullptr, cell_name{"last"});
        packed_ = P::make<P::atomic<std::uintptr_t>>("pair", 0u, cell_name{"packed", cell_role::opaque});
        nodes_[0] = P::make<Node>("node");
        nodes_[1] = P::make<Node>("node");
    }
    void thread(unsigned index) override {
        if (index == 1) return;
        Node* expected = nullptr;
        head_->compare_exchange_strong(expected, nodes_[1], order, order);
        expected = nullptr;
        head_->compare_exchange_strong(expected, nodes_[0], order, order);
        static_cast<void>(head_->exchange(nodes_[0], order));
        last_->set(&on_no_block);
        last_->set(reinterpret_cast<const char*>(nodes_[1]) + 1);
        std::uintptr_t pair = 1;
        packed_->compare_exchange_strong(pair, 2, order, order);
        pair = 0;
        packed_->compare_exchange_strong(pair, reinterpret_cast<std::uintptr_t>(nodes_[0]) | 1, order, order);
        static_cast<void>(packed_->load(order));
    }
    void teardown() override { P::violated(FindingKind::invariant, "the trace is wanted"); }

private:
    static inline int on_no_block = 0;
    P::atomic<Node*>* head_ = nullptr;
    P::var<const void*>* last_ = nullptr;
    P::atomic<std::uintptr_t>* packed_ = nullptr;
    Node* nodes_[2] = {};
};

std::vector<std::string> steps_of(const Outcome& outcome) {
    std::vector<std::string> steps;
    for (const auto& step : outcome.trace.steps) {
        if (step.thread == 0) steps.push_back(outcome.trace.describe(step));
    }
    return steps;
}

TEST_CASE("a pointer is shown as the object that it points to, and a failed CAS as one that failed") {
    Pointers program;
    search::BoundedSearch strategy(0);
    const auto outcome = explore(program, 2, strategy, {});
    REQUIRE(outcome.finding);
    CHECK(steps_of(outcome) ==
          std::vector<std::string>{"list#1.head CAS null→node#2", "list#1.head CAS failed, = node#2",
                                   "list#1.head exchange node#2→node#1", "end#1.last write = outside#1",
                                   "end#1.last write = node#2+1", "pair#1.packed CAS failed",
                                   "pair#1.packed CAS", "pair#1.packed load"});
    for (const auto& step : outcome.trace.steps) CHECK(step.operation.after < std::uint64_t{1} << 40);
}

}  // namespace
}  // namespace revenant::model::relacy
