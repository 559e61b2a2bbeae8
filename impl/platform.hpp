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

#include <revenant/locks.hpp>

namespace revenant {

/// What a cell means to the lifetime of the object that holds it. An instrumented world uses it to
/// recognise a resurrection (a strong count that goes 0→1) without help from the code on trial. The bits of
/// an `opaque` cell mean nothing to others, such as an address packed into an integer with a count: they are
/// neither shown nor compared, since they differ from run to run. A `tried` mutex is one that somebody asks
/// whether it is free (`try_lock`): an instrumented world has more to explore there, and wants to know
/// before.
enum class cell_role : unsigned char { plain, strong_count, weak_count, opaque, tried };
[[nodiscard]] constexpr bool is_counter(cell_role role) noexcept {
    return role == cell_role::strong_count || role == cell_role::weak_count;
}

/// The stable name of an atomic, a plain variable or a mutex inside its object: `strong` in
/// `config#1.strong`. The text must have static storage duration. Costs nothing in production.
struct cell_name {
    const char* text = "";
    cell_role role = cell_role::plain;
};

/// The label of an object in a trace, `config` in `config#1`, and the line that makes the object. The
/// text must have static storage duration.
struct object_label {
    const char* text;
    std::source_location where;
    object_label(const char* label, std::source_location line = std::source_location::current())
        : text(label), where(line) {}
};

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
                                typename P::once_flag f, unique_lock<typename P::mutex> lock,
                                std::chrono::seconds time, std::chrono::steady_clock::time_point until,
                                bool (*holds)(), void (*act)(), std::source_location where) {
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
    { P::this_thread_id() } -> std::same_as<unsigned>;
};

template <class P>
concept Platform = PlatformSync<P> &&
    requires(typename P::template atomic<std::uint32_t> a, typename P::template var<int> v,
             typename P::plain_data d, std::uint32_t n, std::memory_order order, std::source_location where,
             int* object) {
    { a.load(order, where) } -> std::same_as<std::uint32_t>;
    {a.store(n, order, where)};
    { a.exchange(n, order, where) } -> std::same_as<std::uint32_t>;
    { a.fetch_add(n, order, where) } -> std::same_as<std::uint32_t>;
    { a.fetch_sub(n, order, where) } -> std::same_as<std::uint32_t>;
    { a.compare_exchange_strong(n, n, order, order, where) } -> std::same_as<bool>;
    { a.compare_exchange_weak(n, n, order, order, where) } -> std::same_as<bool>;
    { v.get(where) } -> std::convertible_to<int>;
    {v.set(1, where)};
    {d.reading(where)};
    {d.writing(where)};
    {P::fence(order, where)};
    {P::yield(where)};
    {P::check(true, check_kind::assertion, "", where)};
    { P::template make<int>("int", 1) } -> std::same_as<int*>;
    {P::destroy(object, where)};
    {typename P::reference_ticket{}};
};

}  // namespace revenant
