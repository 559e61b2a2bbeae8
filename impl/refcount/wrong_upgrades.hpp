// WRONG ON PURPOSE: history's two other meanings of weak_ptr::upgrade. registry/reintern_while_alive
// convicts both: the first of a leak, the second of a premature free.
//
// The registry keeps its weak reference after a successful upgrade, so that only an upgrade that
// leaves the weak count alone fits it (shared_ptr.hpp). Both types are otherwise a weak_ptr.
#pragma once

#include <revenant/refcount/shared_ptr.hpp>

namespace revenant {

/// WRONG: increments the weak count as well, and nobody ever takes that one back: a leak.
template <class T, class P>
class [[nodiscard]] weak_ptr_upgrade_adds_weak : public weak_ptr<T, P> {
public:
    using source = std::source_location;
    weak_ptr_upgrade_adds_weak() = default;
    weak_ptr_upgrade_adds_weak(weak_ptr<T, P>&& other) noexcept : weak_ptr<T, P>(std::move(other)) {}

    shared_ptr<T, P> upgrade(source where = source::current()) const {
        auto strong = weak_ptr<T, P>::upgrade(where);
        if (strong) this->block_->weak_ref(where);
        return strong;
    }
};

/// WRONG: consumes the weak reference, which the registry still relies on: the weak count runs out
/// while strong references live, and the memory is freed under them.
template <class T, class P>
class [[nodiscard]] weak_ptr_upgrade_consumes_weak : public weak_ptr<T, P> {
public:
    using source = std::source_location;
    weak_ptr_upgrade_consumes_weak() = default;
    weak_ptr_upgrade_consumes_weak(weak_ptr<T, P>&& other) noexcept : weak_ptr<T, P>(std::move(other)) {}

    shared_ptr<T, P> upgrade(source where = source::current()) const {
        auto strong = weak_ptr<T, P>::upgrade(where);
        if (strong) this->block_->weak_deref(where);
        return strong;
    }
};

}  // namespace revenant
