// What the model world has under basic_atomic and basic_var: each operation is a step, by way of the .cpp,
// which includes Relacy. This header is clean of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include <revenant/model/cell_value.hpp>
#include <revenant/model/operation.hpp>
#include <revenant/model/order_override.hpp>
#include <revenant/platform.hpp>

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
    [[nodiscard]] std::uint64_t newest(source where) const;
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

/// The accesses to plain data, by which a race on it is found. What they access is the caller's.
class VarCell {
public:
    /// The data, and how it becomes a number for the trace; null: it does not.
    struct Data {
        const void* at = nullptr;
        std::uint64_t (*word)(const void*) = nullptr;
    };

    VarCell(std::uint64_t initial, const cell_name& name, CellValue value);
    ~VarCell();
    VarCell(const VarCell&) = delete;
    VarCell& operator=(const VarCell&) = delete;

    void read(const Data& data, source where) const;
    /// `lent`: what is to be written is not known.
    void write(std::uint64_t after, bool lent, source where);

private:
    alignas(8) mutable std::byte var_[40];
    CellId id_;
};

template <class T>
class VarCore {
public:
    using value_type = T;
    static constexpr bool is_word = Word64<T>;

protected:
    VarCore(T initial, cell_name name)
        : value_(std::move(initial)), cell_(word_of(value_), name, model::value_of<T>()) {}

    auto get(source where) const -> std::conditional_t<is_word, T, const T&> { return read(where); }
    void set(T v, source where) {
        cell_.write(word_of(v), false, where);
        value_ = std::move(v);
    }
    const T& read(source where) const {
        cell_.read(data(), where);
        return value_;
    }
    T& write(source where) {
        cell_.write(0, true, where);
        return value_;
    }

private:
    static std::uint64_t word_of(const T& value) {
        if constexpr (is_word) return to_word(value);
        return 0;
    }
    VarCell::Data data() const {
        return {&value_, [](const void* at) { return word_of(*static_cast<const T*>(at)); }};
    }

    T value_;
    VarCell cell_;  // is destroyed first, and tells a destructor that is not ordered after every access
};

}  // namespace detail
}  // namespace revenant::model::relacy
