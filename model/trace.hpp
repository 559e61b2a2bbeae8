// Trace: the steps of one execution with stable names. Two runs of one schedule give equal traces.
//
// An object is named by its label and its order of creation (`config#1`), a cell by its object and
// its own name (`config#1.strong`); an address never appears.
#pragma once

#include <string>
#include <vector>

#include <revenant/model/operation.hpp>
#include <revenant/platform.hpp>

namespace revenant::model {

struct Block {
    const char* label = "";
    unsigned ordinal = 0;  ///< 1 for the first of its label
    int creator = setup_thread;
    int allocated_step = -1;  ///< index into steps
    int freed_step = -1;      ///< index into steps, or -1 while it lives
};

struct Cell {
    const char* name = "";
    cell_role role = cell_role::plain;
    BlockId block = no_id;  ///< no_id: on a stack or in a static
    CellValue value = CellValue::number;
    std::uint64_t initial = 1;  ///< of a counter, before the first step
    int index = -1;             ///< in an array; -1: in none
    unsigned ordinal = 1;       ///< among those of its block that have the same name
};

struct Trace {
    std::vector<Block> blocks;
    std::vector<Cell> cells;
    std::vector<Step> steps;

    /// The place of a new cell among those of its block that have the same name, from 1.
    [[nodiscard]] unsigned next_ordinal(const Cell& cell) const;
    [[nodiscard]] std::string block_name(BlockId block) const;
    /// `strong`, `slot[2]`, `value#2`.
    [[nodiscard]] static std::string cell_name(const Cell& cell);
    /// The name of what the step works on: a cell or a block.
    [[nodiscard]] std::string target_name(const Operation& operation) const;
    /// `config#1.strong fetch_sub 1→0`, `list#1.head CAS null→node#2`, `registry#1.mutex lock`, `free
    /// config#1`.
    [[nodiscard]] std::string describe(const Step& step) const;
    /// The same with its thread: `T2 registry#1.mutex lock`.
    [[nodiscard]] std::string in_words(const Step& step) const;
    /// The block that it works on, or whose cell it works on; no_id: on a stack, in a static, or on nothing.
    [[nodiscard]] BlockId block_of(const Operation& operation) const;
    /// What the cell that it works on holds; of a block or of nothing: opaque.
    [[nodiscard]] CellValue value_of(const Operation& operation) const;

private:
    /// A value that the operation has, in words.
    [[nodiscard]] std::string value_text(const Operation& operation, std::uint64_t value) const;
    [[nodiscard]] std::string values(const Operation& operation) const;
};

/// `T1` for thread 0, `setup` and `teardown` for what runs before and after the threads.
[[nodiscard]] std::string thread_name(int thread);
/// `file:line`, the file relative to the source tree.
[[nodiscard]] std::string place(const std::source_location& where);

}  // namespace revenant::model
