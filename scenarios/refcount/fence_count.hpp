// fence_ref_count: a count whose drop releases, and whose last drop acquires by a fence: correct, and
// invisible to ThreadSanitizer, which sees no fences: it runs in the model and under AddressSanitizer.
#pragma once

#include <atomic>
#include <cstdint>

#include <revenant/platform.hpp>

namespace revenant::scenarios {

/// Where the acquire fence stands.
enum class FenceAt : unsigned char {
    last_drop,  ///< behind the decrement that has reached 0: right
    nowhere,    ///< WRONG ON PURPOSE: convicted by refcount/release_vs_release
    too_early,  ///< WRONG ON PURPOSE: before the decrement, with nothing to synchronise with. Convicted by
                ///< the same
};

template <class Derived, class P, FenceAt fence_at = FenceAt::last_drop>
class fence_ref_count {
public:
    void ref() {
        // Order: relaxed. Partner: none; the caller holds a reference. Crosses: nothing.
        count_.fetch_add(1, std::memory_order::relaxed);
    }
    void deref() {
        auto& object = static_cast<Derived&>(*this);
        if constexpr (fence_at == FenceAt::too_early) P::fence(std::memory_order::acquire);
        // Order: release. Partner: the acquire fence of the last drop. Crosses: this holder's use of the
        // object into `destroy`. Weaker: a data race in refcount/release_vs_release.
        const auto old = count_.fetch_sub(1, std::memory_order::release);
        if (old != 1) return;
        // Order: acquire. Partner: every other drop, by way of the decrement above, which read what they
        // stored. Crosses: their uses. Without it: a data race in refcount/release_vs_release.
        if constexpr (fence_at == FenceAt::last_drop) P::fence(std::memory_order::acquire);
        object.destroy();
    }

private:
    typename P::template atomic<std::uint32_t> count_{1, {"strong", cell_role::strong_count}};
};

template <class Derived, class P>
using fence_ref_count_without_fence = fence_ref_count<Derived, P, FenceAt::nowhere>;
template <class Derived, class P>
using fence_ref_count_too_early = fence_ref_count<Derived, P, FenceAt::too_early>;
template <class Derived, class P>
using fence_ref_count_as_written = fence_ref_count<Derived, P>;

}  // namespace revenant::scenarios
