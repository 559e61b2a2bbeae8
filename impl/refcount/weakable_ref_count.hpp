// weakable_ref_count: split strong and weak counts inside the object, as in Rust's Arc and Weak.
//
// Purpose: an object that a cache may find without owning it. `upgrade` never revives the dead.
//   strong  live users. 1→0: Derived::drop_contents(), then the collective weak reference is dropped.
//   weak    weak holders, and one collective reference on behalf of all strong ones. 1→0:
//           Derived::free_memory().
// Thread-safety: all members from any thread that holds what they require.
// Lifetime: each hook is called once, by the thread whose decrement took its count to 0. Between the
// two the contents are gone and the counters are still there: that is what makes `upgrade` safe.
// Ordering promised: every strong holder's use happens before drop_contents; every holder's use,
// weak ones included, happens before free_memory.
// Source: the pull request oven-sh/bun#27838, after Rust's std::sync::Arc.
// One use:  struct config : weakable_ref_count<config, std_platform> {
//               void drop_contents(); void free_memory(); };
#pragma once

#include <cstdint>
#include <limits>

#include <revenant/platform.hpp>
#include <revenant/refcount/check_policy.hpp>

namespace revenant {

/// Derived supplies `void drop_contents()`, `void free_memory()` and `log_name`.
template <class Derived, class P, class Check = assert_check>
class weakable_ref_count {
public:
    using platform = P;

    /// Order: relaxed. Partner: none; the caller holds a strong reference. Crosses: nothing. Weaker:
    /// there is none, and refcount/clone_vs_release passes with this one.
    static constexpr order_site ref_order{"weakable_ref_count.ref", std::memory_order::relaxed};
    /// Order: acq_rel. Partner: every other `deref`. Crosses: each strong holder's use of the
    /// contents into drop_contents. Weaker: relaxed fails refcount/release_vs_release.
    static constexpr order_site deref_order{"weakable_ref_count.deref", std::memory_order::acq_rel};
    /// Order: relaxed. Partner: none; the caller holds a weak or a strong reference. Crosses: nothing.
    /// Weaker: there is none, and every scenario passes with this one.
    static constexpr order_site weak_ref_order{"weakable_ref_count.weak_ref", std::memory_order::relaxed};
    /// Order: acq_rel. Partner: every other `weak_deref`, the one at the end of `deref` included.
    /// Crosses: each holder's last access to the counters, and drop_contents, into free_memory.
    /// Weaker: relaxed fails refcount/weak_release_vs_last_release.
    static constexpr order_site weak_deref_order{"weakable_ref_count.weak_deref", std::memory_order::acq_rel};
    /// Order: relaxed. Partner: none; the number is only a first guess for the CAS, which corrects it.
    /// Crosses: nothing. Weaker: there is none, and refcount/upgrade_vs_last_release passes with this one.
    static constexpr order_site upgrade_load_order{"weakable_ref_count.upgrade_load",
                                                   std::memory_order::relaxed};
    /// Order on success: acquire. Partner: a `deref` that left the count above 0. Crosses: what that
    /// holder wrote before it let go, so that a finder sees the object as its last user left it.
    /// Weaker: relaxed passes every scenario here, since the contents are immutable while they are
    /// shared; a type that is changed by its holders relies on acquire.
    static constexpr order_site upgrade_order{"weakable_ref_count.upgrade", std::memory_order::acquire};
    /// Order on failure: relaxed. Partner: none; a failed CAS only yields the next guess. Crosses:
    /// nothing. Weaker: there is none, and refcount/upgrade_vs_last_release passes with this one.
    static constexpr order_site upgrade_retry_order{"weakable_ref_count.upgrade_retry",
                                                    std::memory_order::relaxed};
    /// Order: relaxed. Partner: none; for messages and tests, nobody may act on the number. Crosses:
    /// nothing. Weaker: there is none.
    static constexpr order_site count_order{"weakable_ref_count.count", std::memory_order::relaxed};

    /// One more strong reference. Requires: the caller holds one (asserted under assert_check).
    void ref(std::source_location where = std::source_location::current()) {
        const auto old = strong_.fetch_add(1, ref_order, where);
        P::log(self(), "ref", old, old + 1);
        if constexpr (Check::asserts) {
            P::check(old > 0, check_kind::assertion, "ref() of an object whose strong count was 0", where);
        }
        check_not_full(old, where);
    }

    /// One strong reference less. The object may be gone when this returns.
    void deref(std::source_location where = std::source_location::current()) {
        Derived& object = self();  // named now: after the decrement it may be gone
        const auto old = strong_.fetch_sub(1, deref_order, where);
        P::log(object, "deref", old, old - 1);
        P::check(old > 0, check_kind::counter_underflow, "deref() of an object whose strong count was 0",
                 where);
        if (old != 1) return;
        object.drop_contents();
        weak_deref(where);  // the collective one: the counters were alive until here
    }

    /// One more weak reference. Requires: the caller holds a weak or a strong one.
    void weak_ref(std::source_location where = std::source_location::current()) {
        const auto old = weak_.fetch_add(1, weak_ref_order, where);
        P::log(self(), "weak_ref", old, old + 1);
        check_not_full(old, where);
    }

    /// One weak reference less. The memory may be gone when this returns.
    void weak_deref(std::source_location where = std::source_location::current()) {
        Derived& object = self();
        const auto old = weak_.fetch_sub(1, weak_deref_order, where);
        P::log(object, "weak_deref", old, old - 1);
        P::check(old > 0, check_kind::counter_underflow, "weak_deref() of an object whose weak count was 0",
                 where);
        if (old == 1) object.free_memory();
    }

    /// A strong reference from a weak one: true, and the caller holds it; or false, the object is
    /// dying or dead, and nothing changed. Requires: the caller holds a weak reference.
    [[nodiscard]] bool upgrade(std::source_location where = std::source_location::current()) {
        auto count = strong_.load(upgrade_load_order, where);
        while (count != 0) {
            check_not_full(count, where);
            if (strong_.compare_exchange_strong(count, count + 1, upgrade_order, upgrade_retry_order,
                                                where)) {
                P::log(self(), "upgrade", count, count + 1);
                return true;
            }
        }
        P::log(self(), "upgrade FAILED");
        return false;
    }

    /// The numbers a moment ago; the weak one includes the collective reference.
    [[nodiscard]] std::uint32_t strong_count(
        std::source_location where = std::source_location::current()) const {
        return strong_.load(count_order, where);
    }
    [[nodiscard]] std::uint32_t weak_count(
        std::source_location where = std::source_location::current()) const {
        return weak_.load(count_order, where);
    }

protected:
    weakable_ref_count() = default;
    ~weakable_ref_count() = default;
    weakable_ref_count(const weakable_ref_count&) = delete;
    weakable_ref_count& operator=(const weakable_ref_count&) = delete;

private:
    Derived& self() { return static_cast<Derived&>(*this); }

    static void check_not_full(std::uint32_t old, std::source_location where) {
        P::check(old < std::numeric_limits<std::uint32_t>::max(), check_kind::counter_overflow,
                 "a reference count overflowed", where);
    }

    typename P::template atomic<std::uint32_t> strong_{1, {"strong", cell_role::strong_count}};
    typename P::template atomic<std::uint32_t> weak_{1, {"weak", cell_role::weak_count}};
};

}  // namespace revenant
