// VarCore: what real threads under the gate have below basic_var: the plain data itself, behind the gate.
#pragma once

#include <algorithm>
#include <utility>

#include <revenant/model/threads/atomic.hpp>

namespace revenant::model::threads {

/// Eight bytes at least: see AtomicCore.
template <class T>
class alignas(std::max(alignof(T), std::size_t{8})) VarCore {
public:
    using value_type = T;
    static constexpr bool is_word = Word64<T>;

protected:
    using source = std::source_location;

    VarCore(T initial, cell_name name) : value_(std::move(initial)) {
        detail::name_cell(gate::ObjectClass::var, this, name, value_of<T>());
    }

    /// A word is copied by the step itself.
    auto get(source) const -> std::conditional_t<is_word, T, const T&> {
        if constexpr (is_word) {
            enter(OperationKind::read);
            const T seen = value_;
            gate::leave(detail::word(seen));
            return seen;
        } else {
            return read({});
        }
    }
    void set(T v, source) {
        enter(OperationKind::write);
        value_ = std::move(v);
        gate::leave(0, word_of(value_));
    }
    // What is lent is used behind the step, by a thread that nobody else runs beside until its next one.
    const T& read(source) const {
        enter(OperationKind::read);
        gate::leave(word_of(value_));
        return value_;
    }
    T& write(source) {
        enter(OperationKind::write);
        gate::leave();
        return value_;
    }

private:
    void enter(OperationKind kind) const { gate::enter(kind, gate::ObjectClass::var, this); }
    static std::uint64_t word_of(const T& value) {
        if constexpr (is_word) return detail::word(value);
        return 0;
    }

    T value_;
};

}  // namespace revenant::model::threads
