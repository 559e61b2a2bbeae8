// The notation of the litmus tests, parsed. See table.hpp for its grammar.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/result.hpp"

namespace revenant::model::litmus {

enum class StatementKind : std::uint8_t { store, load, add, exchange, cas, fence };

inline constexpr char plain_location = 'd';
/// Variables are single letters: locations (x, y, z, d) and registers (the others).
[[nodiscard]] constexpr bool is_location(char c) {
    return c == 'x' || c == 'y' || c == 'z' || c == plain_location;
}
[[nodiscard]] constexpr std::size_t index_of(char c) { return static_cast<std::size_t>(c - 'a'); }
using Values = std::array<int, 26>;  ///< by index_of

struct Statement {
    StatementKind kind = StatementKind::fence;
    char location = 0;
    char target = 0;         ///< the register that gets the result
    int operand = 0;         ///< stored, added, exchanged, or a CAS's new value
    int expected = 0;        ///< of a CAS
    bool weak = false;       ///< of a CAS
    bool succeeded = false;  ///< of a CAS: the result is whether it stored, not the value seen
    std::memory_order order = std::memory_order::relaxed;
    std::memory_order failure_order = std::memory_order::relaxed;
    char guard = 0;  ///< `if a==1 then`: the register, or 0
    int guard_value = 0;
};

/// `left` equals `right`, or the number if `right` is 0.
struct Equation {
    char left = 0;
    char right = 0;
    int number = 0;
};

struct Parsed {
    std::vector<std::vector<Statement>> threads;
    bool data_race = false;  ///< the outcome asked for is a data race
    std::vector<Equation> outcome;
};

[[nodiscard]] Result<Parsed> parse(std::string_view program, std::string_view outcome);

/// Whether the final values satisfy every equation.
[[nodiscard]] bool holds(const std::vector<Equation>& outcome, const Values& values);

}  // namespace revenant::model::litmus
