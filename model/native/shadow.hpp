// Shadow: what is known of each byte of the program's memory: who has read and written it last.
//
// Two accesses to plain data of which one is a write, by different threads and in no order, are a data race.
// The last write and the last read of a byte suffice to find the first race (FastTrack: Flanagan and Freund,
// PLDI 2009); readers that are in no order among themselves are kept by number. An access costs a look-up
// without a hash: the shadow of an address lies at a fixed distance.
//
// A byte's marks count only if their tick is of this execution, so that nothing is wiped between two.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/native/checkpoint.hpp"
#include "model/native/clocks.hpp"
#include "model/native/layout.hpp"
#include "model/native/undo_log.hpp"

namespace revenant::model::native {

enum class Clash : std::uint8_t {
    none,
    race,    ///< with an access that is in no order with this one
    freed,   ///< the memory is not allocated any more
    atomic,  ///< the byte belongs to an atomic: the caller has to ask it
};

/// So many ticks of a thread.
struct Span {
    int thread = 0;
    Tick from = 1;
    Tick to = 0;
};

class Shadow {
public:
    /// Makes room for the arena's shadow. Before anything else.
    void reserve();
    /// From now on this memory has a shadow too. Before the first execution.
    void track(std::uintptr_t begin, std::uintptr_t end);
    /// A new execution, whose ticks begin behind all earlier ones.
    void begin();
    /// At a checkpoint of the execution, and to go on from there: checkpoint.hpp.
    void save(std::size_t checkpoint);
    /// Whether all that has changed since the checkpoints was noted.
    [[nodiscard]] bool can_resume() const { return !has_too_many_; }
    void resume(std::size_t checkpoint);
    [[nodiscard]] Tick base() const { return base_; }
    /// The execution had got to this tick.
    void end(Tick last) { last_ = last_ > last ? last_ : last; }

    [[nodiscard]] bool is_tracked(std::uintptr_t address) const { return at(address) != nullptr; }
    /// A plain access to bytes, all of them in one tracked range.
    [[nodiscard]] Clash access(std::uintptr_t address, std::size_t size, bool is_write, int thread,
                               const VectorClock& clock);
    /// What an atomic access has against the plain ones before it.
    [[nodiscard]] Clash atomic_access(std::uintptr_t address, std::size_t size, bool is_write,
                                      const VectorClock& clock) const;
    /// How often a thread has written plain bytes that another one had touched, or memory has been given
    /// back: what a thread that reads the same again could find changed.
    [[nodiscard]] std::uint32_t shared_writes() const { return shared_writes_; }
    /// Whether the byte belongs to an atomic since its last plain write.
    [[nodiscard]] bool is_atomic(std::uintptr_t address) const;
    /// … or has no shadow that could tell.
    [[nodiscard]] bool is_atomic_or_untracked(std::uintptr_t address) const {
        const auto* const byte = at(address);
        return byte == nullptr || is_atomic(*byte);
    }
    void make_atomic(std::uintptr_t address, std::size_t size);
    /// Who wrote the byte last, as far as it is known in this execution: else thread 0, at its beginning.
    void last_write(std::uintptr_t address, int& thread, Tick& tick) const;
    /// The memory is given back: a write to all of it, unless `unchecked`. Its atomics are the caller's to
    /// ask.
    [[nodiscard]] Clash free(std::uintptr_t address, std::size_t size, int thread, const VectorClock& clock,
                             bool unchecked);
    /// Another thread has the memory from now on, as if it had written it.
    void hand_over(std::uintptr_t address, std::size_t size, int thread, Tick tick);
    /// Whether an access would find that one of these has written a byte last, or, for a write, read it.
    [[nodiscard]] bool was_touched(std::uintptr_t address, std::size_t size, bool is_write,
                                   const Span& span) const;
    /// Whether a byte was last touched by another thread than this one.
    [[nodiscard]] bool is_of_another(std::uintptr_t address, std::size_t size, int thread) const;
    /// Of eight bytes those, as ones in a word of theirs, that another thread has written last, or that
    /// belong to an atomic.
    [[nodiscard]] std::uint64_t shared_bytes(std::uintptr_t address, int thread) const;
    /// The memory is handed out to a thread, as if it had written it: nobody else may use what he is not
    /// ordered after.
    void allocate(std::uintptr_t address, std::size_t size, int thread, Tick tick);

private:
    struct Byte {
        std::uint32_t write;
        std::uint32_t read;
    };
    /// Equal bytes of the shadow, side by side.
    struct Equal {
        Byte* begin = nullptr;
        std::size_t size = 0;
    };
    struct Mark {
        std::size_t bytes = 0;
        std::size_t reads = 0;
        std::size_t reads_before = 0;
        std::uint32_t shared_writes = 0;
    };
    struct Range {
        std::uintptr_t begin;
        std::uintptr_t end;
        Byte* bytes;
    };

    [[nodiscard]] Byte* at(std::uintptr_t address) const {
        if (in_arena(address)) return arena_ + (address - arena_begin);
        for (const auto& range : ranges_) {
            if (address >= range.begin && address < range.end) return range.bytes + (address - range.begin);
        }
        return nullptr;
    }
    [[nodiscard]] bool is_atomic(const Byte& byte) const;
    [[nodiscard]] static bool are_equal(const Byte* bytes, std::size_t size);
    [[nodiscard]] bool access_equal(Byte* bytes, std::size_t size, bool is_write, std::uint32_t mine,
                                    const VectorClock& clock);
    [[nodiscard]] Clash access_each(Byte* bytes, std::size_t size, bool is_write, int thread,
                                    const VectorClock& clock);
    [[nodiscard]] bool is_unordered(std::uint32_t mark, const VectorClock& clock) const;
    [[nodiscard]] bool is_of_another(const Byte& byte, int thread) const;
    [[nodiscard]] bool reads_are_unordered(std::uint32_t reads, const VectorClock& clock) const;
    void note_read(Byte& byte, int thread, const VectorClock& clock);
    void wipe();
    void note(Byte* bytes, std::size_t size);
    void note_equal(Byte* bytes, std::size_t size);

    Byte* arena_ = nullptr;
    std::vector<Range> ranges_;
    Tick base_ = 0;
    Tick last_ = 0;  ///< of all executions since the last wipe
    std::vector<VectorClock> shared_reads_;
    std::uint32_t shared_base_ = 0;
    std::uint32_t shared_writes_ = 0;

    bool notes_ = false;
    bool has_too_many_ = false;  ///< notes: they would take more memory than a repetition is worth
    Marks<Mark> marks_;
    UndoLog<Equal, Byte> bytes_before_;
    UndoLog<std::size_t, VectorClock> reads_before_;
};

}  // namespace revenant::model::native
