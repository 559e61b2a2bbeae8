// GateObjects: what the gate calls the memory of the code on trial, by address. Part of the gate: compiled
// without instrumentation, used by gate.cpp only; the rules are told in gate.hpp.
//
// Thread-safety: none; whoever has the turn calls.
#pragma once

#include "model/threads/gate.hpp"

namespace revenant::model::threads::gate {

/// An address, turned round: the leak detector takes every pointer that it finds in memory for a use.
using Hidden = std::uintptr_t;
[[nodiscard]] Hidden hidden(std::uintptr_t address);
[[nodiscard]] Hidden hidden(const void* at);

class GateObjects {
public:
    void clear();
    /// False: there is no room for another one.
    [[nodiscard]] bool add(ObjectClass type, const void* at, std::size_t size);
    /// The number of the newest cell of a class at an address, or no_id.
    [[nodiscard]] std::uint16_t cell(ObjectClass type, const void* at) const;
    /// The number of the block that lives at this very address, or no_id; of the newest that contains it.
    [[nodiscard]] std::uint16_t live_block(const void* at) const;
    [[nodiscard]] std::uint16_t block_around(Hidden at) const;
    [[nodiscard]] bool was_a_block(const void* at) const;
    /// Whether the newest block that contains it has been freed.
    [[nodiscard]] bool is_in_freed(Hidden at) const;
    [[nodiscard]] std::uint16_t next_block() const { return blocks_; }
    void freed(const void* at);

private:
    struct Object {
        Hidden begin;
        std::size_t size;
        ObjectClass type;
        bool live;
        std::uint16_t number;  ///< among the blocks, or among the cells
    };
    static constexpr int objects_max = 4096;

    [[nodiscard]] int find_live_block(const void* at) const;
    [[nodiscard]] int find_block_around(Hidden at) const;

    Object all_[objects_max];
    int size_;
    std::uint16_t cells_;
    std::uint16_t blocks_;
};

}  // namespace revenant::model::threads::gate
