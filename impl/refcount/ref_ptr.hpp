// ref_ptr: RAII over an intrusive counter (thread_safe_ref_count or weakable_ref_count).
//
// Purpose: nobody calls ref and deref by hand. Moves are free; every +1 is a visible `clone`.
// Thread-safety: as that of a raw pointer; the object's counter is what threads share.
// Lifetime: holds one strong reference unless null.
// Tracked references: on a platform with a ledger (debug_platform) each ref_ptr enters the line that
// acquired it, so that a leak names its holder; on std_platform a ref_ptr is one pointer.
// One use:  auto held = ref_ptr<config>::adopt(registry.intern(fresh)); use(*held);
#pragma once

#include <cstddef>
#include <source_location>
#include <utility>

namespace revenant {

/// T has `ref`, `deref`, a member type `platform`, and `log_name` where references are tracked.
template <class T>
class [[nodiscard]] ref_ptr {
public:
    using source = std::source_location;

    constexpr ref_ptr() noexcept = default;
    constexpr ref_ptr(std::nullptr_t) noexcept {}

    /// Takes over the reference that the caller holds. The count does not change.
    static ref_ptr adopt(T* object, source where = source::current()) { return ref_ptr(object, where); }
    /// One more reference. Requires: the caller holds one, or `object` is null.
    static ref_ptr share(T* object, source where = source::current()) {
        if (object != nullptr) object->ref(where);
        return ref_ptr(object, where);
    }

    ref_ptr(ref_ptr&& other) noexcept
        : object_(std::exchange(other.object_, nullptr)), ticket_(std::exchange(other.ticket_, {})) {}
    ref_ptr& operator=(ref_ptr&& other) noexcept {
        ref_ptr taken(std::move(other));
        std::swap(object_, taken.object_);
        std::swap(ticket_, taken.ticket_);
        return *this;
    }
    ~ref_ptr() { reset(); }

    /// One more reference; a clone of null is null.
    ref_ptr clone(source where = source::current()) const { return share(object_, where); }

    /// Lets go of the reference, which the caller now holds by hand. Null stays null.
    [[nodiscard]] T* leak() noexcept {
        ticket_.released();
        return std::exchange(object_, nullptr);
    }
    /// Drops the reference now.
    void reset(source where = source::current()) {
        ticket_.released();
        if (T* const object = std::exchange(object_, nullptr)) object->deref(where);
    }

    [[nodiscard]] T* get() const noexcept { return object_; }
    T& operator*() const noexcept { return *object_; }
    T* operator->() const noexcept { return object_; }
    explicit operator bool() const noexcept { return object_ != nullptr; }
    friend bool operator==(const ref_ptr& a, const ref_ptr& b) noexcept { return a.object_ == b.object_; }

private:
    ref_ptr(T* object, source where) : object_(object) {
        if constexpr (requires { T::log_name; }) {
            if (object_ != nullptr) ticket_.acquired(object_, T::log_name, where);
        }
    }

    T* object_ = nullptr;
    [[no_unique_address]] typename T::platform::reference_ticket ticket_;
};

}  // namespace revenant
