// refcount/publish_vs_first_use: T1 puts an object where the others find it, and gives it its first
// reference; the others take one each. refcount/signal_vs_free: T1 waits until the others are done, and frees
// what they signal with.
#pragma once

#include <atomic>
#include <cstdint>

#include <revenant/platform.hpp>
#include "model/program.hpp"
#include "scenarios/calls.hpp"

namespace revenant::scenarios {

enum class Publishes : unsigned char {
    after_count,
    before_count,  ///< WRONG ON PURPOSE: who finds it counts from 0. Convicted by
                   ///< refcount/publish_vs_first_use
};

template <class P, Publishes publishes>
class PublishVsFirstUse final : public model::Program {
    struct Object {
        // No role: that it goes from 0 to 1 once, when it is set, is right.
        typename P::template atomic<std::uint32_t> count{0, {"count"}};
    };
    struct Slot {
        typename P::template atomic<Object*> object{nullptr, {"object"}};
    };

public:
    explicit PublishVsFirstUse(unsigned) {}
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override { return thread == 0 ? 0 : 1; }
    void setup() override { slot_ = P::template make<Slot>("slot"); }
    void thread(unsigned index) override {
        if (index == 0) return publish(P::template make<Object>("object"));
        calls<P>("clone");
        // Order: acquire. Partner: the store that publishes. Crosses: the count. Weaker: it may be older
        // still.
        Object* const found = slot_->object.load(std::memory_order::acquire);
        if (found == nullptr) return;
        // Order: relaxed. Partner: none; the slot's reference keeps it alive. Crosses: nothing.
        const auto old = found->count.fetch_add(1, std::memory_order::relaxed);
        P::check(old > 0, check_kind::assertion, "what is found has been counted");
        calls<P>("release");
        // Order: acq_rel. Partner: the other drops. Crosses: what the holders did.
        if (found->count.fetch_sub(1, std::memory_order::acq_rel) == 1) P::destroy(found);
    }
    void teardown() override {
        Object* const left = slot_->object.load(std::memory_order::relaxed);
        if (left->count.fetch_sub(1, std::memory_order::relaxed) == 1) P::destroy(left);
        P::destroy(slot_);
    }

private:
    void publish(Object* object) {
        calls<P>("publish");
        // Order of the count: relaxed; the store of the slot carries it, where it comes first.
        if (publishes == Publishes::after_count) object->count.store(1, std::memory_order::relaxed);
        // Order: release. Partner: the load of who finds it. Crosses: the object and its count.
        slot_->object.store(object, std::memory_order::release);
        if (publishes == Publishes::before_count) object->count.store(1, std::memory_order::relaxed);
    }

    Slot* slot_ = nullptr;
};

enum class Signals : unsigned char {
    last,
    and_touches,  ///< WRONG ON PURPOSE: the waiter may have freed it by then. Convicted by
                  ///< refcount/signal_vs_free
};

template <class P, Signals signals>
class SignalVsFree final : public model::Program {
    struct Completion {
        explicit Completion(int count) : left(count, {"left"}) {}
        typename P::template atomic<int> left;
        typename P::template var<int> waiters{1, {"waiters"}};
    };

public:
    explicit SignalVsFree(unsigned threads) : threads_(threads) {}
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override { return thread == 0 ? 0 : 1; }
    void setup() override {
        completion_ = P::template make<Completion>("completion", static_cast<int>(threads_) - 1);
    }
    void thread(unsigned index) override {
        if (index != 0) {
            calls<P>("signal");
            if (signals == Signals::last) reads(completion_->waiters.get());
            // Order: release. Partner: the waiter's load. Crosses: all that came before into the free.
            completion_->left.fetch_sub(1, std::memory_order::release);
            if (signals == Signals::and_touches) reads(completion_->waiters.get());
            return;
        }
        calls<P>("wait");
        // Order: acquire. Partner: every signal. Crosses: what they did into the free.
        while (completion_->left.load(std::memory_order::acquire) != 0) P::yield();
        P::destroy(completion_);
    }
    void teardown() override {}

private:
    unsigned threads_;
    Completion* completion_ = nullptr;
};

}  // namespace revenant::scenarios
