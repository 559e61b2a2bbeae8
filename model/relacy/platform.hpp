// relacy_platform: the model world of Platform. Every operation is announced, is a scheduling point,
// and leaves a step in the trace; Relacy decides what a load may return and finds the races.
//
// This header is clean: Relacy is behind the .cpp. The value of an atomic is trivially copyable, has at most
// 8 bytes and travels as a std::uint64_t; plain data may be anything, and such a value of it is shown.
//
// Limits (model/README.md): modification order is execution order; a load reads at most
// one store back in an exhaustive search; plain data that is no var and not guarded is invisible.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

#include <revenant/cells/small_function.hpp>
#include <revenant/model/allocator.hpp>
#include <revenant/model/operation.hpp>
#include <revenant/model/outcome.hpp>
#include <revenant/model/relacy/cells.hpp>
#include <revenant/model/relacy/conditions.hpp>
#include <revenant/model/relacy/latch.hpp>
#include <revenant/model/relacy/mutexes.hpp>
#include <revenant/model/relacy/once.hpp>
#include <revenant/model/search/execution.hpp>
#include <revenant/platform.hpp>

namespace revenant::model::relacy {

namespace detail {

[[nodiscard]] void* allocate(std::size_t size, std::size_t alignment, const char* label, source where);
/// The same in memory that is the scenario's own, and stays its own when the block is freed.
void allocate_in(void* place, std::size_t size, const char* label, source where);
/// Announces the free of a live block; a block that is not live is a double free.
void begin_free(const void* object, source where);
void end_free(void* object, source where);
[[noreturn]] void violated(FindingKind kind, const char* text);
void at_every_step(const revenant::detail::small_function<bool>& holds, const char* rule);

}  // namespace detail

struct relacy_platform {
    using order = detail::Order;

    template <class T>
    class atomic : public basic_atomic<detail::AtomicCore<T>> {
        using Base = basic_atomic<detail::AtomicCore<T>>;

    public:
        using Base::Base;
        using Base::operator=;
        /// For scenarios: a load whose value is used for nothing but the CAS that comes next, in a loop that
        /// starts over when the CAS fails. An exhaustive search takes both as one step, and so leaves out
        /// the executions in which it fails, for a value that came between or spuriously: they end as those
        /// do in which the load comes later (confirmation CAS, FMCAD 2021).
        T load_to_confirm(order o, source where = source::current()) const {
            return detail::AtomicCore<T>::load(o, where, "", true);
        }
    };
    using atomic_flag = basic_atomic_flag<detail::AtomicCore<bool>>;
    template <class T>
    using strong_count = counting<atomic<T>, cell_role::strong_count>;
    template <class T>
    using weak_count = counting<atomic<T>, cell_role::weak_count>;

    template <class T>
    using var = basic_var<detail::VarCore<T>>;
    template <class T>
    using guarded = revenant::guarded<relacy_platform, T>;
    template <class T>
    using allocator = ModelAllocator<relacy_platform, T>;

    class plain_data {
    public:
        explicit plain_data(cell_name name = {"data"}) : cell_(0, name, CellValue::opaque) {}
        void reading(source where = source::current()) const { cell_.read({}, where); }
        void writing(source where = source::current()) { cell_.write(0, true, where); }

    private:
        detail::VarCell cell_;
    };

    using mutex = detail::Mutex;
    using recursive_mutex = detail::RecursiveMutex;
    using shared_mutex = detail::SharedMutex;
    using condition_variable = detail::ConditionVariable;
    using once_flag = detail::OnceFlag;
    using latch = detail::Latch;

    template <class Act>
    static void call_once(once_flag& flag, Act&& act, source where = source::current()) {
        flag.call_once(std::forward<Act>(act), where);
    }

    /// From 1 for the first thread; 0 in setup and teardown.
    [[nodiscard]] static unsigned this_thread_id();

    /// Memory without an object in it yet, as an allocator has it.
    [[nodiscard]] static void* allocate(std::size_t size, std::size_t alignment, object_label label) {
        return detail::allocate(size, alignment, label.text, label.where);
    }
    static void deallocate(void* memory, std::size_t, std::size_t, source where) {
        detail::begin_free(memory, where);
        detail::end_free(memory, where);
    }
    template <class T, class... Args>
    [[nodiscard]] static T* make(object_label label, Args&&... args) {
        void* const memory = detail::allocate(sizeof(T), alignof(T), label.text, label.where);
        return ::new (memory) T(std::forward<Args>(args)...);
    }
    /// For scenarios: the same in a place of their own, which can be used again as soon as `destroy_in` has
    /// returned. An address that `make` has given out cannot, for long.
    template <class T, class... Args>
    [[nodiscard]] static T* make_in(void* place, object_label label, Args&&... args) {
        detail::allocate_in(place, sizeof(T), label.text, label.where);
        return ::new (place) T(std::forward<Args>(args)...);
    }
    template <class T>
    static void destroy(T* object, source where = source::current()) {
        if (object == nullptr) return;
        detail::begin_free(object, where);
        object->~T();
        detail::end_free(object, where);
    }
    template <class T>
    static void destroy_in(T* object, source where = source::current()) {
        destroy(object, where);
    }

    static void fence(order o, source where = source::current());

    /// A round of a waiting loop has found nothing to go on with. The loop's only way out is what it reads:
    /// a round that would only repeat itself is not explored. See waiting.hpp.
    static void yield(source where = source::current());

    static void check(bool ok, check_kind kind, const char* what, source = source::current()) {
        if (ok) return;
        switch (kind) {
            case check_kind::assertion: detail::violated(FindingKind::assertion, what);
            case check_kind::counter_overflow: detail::violated(FindingKind::counter_overflow, what);
            case check_kind::counter_underflow: detail::violated(FindingKind::counter_underflow, what);
        }
    }

    /// A rule of a scenario, a sentence without its full stop and of static storage duration, which holds
    /// here: where it does not, the execution is a finding.
    static void require(bool holds, const char* rule, source = source::current()) {
        if (!holds) detail::violated(FindingKind::invariant, rule);
    }

    /// A rule of a scenario's that holds when its setup, which says so, has ended, and after each step of any
    /// thread until all have ended. `holds` reads atomics and does nothing else: it sees the newest value of
    /// each, and is no step. An exhaustive search then takes the changes of all atomics in every order.
    static constexpr bool tells_every_step = true;
    template <class F>
    static void at_every_step(F holds, const char* rule) {
        detail::at_every_step(revenant::detail::small_function<bool>(holds), rule);
    }

    struct reference_ticket {
        void acquired(const void*, const char*, source) noexcept {}
        void released() noexcept {}
    };

    static constexpr bool logging = false;
    template <class T, class... Args>
    static void log(const T&, const char*, Args...) noexcept {}

    /// For scenarios: an invariant of theirs does not hold. `text` has static storage duration.
    [[noreturn]] static void violated(FindingKind kind, const char* text) { detail::violated(kind, text); }
    /// For scenarios: what the thread that runs now calls, for whoever reads its steps. `name` has static
    /// storage duration.
    static void calls(const char* name);
    /// For scenarios: whether the thread that runs now holds any mutex.
    [[nodiscard]] static bool holds_a_mutex();
    /// For scenarios: where the thread that runs now is; and whether a moment of another thread's is
    /// over by now in every equivalent execution, not just in this one.
    static constexpr bool tells_moments = true;
    using Moment = search::Moment;
    [[nodiscard]] static Moment now();
    [[nodiscard]] static bool is_over(const Moment& moment);
};

static_assert(Platform<relacy_platform>);

}  // namespace revenant::model::relacy
