// threads_platform: real atomics and mutexes, each behind the gate. The world in which a recorded
// interleaving is run for real, and in which noise is made.
//
// Ordering: exactly that of the std member of the same name, or of the override in force for its site. The
// gate adds none that a sanitizer can see; the hardware sees its hand-overs, so that an order bug shows in a
// sanitizer's report and never as a wrong value.
// Thread-safety: as std_platform's.
#pragma once

#include <atomic>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

#include <revenant/debug_platform.hpp>
#include <revenant/model/order_override.hpp>
#include <revenant/model/outcome.hpp>
#include <revenant/model/threads/gate.hpp>
#include <revenant/model/threads/mutexes.hpp>
#include <revenant/model/threads/waits.hpp>

namespace revenant::model::threads {

namespace detail {

/// An order as a place in the code names it.
struct Order {
    std::memory_order order;
    Order(std::memory_order o) : order(o) {}
    Order(const order_site& site) : order(overridden(site.name, site.order)) {}
};

inline void fence(std::memory_order order) {
// ThreadSanitizer knows no fences: it sees less order than there is, and may report a race that is none. g++
// warns of that where it is compiled for it.
#pragma GCC diagnostic push
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wtsan"
#endif
    __atomic_thread_fence(static_cast<int>(order));
#pragma GCC diagnostic pop
}

/// A value as the gate compares it: see CellValue.
template <class T>
[[nodiscard]] std::uint64_t word(const T& value) {
    static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(std::uint64_t));
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof value);
    if constexpr (std::is_pointer_v<T>) bits = gate::pointer_of(bits);
    return bits;
}

template <class T>
inline constexpr CellValue value_of = std::is_pointer<T>::value ? CellValue::pointer : CellValue::number;

/// Memory at an address that no named object has had in this execution: what is freed and used again must
/// not pass for another object. What was refused is kept until the process ends.
[[nodiscard]] void* fresh_memory(std::size_t size, std::size_t alignment);

/// As `new` does: what asks for more than the usual alignment gets it.
inline bool is_over_aligned(std::size_t alignment) { return alignment > __STDCPP_DEFAULT_NEW_ALIGNMENT__; }
[[nodiscard]] inline void* memory(std::size_t size, std::size_t alignment) {
    return is_over_aligned(alignment) ? ::operator new (size, std::align_val_t{alignment})
                                      : ::operator new(size);
}
template <class T>
void release(T* object) {
    if (is_over_aligned(alignof(T))) {
        ::operator delete (object, std::align_val_t{alignof(T)});
    } else {
        ::operator delete(object);
    }
}

}  // namespace detail

struct threads_platform {
    using source = std::source_location;
    using order = detail::Order;
    using ObjectClass = gate::ObjectClass;

    // Atomics and plain values have eight bytes each. ThreadSanitizer remembers four accesses of every eight
    // bytes, and forgets one at random when there are more: of two counters side by side it missed a race
    // once in 300 runs, of two plain values in every other run.
    template <class T>
    class alignas(8) atomic {
    public:
        explicit atomic(T initial, cell_name name = {"value"}) : value_(initial) {
            detail::name_cell(ObjectClass::atomic, this, name, detail::value_of<T>);
        }

        T load(order o, source = source::current()) const {
            gate::enter(OperationKind::load, ObjectClass::atomic, this);
            const T seen = value_.load(o.order);
            gate::leave(detail::word(seen));
            return seen;
        }
        void store(T v, order o, source = source::current()) {
            gate::enter(OperationKind::store, ObjectClass::atomic, this);
            value_.store(v, o.order);
            gate::leave(0, detail::word(v));
        }
        T exchange(T v, order o, source = source::current()) {
            gate::enter(OperationKind::exchange, ObjectClass::atomic, this);
            const T before = value_.exchange(v, o.order);
            gate::leave(detail::word(before), detail::word(v));
            return before;
        }
        T fetch_add(T v, order o, source = source::current()) {
            gate::enter(OperationKind::fetch_add, ObjectClass::atomic, this);
            const T before = value_.fetch_add(v, o.order);
            gate::leave(detail::word(before), detail::word(static_cast<T>(before + v)));
            return before;
        }
        T fetch_sub(T v, order o, source = source::current()) {
            gate::enter(OperationKind::fetch_sub, ObjectClass::atomic, this);
            const T before = value_.fetch_sub(v, o.order);
            gate::leave(detail::word(before), detail::word(static_cast<T>(before - v)));
            return before;
        }
        bool compare_exchange_strong(T& expected, T desired, order success, order failure,
                                     source = source::current()) {
            gate::enter(OperationKind::cas_strong, ObjectClass::atomic, this);
            const bool stored =
                value_.compare_exchange_strong(expected, desired, success.order, failure.order);
            gate::leave(detail::word(expected), detail::word(desired), !stored);
            return stored;
        }
        /// Never fails spuriously while a script is followed: no schedule of the
        /// model that needs it is taken for a script.
        bool compare_exchange_weak(T& expected, T desired, order success, order failure,
                                   source = source::current()) {
            gate::enter(OperationKind::cas_weak, ObjectClass::atomic, this);
            const bool stored =
                gate::follows_script()
                    ? value_.compare_exchange_strong(expected, desired, success.order, failure.order)
                    : value_.compare_exchange_weak(expected, desired, success.order, failure.order);
            gate::leave(detail::word(expected), detail::word(desired), !stored);
            return stored;
        }

    private:
        std::atomic<T> value_;
    };

    template <class T>
    class alignas(8) var {
    public:
        explicit var(T initial, cell_name name = {"value"}) : value_(std::move(initial)) {
            detail::name_cell(ObjectClass::var, this, name, detail::value_of<T>);
        }
        T get(source = source::current()) const {
            gate::enter(OperationKind::read, ObjectClass::var, this);
            const T seen = value_;
            gate::leave(detail::word(seen));
            return seen;
        }
        void set(T v, source = source::current()) {
            gate::enter(OperationKind::write, ObjectClass::var, this);
            value_ = v;
            gate::leave(0, detail::word(v));
        }

    private:
        T value_;
    };

    /// What its owner does to the data is real; this only marks the place of it.
    class plain_data {
    public:
        explicit plain_data(cell_name name = {"data"}) {
            detail::name_cell(ObjectClass::data, this, name, CellValue::opaque);
        }
        void reading(source = source::current()) const {
            gate::enter(OperationKind::read, ObjectClass::data, this);
            gate::leave();
        }
        void writing(source = source::current()) {
            gate::enter(OperationKind::write, ObjectClass::data, this);
            gate::leave();
        }

    private:
        [[maybe_unused]] char address_of_its_own_ = 0;
    };

    using mutex = detail::Mutex;
    using recursive_mutex = detail::RecursiveMutex;
    using shared_mutex = detail::SharedMutex;
    using condition_variable = detail::ConditionVariable;
    using once_flag = detail::OnceFlag;

    template <class Act>
    static void call_once(once_flag& flag, Act&& act, source = source::current()) {
        flag.call_once(std::forward<Act>(act));
    }
    [[nodiscard]] static unsigned this_thread_id() { return gate::thread_number(); }

    template <class T, class... Args>
    [[nodiscard]] static T* make(object_label label, Args&&... args) {
        gate::enter(OperationKind::allocate, ObjectClass::block, nullptr);
        void* const memory = gate::follows_script() ? detail::fresh_memory(sizeof(T), alignof(T))
                                                    : detail::memory(sizeof(T), alignof(T));
        if (gate::follows_script()) gate::add_block(label.text, memory, sizeof(T));
        gate::count_objects(1);
        gate::leave();
        return ::new (memory) T(std::forward<Args>(args)...);
    }
    /// For scenarios: see relacy_platform.
    template <class T, class... Args>
    [[nodiscard]] static T* make_in(void* place, object_label label, Args&&... args) {
        gate::enter(OperationKind::allocate, ObjectClass::block, nullptr);
        if (gate::follows_script()) gate::add_block(label.text, place, sizeof(T));
        gate::count_objects(1);
        gate::leave();
        return ::new (place) T(std::forward<Args>(args)...);
    }
    template <class T>
    static void destroy_in(T* object, source = source::current()) {
        object->~T();
        gate::enter(OperationKind::free, ObjectClass::block, object);
        if (gate::follows_script()) gate::free_block(object);
        gate::count_objects(-1);
        gate::leave();
    }
    template <class T>
    static void destroy(T* object, source = source::current()) {
        if (object == nullptr) return;
        // What is freed already is judged before its destructor runs, as in the model.
        const bool dead = gate::follows_script() && !gate::is_live_block(object);
        if (dead) gate::enter(OperationKind::free, ObjectClass::block, object);
        object->~T();
        if (!dead) gate::enter(OperationKind::free, ObjectClass::block, object);
        if (gate::follows_script()) gate::free_block(object);
        gate::freeing(object, sizeof(T));
        gate::count_objects(-1);
        detail::release<T>(object);
        gate::leave();
    }

    static void fence(order o, source = source::current()) {
        gate::enter(OperationKind::fence, ObjectClass::atomic, nullptr);
        detail::fence(o.order);
        gate::leave();
    }

    static void yield(source = source::current()) {
        gate::enter(OperationKind::yield, ObjectClass::atomic, nullptr);
        if (!gate::follows_script()) std::this_thread::yield();
        gate::leave();
    }

    static void check(bool ok, check_kind kind, const char* what, source = source::current()) {
        if (ok) return;
        switch (kind) {
            case check_kind::assertion: gate::fails(to_text(FindingKind::assertion), what);
            case check_kind::counter_overflow: gate::fails(to_text(FindingKind::counter_overflow), what);
            case check_kind::counter_underflow: gate::fails(to_text(FindingKind::counter_underflow), what);
        }
    }
    /// For scenarios: an invariant of theirs does not hold.
    [[noreturn]] static void violated(FindingKind kind, const char* text) {
        gate::fails(to_text(kind), text);
    }

    struct reference_ticket {
        void acquired(const void*, const char*, source) noexcept {}
        void released() noexcept {}
    };

    /// Off for what would cost the code operations of its own: the script has none of those. What is logged
    /// anyway goes to the scoped debug log while that is the noise.
    static constexpr bool logging = false;
    template <class T, class... Args>
    static void log(const T& object, const char* verb, Args... numbers) {
        if (gate::logs()) debug_platform::log(object, verb, numbers...);
    }
};

static_assert(Platform<threads_platform>);

}  // namespace revenant::model::threads
