// tutorial/claim_vs_read: T1 puts its node into an empty slot; the others look whether one is there, and read
// it.
#pragma once

#include <revenant/platform.hpp>
#include "model/program.hpp"
#include "scenarios/calls.hpp"

namespace revenant::scenarios {

/// Release on success: with the acquire of those who look. What crosses is the node. On failure nothing is
/// used.
struct StrongClaim {
    template <class Slot, class Node>
    static bool claim(Slot& slot, Node* node) {
        Node* expected = nullptr;
        return slot.compare_exchange_strong(expected, node, std::memory_order::release,
                                            std::memory_order::relaxed);
    }
};

/// WRONG ON PURPOSE: a weak CAS may fail although the slot is empty, and nobody tries again. Convicted by
/// tutorial/claim_vs_read.
struct WeakClaimOnce {
    template <class Slot, class Node>
    static bool claim(Slot& slot, Node* node) {
        Node* expected = nullptr;
        return slot.compare_exchange_weak(expected, node, std::memory_order::release,
                                          std::memory_order::relaxed);
    }
};

struct WeakClaimInLoop {
    template <class Slot, class Node>
    static bool claim(Slot& slot, Node* node) {
        Node* expected = nullptr;
        while (!slot.compare_exchange_weak(expected, node, std::memory_order::release,
                                           std::memory_order::relaxed)) {
            if (expected != nullptr) return false;
        }
        return true;
    }
};

template <class P, class Claim>
class ClaimVsRead final : public model::Program {
    struct Node {
        typename P::template var<int> number{7, {"number"}};
    };
    struct Slot {
        typename P::template atomic<Node*> owner{nullptr, {"owner"}};
    };

public:
    explicit ClaimVsRead(unsigned) {}

    void setup() override { slot_ = P::template make<Slot>("slot"); }
    void thread(unsigned index) override {
        if (index == 0) {
            calls<P>("claim");
            auto* const node = P::template make<Node>("node");
            if (!Claim::claim(slot_->owner, node)) P::destroy(node);
            return;
        }
        calls<P>("read");
        const Node* const owner = slot_->owner.load(std::memory_order::acquire);
        if (owner == nullptr) return;
        P::check(owner->number.get() == 7, check_kind::assertion, "a node that is found is complete");
    }
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override { return thread == 0 ? 0 : 1; }
    void teardown() override {
        auto* const owner = slot_->owner.load(std::memory_order::relaxed);
        if (owner == nullptr) violated<P>(model::FindingKind::invariant, "an empty slot is claimed");
        P::destroy(owner);
        P::destroy(slot_);
    }

private:
    Slot* slot_ = nullptr;
};

}  // namespace revenant::scenarios
