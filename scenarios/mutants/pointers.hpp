// WRONG ON PURPOSE: a plausible mistake in ref_ptr, named after what it lost. It names the scenario that
// convicts it.
#pragma once

#include <utility>

#include <revenant/refcount/ref_ptr.hpp>

namespace revenant::scenarios::mutants {

/// WRONG: a copy assignment, which ref_ptr does not have, that lets go of its own object before it takes a
/// reference on the other's. Where both are one handle, and the other threads have let go, the reference is
/// taken on freed memory. Convicted by refcount/assign_vs_last_release.
template <class T>
class ref_ptr_release_before_retain : public ref_ptr<T> {
public:
    explicit ref_ptr_release_before_retain(ref_ptr<T>&& held) noexcept : ref_ptr<T>(std::move(held)) {}

    ref_ptr_release_before_retain& operator=(const ref_ptr_release_before_retain& other) {
        T* const object = other.get();
        this->reset();
        ref_ptr<T>::operator=(ref_ptr<T>::share(object));
        return *this;
    }
};

}  // namespace revenant::scenarios::mutants
