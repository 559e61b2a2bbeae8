// Points: instructions of the program whose plain accesses are steps of the search, because they were found
// in a data race: so that what lies behind the race is found as well.
//
// Such an access takes its turn as a relaxed atomic operation would, and orders nothing. Two of them, or one
// and an atomic operation, are in no race any more, as they have been told; with any other access they are.
// They conflict by the address that they begin at. To give memory back may be such an access as well: of all
// that lies in the block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/native/clocks.hpp"
#include "model/operation.hpp"

namespace revenant::model::native {

class Points {
public:
    /// The instructions, as `offset_of` has them. Before a search.
    void set(const std::vector<std::uint64_t>& offsets);
    /// An execution begins.
    void begin();
    [[nodiscard]] static bool any() { return filter_ != 0; }
    /// Whether the call that returns to `place` announces an access of one of them. Asked at each plain
    /// access, and mostly answered without a call.
    [[nodiscard]] static bool has(std::uintptr_t place) {
        return (filter_ >> (place % 64) & 1) != 0 && is_listed(place);
    }
    /// A block of the heap as a step has it.
    [[nodiscard]] static BlockId block_of(std::int32_t block) {
        return block < 0 ? no_id : static_cast<BlockId>(block % no_id);
    }
    /// An access of one of them has been made.
    void accessed(std::uintptr_t address, std::size_t size, bool is_write, int thread,
                  const VectorClock& clock);
    /// Whether another plain access is in no order with one of theirs.
    [[nodiscard]] bool is_race(std::uintptr_t address, std::size_t size, bool is_write,
                               const VectorClock& clock) const;
    /// How often one of them has written the object.
    void changed(CellId cell);
    [[nodiscard]] std::uint32_t changes_of(CellId cell) const {
        return cell < changes_.size() ? changes_[cell] : 0;
    }

private:
    /// Bytes that they have accessed in this execution.
    struct Bytes {
        std::uintptr_t address = 0;
        std::size_t size = 0;
        VectorClock wrote;  ///< the ticks of the threads' last accesses
        VectorClock read;
    };
    [[nodiscard]] static bool is_listed(std::uintptr_t place);

    static inline std::uint64_t filter_ = 0;  ///< a bit for the places that are equal modulo 64
    std::vector<std::uintptr_t> places_;
    std::vector<Bytes> bytes_;
    std::vector<std::uint32_t> changes_;
};

[[nodiscard]] Points& points();

/// A place in the program's code as the same number in each run.
[[nodiscard]] std::uint64_t offset_of(std::uintptr_t place);
/// … and the other way round.
[[nodiscard]] std::uintptr_t place_of(std::uint64_t offset);

/// What the compiler announces, of one of the points: a step.
void access_at_point(std::uintptr_t address, std::size_t size, bool is_write, std::uintptr_t place);

}  // namespace revenant::model::native
