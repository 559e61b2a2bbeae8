// relacy_platform: the model world of Platform. Every operation is announced, is a scheduling point,
// and leaves a step in the trace; Relacy decides what a load may return and finds the races.
//
// This header is clean: Relacy is behind the .cpp. A value is trivially copyable, has at most 8 bytes and
// travels as a std::uint64_t.
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

#include <revenant/platform.hpp>
#include "model/cell_value.hpp"
#include "model/operation.hpp"
#include "model/order_override.hpp"
#include "model/outcome.hpp"
#include "model/search/execution.hpp"

namespace revenant::model::relacy {

using source = std::source_location;

namespace detail {

/// The order that a place in the code runs with: what it asks for, or the override for its name.
struct Order {
    std::memory_order order;
    Order(std::memory_order o) : order(o) {}
    Order(const order_site& site) : order(overridden(site.name, site.order)) {}
    operator std::memory_order() const { return order; }
};

/// An atomic word and its life: a plain variable that each operation reads and the destructor writes, so
/// that a destroy that is not ordered after every use is a data race in either order.
class AtomicCell {
public:
    /// What a read-modify-write makes of the word that it finds.
    struct Change {
        std::uint64_t (*after)(std::uint64_t before, std::uint64_t operand);
        std::uint64_t operand;
        bool goes_down;  ///< for the judgement of a count
    };

    AtomicCell(std::uint64_t initial, const cell_name& name, CellValue value);
    ~AtomicCell();
    AtomicCell(const AtomicCell&) = delete;
    AtomicCell& operator=(const AtomicCell&) = delete;

    [[nodiscard]] std::uint64_t load(Order order, source where, const char* verb, bool confirming = false);
    void store(std::uint64_t value, Order order, source where, const char* verb);
    /// Returns the word before.
    [[nodiscard]] std::uint64_t modify(OperationKind kind, const Change& change, Order order, source where,
                                       const char* verb);
    [[nodiscard]] bool compare_exchange(OperationKind kind, std::uint64_t& expected, std::uint64_t desired,
                                        Order success, Order failure, source where);

private:
    template <class Act>
    void perform(Operation& operation, Act act);

    alignas(8) std::byte atomic_[64];
    alignas(8) std::byte life_[40];
    CellId id_;
};

/// What the model world has under basic_atomic.
template <class T>
requires Word64<T>
class AtomicCore {
public:
    using value_type = T;
    using order = Order;
    static constexpr bool is_nothrow = false;  // a failing execution is abandoned from inside

protected:
    AtomicCore(T initial, cell_name name) : cell_(to_word(initial), name, model::value_of<T>()) {}

    T load(Order o, source where, const char* verb = "", bool confirming = false) const {
        return from_word<T>(cell_.load(o, where, verb, confirming));
    }
    void store(T v, Order o, source where, const char* verb = "") { cell_.store(to_word(v), o, where, verb); }
    T exchange(T v, Order o, source where, const char* verb = "") {
        constexpr auto takes = [](std::uint64_t, std::uint64_t operand) { return operand; };
        return modify(OperationKind::exchange, {takes, to_word(v), false}, o, where, verb);
    }
    template <bool weak>
    bool compare_exchange(T& expected, T desired, Order success, Order failure, source where) {
        constexpr auto kind = weak ? OperationKind::cas_weak : OperationKind::cas_strong;
        auto seen = to_word(expected);
        const bool stored = cell_.compare_exchange(kind, seen, to_word(desired), success, failure, where);
        expected = from_word<T>(seen);
        return stored;
    }
    template <atomic_change how>
    T change(atomic_operand<T> v, Order o, source where) {
        using Operand = atomic_operand<T>;
        constexpr auto after = [](std::uint64_t before, std::uint64_t operand) {
            return to_word(changed<how>(from_word<T>(before), from_word<Operand>(operand)));
        };
        const bool goes_down = (v < Operand{}) != (how == atomic_change::sub);
        return modify(kind_of(how), {after, to_word(v), goes_down}, o, where, "");
    }

private:
    T modify(OperationKind kind, const AtomicCell::Change& how, Order o, source where, const char* verb) {
        return from_word<T>(cell_.modify(kind, how, o, where, verb));
    }

    mutable AtomicCell cell_;
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
    requires Word64<T>
    class var {
    public:
        explicit var(T initial, cell_name name = {"value"})
            : cell_(to_word(initial), name, model::value_of<T>()) {}
        T get(source where = source::current()) const { return from_word<T>(cell_.get(where)); }
        void set(T v, source where = source::current()) { cell_.set(to_word(v), where); }

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

    class mutex {
    public:
        explicit mutex(cell_name name = {"mutex"});
        ~mutex();
        mutex(const mutex&) = delete;
        mutex& operator=(const mutex&) = delete;
        void lock(source where = source::current());
        void unlock(source where = source::current());

    private:
        alignas(8) std::byte mutex_[64];
        alignas(8) std::byte life_[40];  ///< as of an atomic
        CellId id_;
    };

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
