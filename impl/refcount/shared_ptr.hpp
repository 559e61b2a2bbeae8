// shared_ptr, weak_ptr: shared ownership of a value that knows nothing of it. A control block holds
// the value, a strong and a weak count; the rules are those of weakable_ref_count.
//
// Purpose: the same guarantee without a counter in the type. Copies are not made behind your back:
// every +1 is a visible `clone`, every weak one a `downgrade`; moves are free.
// Thread-safety: as std::shared_ptr. Distinct pointers to one value may be used from any thread; one
// pointer object must not be used from two.
// Lifetime: the value dies when the last shared_ptr lets go, the block when the last of both does.
// Ordering promised: every strong holder's use happens before the value's destructor.
// Null: both may be null. A clone, downgrade or upgrade of null is null, its counts are 0.
// Source: oven-sh/bun#27872, after Rust's Arc; orders as argued below.
// One use:  auto a = shared_ptr<config, std_platform>::make("config", 7); auto b = a.clone();
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <new>
#include <source_location>
#include <utility>

#include <revenant/platform.hpp>

namespace revenant {

template <class T, class P>
class weak_ptr;

namespace detail {
template <class T, class P>
class control_block;
}

template <class T, class P>
class [[nodiscard]] shared_ptr {
public:
    using platform = P;
    using source = std::source_location;
    using block = detail::control_block<T, P>;

    constexpr shared_ptr() noexcept = default;
    constexpr shared_ptr(std::nullptr_t) noexcept {}

    /// A new value, with one strong reference. `label` names its block in a trace.
    template <class... Args>
    static shared_ptr make(object_label label, Args&&... args) {
        return shared_ptr(P::template make<block>(label, std::forward<Args>(args)...));
    }
    /// Takes over a strong reference that `leak` let go.
    static shared_ptr adopt(block* leaked) noexcept { return shared_ptr(leaked); }

    shared_ptr(shared_ptr&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
    shared_ptr& operator=(shared_ptr&& other) noexcept {
        shared_ptr taken(std::move(other));
        std::swap(block_, taken.block_);
        return *this;
    }
    ~shared_ptr() { reset(); }

    shared_ptr clone(source where = source::current()) const {
        if (block_ != nullptr) block_->strong_ref(where);
        return shared_ptr(block_);
    }
    weak_ptr<T, P> downgrade(source where = source::current()) const {
        if (block_ != nullptr) block_->weak_ref(where);
        return weak_ptr<T, P>(block_);
    }
    /// Lets go of the reference without dropping it; `adopt` takes it up again. Null stays null.
    [[nodiscard]] block* leak() noexcept { return std::exchange(block_, nullptr); }
    void reset(source where = source::current()) {
        if (block* const held = std::exchange(block_, nullptr)) held->strong_deref(where);
    }

    [[nodiscard]] T* get() const noexcept { return block_ == nullptr ? nullptr : block_->value(); }
    T& operator*() const noexcept { return *block_->value(); }
    T* operator->() const noexcept { return block_->value(); }
    explicit operator bool() const noexcept { return block_ != nullptr; }
    friend bool operator==(const shared_ptr& a, const shared_ptr& b) noexcept { return a.block_ == b.block_; }

    /// The numbers a moment ago. The weak one does not count the collective reference.
    [[nodiscard]] std::uint32_t strong_count(source where = source::current()) const {
        return block_ == nullptr ? 0 : block_->strong_count(where);
    }
    [[nodiscard]] std::uint32_t weak_count(source where = source::current()) const {
        return block_ == nullptr ? 0 : block_->weak_count(where) - 1;
    }

private:
    friend class weak_ptr<T, P>;
    explicit shared_ptr(block* held) noexcept : block_(held) {}

    block* block_ = nullptr;
};

template <class T, class P>
class [[nodiscard]] weak_ptr {
public:
    using platform = P;
    using source = std::source_location;
    using block = detail::control_block<T, P>;

    constexpr weak_ptr() noexcept = default;
    weak_ptr(weak_ptr&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
    weak_ptr& operator=(weak_ptr&& other) noexcept {
        weak_ptr taken(std::move(other));
        std::swap(block_, taken.block_);
        return *this;
    }
    ~weak_ptr() { reset(); }

    weak_ptr clone(source where = source::current()) const {
        if (block_ != nullptr) block_->weak_ref(where);
        return weak_ptr(block_);
    }
    /// A strong reference, or null when the value is dying or dead. The weak one is kept.
    shared_ptr<T, P> upgrade(source where = source::current()) const {
        if (block_ == nullptr || !block_->upgrade(where)) return {};
        return shared_ptr<T, P>(block_);
    }
    void reset(source where = source::current()) {
        if (block* const held = std::exchange(block_, nullptr)) held->weak_deref(where);
    }

    explicit operator bool() const noexcept { return block_ != nullptr; }
    [[nodiscard]] std::uint32_t strong_count(source where = source::current()) const {
        return block_ == nullptr ? 0 : block_->strong_count(where);
    }

    /// Where the value is or was. To compare, and to read while something other than this pointer
    /// keeps the contents whole (a registry's mutex does). Never null unless the pointer is.
    [[nodiscard]] T* value_address() const noexcept { return block_ == nullptr ? nullptr : block_->value(); }

protected:
    friend class shared_ptr<T, P>;
    explicit weak_ptr(block* held) noexcept : block_(held) {}

    block* block_ = nullptr;
};

namespace detail {

template <class T, class P>
class control_block {
public:
    /// Order: relaxed. Partner: none; the caller holds a strong reference. Crosses: nothing. Weaker:
    /// there is none, and refcount/clone_vs_release passes with this one.
    static constexpr order_site strong_ref_order{"shared_ptr.clone", std::memory_order::relaxed};
    /// Order: acq_rel. Partner: every other drop of a strong reference. Crosses: each holder's use of
    /// the value into its destructor. Weaker: relaxed fails refcount/release_vs_release.
    static constexpr order_site strong_deref_order{"shared_ptr.drop", std::memory_order::acq_rel};
    /// Order: relaxed. Partner: none; the caller holds a strong or a weak reference. Crosses: nothing.
    /// Weaker: there is none, and every scenario passes with this one.
    static constexpr order_site weak_ref_order{"shared_ptr.downgrade", std::memory_order::relaxed};
    /// Order: acq_rel. Partner: every other drop of a weak reference, the collective one included.
    /// Crosses: each holder's last access to the counts, and the value's destructor, into the free.
    /// Weaker: relaxed fails refcount/weak_release_vs_last_release.
    static constexpr order_site weak_deref_order{"weak_ptr.drop", std::memory_order::acq_rel};
    /// Order: relaxed. Partner: none; only a first guess for the CAS. Crosses: nothing. Weaker: there is
    /// none, and refcount/upgrade_vs_last_release passes with this one.
    static constexpr order_site upgrade_load_order{"weak_ptr.upgrade_load", std::memory_order::relaxed};
    /// Order on success: relaxed, as in the pull request. Partner: none; whoever handed the weak pointer
    /// over (a mutex, in the registry) has published the value. Crosses: nothing. Weaker: there is
    /// none; refcount/upgrade_vs_last_release and every registry scenario pass with this one. A
    /// holder that changes the value must publish the change itself.
    static constexpr order_site upgrade_order{"weak_ptr.upgrade", std::memory_order::relaxed};
    /// Order on failure: relaxed. Partner: none; a failed CAS only yields the next guess. Crosses:
    /// nothing. Weaker: there is none, and refcount/upgrade_vs_last_release passes with this one.
    static constexpr order_site upgrade_retry_order{"weak_ptr.upgrade_retry", std::memory_order::relaxed};
    /// Order: relaxed. Partner: none; for messages and tests, nobody may act on the number. Crosses:
    /// nothing. Weaker: there is none.
    static constexpr order_site count_order{"shared_ptr.count", std::memory_order::relaxed};

    using source = std::source_location;

    template <class... Args>
    explicit control_block(Args&&... args) {
        std::construct_at(reinterpret_cast<T*>(storage_), std::forward<Args>(args)...);
    }
    ~control_block() {}  // the value has its own, earlier end: see strong_deref
    control_block(const control_block&) = delete;
    control_block& operator=(const control_block&) = delete;

    [[nodiscard]] T* value() noexcept { return std::launder(reinterpret_cast<T*>(storage_)); }

    void strong_ref(source where) {
        const auto old = strong_.fetch_add(1, strong_ref_order, where);
        P::log(*value(), "ref", old, old + 1);
        check_not_full(old, where);
    }

    void strong_deref(source where) {
        const T& held = *value();  // named now: after the decrement it may be gone
        const auto old = strong_.fetch_sub(1, strong_deref_order, where);
        P::log(held, "deref", old, old - 1);
        P::check(old > 0, check_kind::counter_underflow, "a shared_ptr dropped a count of 0", where);
        if (old != 1) return;
        std::destroy_at(value());
        weak_deref(where);  // the collective one: the counts were alive until here
    }

    void weak_ref(source where) {
        const auto old = weak_.fetch_add(1, weak_ref_order, where);
        P::log(*value(), "weak_ref", old, old + 1);
        check_not_full(old, where);
    }

    void weak_deref(source where) {
        const T& held = *value();
        const auto old = weak_.fetch_sub(1, weak_deref_order, where);
        P::log(held, "weak_deref", old, old - 1);
        P::check(old > 0, check_kind::counter_underflow, "a weak_ptr dropped a count of 0", where);
        if (old == 1) P::destroy(this, where);
    }

    [[nodiscard]] bool upgrade(source where) {
        auto count = strong_.load(upgrade_load_order, where);
        while (count != 0) {
            check_not_full(count, where);
            if (strong_.compare_exchange_strong(count, count + 1, upgrade_order, upgrade_retry_order,
                                                where)) {
                P::log(*value(), "upgrade", count, count + 1);
                return true;
            }
        }
        P::log(*value(), "upgrade FAILED");
        return false;
    }

    [[nodiscard]] std::uint32_t strong_count(source where) const { return strong_.load(count_order, where); }
    [[nodiscard]] std::uint32_t weak_count(source where) const { return weak_.load(count_order, where); }

private:
    static void check_not_full(std::uint32_t old, source where) {
        P::check(old < std::numeric_limits<std::uint32_t>::max(), check_kind::counter_overflow,
                 "a reference count overflowed", where);
    }

    typename P::template atomic<std::uint32_t> strong_{1, {"strong", cell_role::strong_count}};
    typename P::template atomic<std::uint32_t> weak_{1, {"weak", cell_role::weak_count}};
    alignas(T) std::byte storage_[sizeof(T)];
};

}  // namespace detail
}  // namespace revenant
