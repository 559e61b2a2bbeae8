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
#include <concepts>
#include <cstdint>
#include <source_location>

#include <revenant/cells/atomics.hpp>
#include <revenant/cells/cell_array.hpp>
#include <revenant/cells/cell_name.hpp>
#include <revenant/cells/guarded.hpp>
#include <revenant/cells/object_label.hpp>
#include <revenant/cells/variables.hpp>

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

template <class P>
concept Platform = atomic_cell<typename P::template atomic<std::uint32_t>, std::uint32_t> &&
    atomic_cell<typename P::template strong_count<std::uint32_t>, std::uint32_t> &&
    atomic_cell<typename P::template weak_count<std::uint32_t>, std::uint32_t> &&
    atomic_flag_cell<typename P::atomic_flag> &&
    requires(typename P::template var<int> v, typename P::mutex m, typename P::plain_data d,
             std::memory_order order, std::source_location where, int* object) {
    { v.get(where) } -> std::convertible_to<int>;
    {v.set(1, where)};
    { v.read(where) } -> std::same_as<const int&>;
    { v.write(where) } -> std::same_as<int&>;
    {typename P::template guarded<int>{}};
    { typename P::template allocator<int>("int").allocate(1) } -> std::same_as<int*>;
    {m.lock(where)};
    {m.unlock(where)};
    {d.reading(where)};
    {d.writing(where)};
    {P::fence(order, where)};
    {P::yield(where)};
    {P::check(true, check_kind::assertion, "", where)};
    { P::template make<int>("int", 1) } -> std::same_as<int*>;
    {P::destroy(object, where)};
    {typename P::reference_ticket{}};
};

/// Holds a mutex of a Platform for a scope, and remembers on whose line it was taken.
template <class Mutex>
class [[nodiscard]] scoped_lock {
public:
    explicit scoped_lock(Mutex& mutex, std::source_location where = std::source_location::current())
        : mutex_(mutex), where_(where) {
        mutex_.lock(where_);
    }
    ~scoped_lock() { mutex_.unlock(where_); }
    scoped_lock(const scoped_lock&) = delete;
    scoped_lock& operator=(const scoped_lock&) = delete;

private:
    Mutex& mutex_;
    [[no_unique_address]] std::source_location where_;
};

}  // namespace revenant
