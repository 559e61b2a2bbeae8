// slot: memory for one object that is given out again as soon as that object is freed, as an allocator may.
//
// The model does not use a freed address again for long, since each reuse would be one more choice; and on
// real threads no address is given out twice while a script is followed. Where the reuse itself is on trial
// the scenario has a slot, and takes it and gives it back by operations of the platform: which thread comes
// to have the address is then decided by the order of steps that the search turns round, in the model and on
// real threads alike. As in an allocator, a free comes before the next use of the same memory, and before
// nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>

#include <revenant/platform.hpp>

namespace revenant::scenarios {

template <class P>
class Slot {
public:
    static constexpr std::size_t size = 1024;
    /// Acquire, with the release of `giving_back`. What crosses is the end of the object that lay here
    /// before: the next one may write to its memory. No scenario fails when it is weaker, since the model
    /// does not know one object's memory for that of another; it is what an allocator promises.
    static constexpr order_site taking{"slot.take", std::memory_order::acquire};
    /// Release: see `taking`.
    static constexpr order_site giving_back{"slot.give_back", std::memory_order::release};

    /// The memory, or null if it is in use.
    [[nodiscard]] void* take() {
        std::uint32_t expected = 0;
        // Relaxed where it fails: nothing is used then.
        const bool taken = taken_.compare_exchange_strong(expected, 1, taking, std::memory_order::relaxed);
        return taken ? memory_ : nullptr;
    }
    void give_back() { taken_.store(0, giving_back); }
    /// Relaxed: for the quiescence, after all threads.
    [[nodiscard]] bool is_free() const { return taken_.load(std::memory_order::relaxed) == 0; }
    [[nodiscard]] bool holds(const void* object) const { return object == memory_; }

private:
    typename P::template atomic<std::uint32_t> taken_{0, {"taken"}};
    alignas(std::max_align_t) std::byte memory_[size];  // not first: a slot and its object differ in address
};

/// The platform P, but the first object that is made lies in the slot, and whichever is made next after it is
/// freed. Only the objects whose reuse is on trial are made by it. One scenario at a time in a process:
/// `slot` is set before the threads start.
template <class P>
struct reusing : P {
    using source = std::source_location;
    inline static Slot<P>* slot = nullptr;

    template <class T, class... Args>
    [[nodiscard]] static T* make(object_label label, Args&&... args) {
        static_assert(sizeof(T) <= Slot<P>::size);
        if (void* const place = slot->take()) {
            // A platform that keeps no account of objects has no word for it.
            if constexpr (requires(T * object) { P::destroy_in(object); }) {
                return P::template make_in<T>(place, label, std::forward<Args>(args)...);
            } else {
                return ::new (place) T(std::forward<Args>(args)...);
            }
        }
        return P::template make<T>(label, std::forward<Args>(args)...);
    }
    template <class T>
    static void destroy(T* object, source where = source::current()) {
        if (!slot->holds(object)) return P::destroy(object, where);
        if constexpr (requires { P::destroy_in(object, where); }) {
            P::destroy_in(object, where);
        } else {
            object->~T();
        }
        slot->give_back();
    }
};

}  // namespace revenant::scenarios
