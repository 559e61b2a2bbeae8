// WRONG ON PURPOSE: plausible mistakes in thread_safe_ref_count, one each. Every one is named after what it
// does wrong, and names the scenario that convicts it.
#pragma once

#include <atomic>
#include <cstdint>

#include <revenant/platform.hpp>
#include "scenarios/calls.hpp"

namespace revenant::scenarios::mutants {

/// The right half of all of these. Orders: as thread_safe_ref_count argues them; what is wrong here is no
/// order.
template <class Derived, class P>
class atomic_count {
public:
    void ref() { count_.fetch_add(1, std::memory_order::relaxed); }

protected:
    Derived& self() { return static_cast<Derived&>(*this); }
    typename P::template atomic<std::uint32_t> count_{1, {"strong", cell_role::strong_count}};
};

/// WRONG: decrement and test are two steps. Another thread's decrement may come between them: both see 0, or
/// the second looks at what the first has freed. Convicted by refcount/release_vs_release.
template <class Derived, class P>
class count_read_again : public atomic_count<Derived, P> {
public:
    void deref() {
        auto& object = this->self();
        this->count_.fetch_sub(1, std::memory_order::acq_rel);
        if (this->count_.load(std::memory_order::acquire) == 0) object.destroy();
    }
};

/// WRONG: a field of the object is read after the own decrement, by a thread that was not the last. Convicted
/// by refcount/release_vs_release.
template <class Derived, class P>
class field_read_after : public atomic_count<Derived, P> {
public:
    void deref() {
        auto& object = this->self();
        if (this->count_.fetch_sub(1, std::memory_order::acq_rel) == 1) return object.destroy();
        object.touch();
    }
};

/// WRONG: the count is plain data, which two threads change. Convicted by refcount/release_vs_release.
template <class Derived, class P>
class plain_count {
public:
    void ref() { count_.set(count_.get() + 1); }
    void deref() {
        auto& object = static_cast<Derived&>(*this);
        const int left = count_.get() - 1;
        count_.set(left);
        if (left == 0) object.destroy();
    }

private:
    typename P::template var<int> count_{1, {"strong"}};
};

/// WRONG: the count is atomic and its changes are not: a load, and a store of the next number. Another
/// thread's change between them is lost. Convicted by refcount/clone_vs_release.
template <class Derived, class P>
class changed_in_two_steps : public atomic_count<Derived, P> {
public:
    void ref() {
        const auto seen = this->count_.load(std::memory_order::acquire);
        this->count_.store(seen + 1, std::memory_order::release);
    }
    void deref() {
        auto& object = this->self();
        const auto seen = this->count_.load(std::memory_order::acquire);
        this->count_.store(seen - 1, std::memory_order::release);
        if (seen == 1) object.destroy();
    }
};

/// WRONG: the count is raised by an atomic operation and lowered as plain data. Convicted by
/// refcount/clone_vs_release.
///
/// A cell of a platform is atomic or plain. So a plain one beside the count stands for it: an atomic
/// operation reads it, a plain access writes it, and two of them race exactly where the two accesses to one
/// count would.
template <class Derived, class P>
class mixed_count : public atomic_count<Derived, P> {
public:
    void ref() {
        reads(as_plain_.get());
        atomic_count<Derived, P>::ref();
    }
    void deref() {
        auto& object = this->self();
        as_plain_.set(0);
        // Order of both: relaxed. They stand for a read and a write of plain data, which order nothing.
        const auto seen = this->count_.load(std::memory_order::relaxed);
        this->count_.store(seen - 1, std::memory_order::relaxed);
        if (seen == 1) object.destroy();
    }

private:
    typename P::template var<int> as_plain_{0, {"strong_as_plain"}};
};

}  // namespace revenant::scenarios::mutants
