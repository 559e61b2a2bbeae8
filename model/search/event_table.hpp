// Tables of an Execution: for each cell, or block, the number of an event, or -1. For its own sources.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace revenant::model::search {

inline void set_at(std::vector<std::int32_t>& table, std::size_t at, std::int32_t value) {
    if (at >= table.size()) table.resize(at * 2 + 64, -1);
    table[at] = value;
}

[[nodiscard]] inline std::int32_t at(const std::vector<std::int32_t>& table, std::size_t index) {
    return index < table.size() ? table[index] : -1;
}

}  // namespace revenant::model::search
