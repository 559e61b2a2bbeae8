// cell_array: an array of cells with one name, each with its index: `slot[2]` in a trace. In production it is
// the array. A plain array of cells works as well; its cells are then numbered as they are made.
// One use:  cell_array<typename P::template atomic<int>, 4> slots_{"slot"};
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include <revenant/cells/cell_name.hpp>

namespace revenant {

template <class Cell, std::size_t count>
class cell_array {
public:
    using value_type = typename Cell::value_type;

    constexpr explicit cell_array(cell_name name, value_type initial = value_type())
        : cell_array(name, initial, std::make_index_sequence<count>()) {}
    constexpr explicit cell_array(const char* name, value_type initial = value_type())
        : cell_array(cell_name{name}, initial) {}

    [[nodiscard]] static constexpr std::size_t size() noexcept { return count; }
    [[nodiscard]] constexpr Cell& operator[](std::size_t i) noexcept { return cells_[i]; }
    [[nodiscard]] constexpr const Cell& operator[](std::size_t i) const noexcept { return cells_[i]; }
    [[nodiscard]] constexpr auto begin() noexcept { return cells_.begin(); }
    [[nodiscard]] constexpr auto end() noexcept { return cells_.end(); }
    [[nodiscard]] constexpr auto begin() const noexcept { return cells_.begin(); }
    [[nodiscard]] constexpr auto end() const noexcept { return cells_.end(); }

private:
    template <std::size_t... places>
    constexpr cell_array(cell_name name, const value_type& initial, std::index_sequence<places...>)
        : cells_{{Cell(initial, name.at(static_cast<int>(places)))...}} {}

    std::array<Cell, count> cells_;
};

}  // namespace revenant
