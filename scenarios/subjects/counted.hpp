// Subjects of the refcount scenarios: an object with a slot for each thread, and the counters alone.
// Each holder writes its slot before it lets go; the destructor reads them all. A release that does not
// publish, or a last release that does not look, is a data race there.
#pragma once

#include <array>

#include <revenant/refcount/shared_ptr.hpp>
#include <revenant/refcount/thread_safe_ref_count.hpp>
#include <revenant/refcount/weakable_ref_count.hpp>
#include <revenant/refcount/wrong_upgrades.hpp>
#include "model/program.hpp"
#include "scenarios/calls.hpp"
#include "scenarios/witness.hpp"

namespace revenant::scenarios {

template <class P>
class Slots {
    using Var = typename P::template var<int>;

public:
    void write(unsigned thread) { slots_[thread].set(1); }
    void read_all() const {
        for (const auto& slot : slots_) reads(slot.get());
    }

private:
    std::array<Var, model::program_threads_max> slots_{
        Var{0, {"slot1"}}, Var{0, {"slot2"}}, Var{0, {"slot3"}}, Var{0, {"slot4"}}, Var{0, {"slot5"}}};
};

template <class P, class Check>
class ThreadSafeCounted : public thread_safe_ref_count<ThreadSafeCounted<P, Check>, P, Check> {
public:
    static constexpr const char* log_name = "object";
    explicit ThreadSafeCounted(Witness<P>& witness) : witness_(witness) {}
    void destroy() {
        witness_.destroys(this);
        slots.read_all();
        P::destroy(this);
    }
    Slots<P> slots;

private:
    Witness<P>& witness_;
};

/// The same with a destructor that others see begin: between the last drop and the free there is a step of
/// its own, such as a field that is cleared.
template <class P>
class ClosingCounted : public thread_safe_ref_count<ClosingCounted<P>, P, no_check> {
public:
    static constexpr const char* log_name = "object";
    explicit ClosingCounted(Witness<P>& witness) : witness_(witness) {}
    void destroy() {
        // Order: relaxed. Partner: none; nobody looks. It is there to be a step.
        closed_.store(1, std::memory_order::relaxed);
        witness_.destroys(this);
        slots.read_all();
        P::destroy(this);
    }
    Slots<P> slots;

private:
    typename P::template atomic<int> closed_{0, {"closed"}};
    Witness<P>& witness_;
};

template <class P>
class WeakableCounted : public weakable_ref_count<WeakableCounted<P>, P> {
public:
    static constexpr const char* log_name = "object";
    explicit WeakableCounted(Witness<P>& witness) : witness_(witness) {}
    void drop_contents() {
        witness_.destroys(this);
        slots.read_all();
    }
    void free_memory() { P::destroy(this); }
    Slots<P> slots;

private:
    Witness<P>& witness_;
};

template <class P>
class SharedCounted {
public:
    static constexpr const char* log_name = "object";
    explicit SharedCounted(Witness<P>& witness) : witness_(witness) {}
    ~SharedCounted() {
        witness_.destroys(this);
        slots.read_all();
    }
    Slots<P> slots;

private:
    Witness<P>& witness_;
};

/// An object with its counter inside; `weak` calls only where the counter has them.
template <class P_, class Object>
class IntrusiveCountedSubject {
public:
    using P = P_;
    using Strong = Object*;
    using Weak = Object*;

    [[nodiscard]] Strong make() {
        witness_ = {};
        return P::template make<Object>("object", witness_);
    }
    [[nodiscard]] Strong clone(Strong held) {
        calls<P>("clone");
        held->ref();
        return held;
    }
    void release(Strong held) {
        calls<P>("release");
        held->deref();
    }
    void write(Strong held, unsigned thread) {
        calls<P>("write");
        held->slots.write(thread);
    }
    void read(Strong held) {
        calls<P>("read");
        held->slots.read_all();
    }
    [[nodiscard]] Weak downgrade(Strong held) {
        calls<P>("downgrade");
        held->weak_ref();
        return held;
    }
    [[nodiscard]] Strong upgrade(Weak held) {
        calls<P>("upgrade");
        return held->upgrade() ? held : nullptr;
    }
    void release_weak(Weak held) {
        calls<P>("release_weak");
        held->weak_deref();
    }

private:
    Witness<P> witness_;
};

/// A value in a control block. Handles are leaked pointers, taken up again for each call.
template <class P_, template <class, class> class WeakPtr = weak_ptr>
class SharedCountedSubject {
public:
    using P = P_;
    using Object = SharedCounted<P>;
    using Pointer = shared_ptr<Object, P>;
    using Strong = typename Pointer::block*;
    using Weak = WeakPtr<Object, P>*;

    [[nodiscard]] Strong make() {
        witness_ = {};
        return Pointer::make("object", witness_).leak();
    }
    [[nodiscard]] Strong clone(Strong held) {
        calls<P>("clone");
        auto pointer = Pointer::adopt(held);
        const Strong another = pointer.clone().leak();
        static_cast<void>(pointer.leak());
        return another;
    }
    void release(Strong held) {
        calls<P>("release");
        Pointer::adopt(held).reset();
    }
    void write(Strong held, unsigned thread) {
        calls<P>("write");
        held->value()->slots.write(thread);
    }
    [[nodiscard]] Weak downgrade(Strong held) {
        calls<P>("downgrade");
        auto pointer = Pointer::adopt(held);
        const Weak weak = P::template make<WeakPtr<Object, P>>("weak_ptr", pointer.downgrade());
        static_cast<void>(pointer.leak());
        return weak;
    }
    [[nodiscard]] Strong upgrade(Weak held) {
        calls<P>("upgrade");
        return held->upgrade().leak();
    }
    void release_weak(Weak held) {
        calls<P>("release_weak");
        P::destroy(held);
    }
    /// The handle is assigned what it holds.
    [[nodiscard]] Strong assign_to_itself(Strong held) {
        calls<P>("assign");
        auto pointer = Pointer::adopt(held);
        pointer = pointer.clone();
        return pointer.leak();
    }

private:
    Witness<P> witness_;
};

}  // namespace revenant::scenarios
