// Platform: the one seam between the code on trial and the world that it runs in.
//
// Everything in impl/ that touches shared state is a template on a Platform. The production model
// (std_platform.hpp) costs nothing; the instrumented ones see every operation, know it by name and
// may choose what it returns.
//
// Thread-safety: a platform is a bundle of types and static functions; it has no state of its own.
// One use:  template <Platform P> class counter { typename P::template atomic<unsigned> value_; };
#pragma once

#include <atomic>
#include <chrono>
#include <concepts>
#include <condition_variable>
#include <cstdint>
#include <source_location>

#include <revenant/cells/atomics.hpp>
#include <revenant/cells/cell_array.hpp>
#include <revenant/cells/cell_name.hpp>
#include <revenant/cells/guarded.hpp>
#include <revenant/cells/object_label.hpp>
#include <revenant/cells/variables.hpp>
#include <revenant/locks.hpp>

namespace revenant {

/// A memory order with the name of the place that uses it, `type.operation`. Each is a constant
/// beside its type, with the argument for it; an instrumented world can weaken one by this name.
struct order_site {
    const char* name;
    std::memory_order order;
    constexpr operator std::memory_order() const noexcept { return order; }
};

/// What a failed check of ours says went wrong. The checks of a counter's range are in every build.
enum class check_kind : unsigned char { assertion, counter_overflow, counter_underflow };

/// The mutexes of a Platform, and what else its threads wait for.
template <class P>
concept PlatformSync = requires(typename P::mutex m, typename P::recursive_mutex r,
                                typename P::shared_mutex s, typename P::condition_variable c,
                                typename P::once_flag f, typename P::latch l, const typename P::latch awaited,
                                unique_lock<typename P::mutex> lock, std::chrono::seconds time,
                                std::chrono::steady_clock::time_point until, bool (*holds)(), void (*act)(),
                                std::source_location where) {
    {m.lock(where)};
    { m.try_lock(where) } -> std::same_as<bool>;
    {m.unlock(where)};
    {r.lock(where)};
    { r.try_lock(where) } -> std::same_as<bool>;
    {r.unlock(where)};
    {s.lock(where)};
    { s.try_lock(where) } -> std::same_as<bool>;
    {s.unlock(where)};
    {s.lock_shared(where)};
    { s.try_lock_shared(where) } -> std::same_as<bool>;
    {s.unlock_shared(where)};
    {c.notify_one(where)};
    {c.notify_all(where)};
    {c.wait(lock, where)};
    {c.wait(lock, holds, where)};
    { c.wait_for(lock, time, where) } -> std::same_as<std::cv_status>;
    { c.wait_for(lock, time, holds, where) } -> std::same_as<bool>;
    { c.wait_until(lock, until, where) } -> std::same_as<std::cv_status>;
    { c.wait_until(lock, until, holds, where) } -> std::same_as<bool>;
    {P::call_once(f, act, where)};
    {l.count_down(1, where)};
    {awaited.wait(where)};
    {l.arrive_and_wait(1, where)};
    { P::this_thread_id() } -> std::same_as<unsigned>;
};

template <class P>
concept Platform = PlatformSync<P> &&
    atomic_cell<typename P::template atomic<std::uint32_t>, std::uint32_t> &&
    atomic_cell<typename P::template strong_count<std::uint32_t>, std::uint32_t> &&
    atomic_cell<typename P::template weak_count<std::uint32_t>, std::uint32_t> &&
    atomic_flag_cell<typename P::atomic_flag> &&
    requires(typename P::template var<int> v, typename P::plain_data d, std::memory_order order,
             std::source_location where, int* object, bool (*holds)()) {
    { v.get(where) } -> std::convertible_to<int>;
    {v.set(1, where)};
    { v.read(where) } -> std::same_as<const int&>;
    { v.write(where) } -> std::same_as<int&>;
    {typename P::template guarded<int>{}};
    { typename P::template allocator<int>("int").allocate(1) } -> std::same_as<int*>;
    {d.reading(where)};
    {d.writing(where)};
    {P::fence(order, where)};
    {P::yield(where)};
    {P::check(true, check_kind::assertion, "", where)};
    {P::require(true, "", where)};
    { P::is_over(P::now()) } -> std::same_as<bool>;
    { P::tells_moments } -> std::convertible_to<bool>;
    {P::at_every_step(holds, "")};
    { P::tells_every_step } -> std::convertible_to<bool>;
    { P::template make<int>("int", 1) } -> std::same_as<int*>;
    {P::destroy(object, where)};
    {typename P::reference_ticket{}};
};

}  // namespace revenant
