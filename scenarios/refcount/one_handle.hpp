// refcount/one_handle_two_threads: T1 assigns a new object to a handle that all share; the others copy the
// handle. The count protects the object, and nothing the pointer.
#pragma once

#include <revenant/platform.hpp>
#include "scenarios/refcount/programs.hpp"

namespace revenant::scenarios {

/// WRONG ON PURPOSE: the pointer in it is plain data. Convicted by refcount/one_handle_two_threads.
template <class P, class Strong>
class PlainHandle {
public:
    explicit PlainHandle(Strong object) : object_(object, {"object"}) {}
    template <class Subject>
    Strong copy(Subject& subject) {
        return subject.clone(object_.get());
    }
    Strong exchange(Strong fresh) {
        const Strong old = object_.get();
        object_.set(fresh);
        return old;
    }

private:
    typename P::template var<Strong> object_;
};

/// With a lock around it: the reference is taken before the one in the handle can be dropped.
template <class P, class Strong>
class LockedHandle {
public:
    explicit LockedHandle(Strong object) : handle_(object) {}
    template <class Subject>
    Strong copy(Subject& subject) {
        const scoped_lock lock(mutex_);
        return handle_.copy(subject);
    }
    Strong exchange(Strong fresh) {
        const scoped_lock lock(mutex_);
        return handle_.exchange(fresh);
    }

private:
    typename P::mutex mutex_{{"mutex"}};
    PlainHandle<P, Strong> handle_;
};

/// What `std::atomic<std::shared_ptr>` does in libstdc++: a bit in the pointer's word is the lock. A flag
/// stands for the bit here.
template <class P, class Strong>
class AtomicHandle {
public:
    explicit AtomicHandle(Strong object) : handle_(object) {}
    template <class Subject>
    Strong copy(Subject& subject) {
        lock();
        const Strong copied = handle_.copy(subject);
        unlock();
        return copied;
    }
    Strong exchange(Strong fresh) {
        lock();
        const Strong old = handle_.exchange(fresh);
        unlock();
        return old;
    }

private:
    void lock() {
        // Order: acquire. Partner: `unlock`. Crosses: the handle. Weaker: a data race on it.
        while (locked_.exchange(1, std::memory_order::acquire) != 0) P::yield();
    }
    // Order: release. Partner: `lock`. Crosses: the handle. Weaker: a data race on it.
    void unlock() { locked_.store(0, std::memory_order::release); }

    typename P::template atomic<int> locked_{0, {"locked"}};
    PlainHandle<P, Strong> handle_;
};

template <class Subject, template <class, class> class Handle>
class OneHandleTwoThreads final : public CountedProgram<Subject> {
    using P = typename Subject::P;
    using Strong = typename Subject::Strong;
    using SharedHandle = Handle<P, Strong>;

public:
    using CountedProgram<Subject>::CountedProgram;
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override { return thread == 0 ? 0 : 1; }
    void setup() override { handle_ = P::template make<SharedHandle>("handle", this->subject_.make()); }
    void thread(unsigned index) override {
        if (index == 0) {
            const Strong fresh = fresh_subject_.make();
            calls<P>("assign");
            this->subject_.release(handle_->exchange(fresh));
        } else {
            calls<P>("clone");
            this->subject_.release(handle_->copy(this->subject_));
        }
    }
    void teardown() override {
        this->subject_.release(handle_->exchange(nullptr));
        P::destroy(handle_);
    }

private:
    Subject fresh_subject_;  // its witness is of the second object
    SharedHandle* handle_ = nullptr;
};

}  // namespace revenant::scenarios
