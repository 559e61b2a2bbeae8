// relacy_platform: the model world of Platform. Every operation is announced, is a scheduling point,
// and leaves a step in the trace; Relacy decides what a load may return and finds the races.
//
// This header is clean: Relacy is behind the .cpp. A value is trivially copyable and travels as a
// std::uint64_t: 4 or 8 bytes of an atomic, at most 8 of a var.
//
// Limits (model/README.md): modification order is execution order; a load reads at most
// one store back in an exhaustive search; plain data that is not a var is invisible.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

#include <revenant/model/operation.hpp>
#include <revenant/model/outcome.hpp>
#include <revenant/model/relacy/conditions.hpp>
#include <revenant/model/relacy/mutexes.hpp>
#include <revenant/model/relacy/once.hpp>
#include <revenant/model/search/execution.hpp>
#include <revenant/platform.hpp>

namespace revenant::model::relacy {

namespace detail {

/// An order as a place in the code names it; the name is what an override looks up.
struct Order {
    std::memory_order order;
    const char* site = nullptr;
    Order(std::memory_order o) : order(o) {}
    Order(const order_site& s) : order(s.order), site(s.name) {}
};

/// An rl::atomic<Word> and its life: a plain variable that each operation reads and the destructor
/// writes, so that a destroy that is not ordered after every use is a data race in either order.
template <class Word>
class AtomicCell {
public:
    AtomicCell(Word initial, const cell_name& name, CellValue value = CellValue::number);
    ~AtomicCell();
    AtomicCell(const AtomicCell&) = delete;
    AtomicCell& operator=(const AtomicCell&) = delete;

    [[nodiscard]] Word load(Order order, source where, bool confirming = false);
    void store(Word value, Order order, source where);
    /// An exchange, fetch_add or fetch_sub, as `kind` says; returns the value before.
    [[nodiscard]] Word modify(OperationKind kind, Word value, Order order, source where);
    [[nodiscard]] bool compare_exchange(OperationKind kind, Word& expected, Word desired, Order success,
                                        Order failure, source where);

private:
    template <class Act>
    void perform(Operation& operation, Act act);

    alignas(8) std::byte atomic_[64];
    alignas(8) std::byte life_[40];
    CellId id_;
};

class VarCell {
public:
    VarCell(std::uint64_t initial, const cell_name& name, CellValue value = CellValue::number);
    ~VarCell();
    VarCell(const VarCell&) = delete;
    VarCell& operator=(const VarCell&) = delete;

    [[nodiscard]] std::uint64_t get(source where) const;
    void set(std::uint64_t value, source where);

private:
    alignas(8) mutable std::byte var_[40];
    CellId id_;
};

template <class T>
concept Word64 = std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(std::uint64_t);
/// What an atomic may hold: a smaller one would not wrap at its own width.
template <class T>
concept AtomicWord = Word64<T> &&(sizeof(T) == 4 || sizeof(T) == 8);

template <class T>
inline constexpr CellValue value_of = std::is_pointer<T>::value ? CellValue::pointer : CellValue::number;

template <class To, class From>
[[nodiscard]] To convert(const From& from) {
    To to{};
    std::memcpy(&to, &from, sizeof(To) < sizeof(From) ? sizeof(To) : sizeof(From));
    return to;
}

[[nodiscard]] void* allocate(std::size_t size, std::size_t alignment, const char* label, source where);
/// The same in memory that is the scenario's own, and stays its own when the block is freed.
void allocate_in(void* place, std::size_t size, const char* label, source where);
/// Announces the free of a live block; a block that is not live is a double free.
void begin_free(const void* object, source where);
void end_free(void* object, source where);
[[noreturn]] void violated(FindingKind kind, const char* text);

}  // namespace detail

struct relacy_platform {
    using order = detail::Order;

    template <class T>
    requires detail::AtomicWord<T>
    class atomic {
        using Word = std::conditional_t<(sizeof(T) > 4), std::uint64_t, std::uint32_t>;

    public:
        explicit atomic(T initial, cell_name name = {"value"})
            : cell_(word(initial), name, detail::value_of<T>) {}

        T load(order o, source where = source::current()) const { return value(cell_.load(o, where)); }
        /// For scenarios: a load whose value is used for nothing but the CAS that comes next, in a loop that
        /// starts over when the CAS fails. An exhaustive search takes both as one step, and so leaves out
        /// the executions in which it fails, for a value that came between or spuriously: they end as those
        /// do in which the load comes later (confirmation CAS, FMCAD 2021).
        T load_to_confirm(order o, source where = source::current()) const {
            return value(cell_.load(o, where, true));
        }
        void store(T v, order o, source where = source::current()) { cell_.store(word(v), o, where); }
        T exchange(T v, order o, source where = source::current()) {
            return value(cell_.modify(OperationKind::exchange, word(v), o, where));
        }
        T fetch_add(T v, order o, source where = source::current()) {
            return value(cell_.modify(OperationKind::fetch_add, word(v), o, where));
        }
        T fetch_sub(T v, order o, source where = source::current()) {
            return value(cell_.modify(OperationKind::fetch_sub, word(v), o, where));
        }
        bool compare_exchange_strong(T& expected, T desired, order success, order failure,
                                     source where = source::current()) {
            return exchange_if(OperationKind::cas_strong, expected, desired, success, failure, where);
        }
        bool compare_exchange_weak(T& expected, T desired, order success, order failure,
                                   source where = source::current()) {
            return exchange_if(OperationKind::cas_weak, expected, desired, success, failure, where);
        }

    private:
        static Word word(const T& v) { return detail::convert<Word>(v); }
        static T value(Word w) { return detail::convert<T>(w); }
        bool exchange_if(OperationKind kind, T& expected, T desired, order success, order failure,
                         source where) {
            Word seen = word(expected);
            const bool stored = cell_.compare_exchange(kind, seen, word(desired), success, failure, where);
            expected = value(seen);
            return stored;
        }

        mutable detail::AtomicCell<Word> cell_;
    };

    template <class T>
    requires detail::Word64<T>
    class var {
    public:
        explicit var(T initial, cell_name name = {"value"})
            : cell_(detail::convert<std::uint64_t>(initial), name, detail::value_of<T>) {}
        T get(source where = source::current()) const { return detail::convert<T>(cell_.get(where)); }
        void set(T v, source where = source::current()) {
            cell_.set(detail::convert<std::uint64_t>(v), where);
        }

    private:
        detail::VarCell cell_;
    };

    class plain_data {
    public:
        explicit plain_data(cell_name name = {"data"}) : cell_(0, name, CellValue::opaque) {}
        void reading(source where = source::current()) const { static_cast<void>(cell_.get(where)); }
        void writing(source where = source::current()) { cell_.set(0, where); }

    private:
        detail::VarCell cell_;
    };

    using mutex = detail::Mutex;
    using recursive_mutex = detail::RecursiveMutex;
    using shared_mutex = detail::SharedMutex;
    using condition_variable = detail::ConditionVariable;
    using once_flag = detail::OnceFlag;

    template <class Act>
    static void call_once(once_flag& flag, Act&& act, source where = source::current()) {
        flag.call_once(std::forward<Act>(act), where);
    }

    /// From 1 for the first thread; 0 in setup and teardown.
    [[nodiscard]] static unsigned this_thread_id();

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
    using Moment = search::Moment;
    [[nodiscard]] static Moment now();
    [[nodiscard]] static bool is_over(const Moment& moment);
};

static_assert(Platform<relacy_platform>);

}  // namespace revenant::model::relacy
