// thread_safe_ref_count: one atomic counter inside the object; the last deref destroys it.
//
// Purpose: shared ownership of an object whose every holder got its reference from another holder.
// It is NOT safe for a cache that finds objects without holding a reference on them: `ref` on a count
// of 0 revives the dead (see legacy_registry.hpp). Use weakable_ref_count for that.
// Thread-safety: `ref` and `deref` from any thread that holds a reference.
// Lifetime: Derived::destroy() is called once, by the thread whose deref took the count to 0.
// Ordering promised: all that any holder did before its `deref` happens before `destroy`.
// One use:  struct texture : thread_safe_ref_count<texture, std_platform> { void destroy(); };
#pragma once

#include <cstdint>
#include <limits>

#include <revenant/platform.hpp>
#include <revenant/refcount/check_policy.hpp>

namespace revenant {

/// Derived supplies `void destroy()` and, for the debug log, `static constexpr const char* log_name`.
template <class Derived, class P, class Check = assert_check>
class thread_safe_ref_count {
public:
    using platform = P;

    /// Order: relaxed. Partner: none; the caller holds a reference, so that whatever published the
    /// object to it has already been synchronised with. Crosses: nothing. Weaker: there is none; a
    /// stronger order changes no verdict in refcount/clone_vs_release.
    static constexpr order_site ref_order{"thread_safe_ref_count.ref", std::memory_order::relaxed};
    /// Order: acq_rel. Partner: every other `deref` of the counter. Crosses: each holder's use of the
    /// object (release half) into `destroy` (acquire half). Weaker: relaxed is a data race between
    /// the use and the destructor in refcount/release_vs_release.
    static constexpr order_site deref_order{"thread_safe_ref_count.deref", std::memory_order::acq_rel};
    /// Order: relaxed. Partner: none; the number is out of date once read, nobody may act on it but
    /// in a message or a test at quiescence. Crosses: nothing. Weaker: there is none.
    static constexpr order_site count_order{"thread_safe_ref_count.count", std::memory_order::relaxed};

    /// One more reference. Requires: the caller holds one (asserted under assert_check).
    void ref(std::source_location where = std::source_location::current()) {
        const auto old = count_.fetch_add(1, ref_order, where);
        P::log(self(), "ref", old, old + 1);
        if constexpr (Check::asserts) {
            P::check(old > 0, check_kind::assertion, "ref() of an object whose count was 0", where);
        }
        P::check(old < std::numeric_limits<std::uint32_t>::max(), check_kind::counter_overflow,
                 "ref() overflowed the count", where);
    }

    /// One reference less; the last one destroys. The object may be gone when this returns.
    void deref(std::source_location where = std::source_location::current()) {
        Derived& object = self();  // named now: after the decrement it may be gone
        const auto old = count_.fetch_sub(1, deref_order, where);
        P::log(object, "deref", old, old - 1);
        P::check(old > 0, check_kind::counter_underflow, "deref() of an object whose count was 0", where);
        if (old == 1) object.destroy();
    }

    /// The number of references a moment ago. For messages and tests.
    [[nodiscard]] std::uint32_t count(std::source_location where = std::source_location::current()) const {
        return count_.load(count_order, where);
    }

protected:
    thread_safe_ref_count() = default;
    ~thread_safe_ref_count() = default;
    thread_safe_ref_count(const thread_safe_ref_count&) = delete;
    thread_safe_ref_count& operator=(const thread_safe_ref_count&) = delete;

private:
    Derived& self() { return static_cast<Derived&>(*this); }

    typename P::template atomic<std::uint32_t> count_{1, {"strong", cell_role::strong_count}};
};

}  // namespace revenant
