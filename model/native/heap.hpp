// Heap: memory for the program on trial. Every thread has a region of its own, which only grows within an
// execution: an address depends on the thread and on what it has asked for, and none is used twice.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/native/checkpoint.hpp"
#include "model/native/layout.hpp"
#include "model/native/undo_log.hpp"

namespace revenant::model::native {

/// Which functions a block is allocated and freed by.
enum class AllocatedBy : std::uint8_t { malloc, new_object, new_array };

class Heap {
public:
    struct Block {
        std::uintptr_t address;
        std::size_t size;
        int thread;
        bool is_free;
        AllocatedBy by = AllocatedBy::malloc;
    };

    /// Maps the arena. Before anything else.
    void reserve();
    void begin();
    void save(std::size_t checkpoint);
    void resume(std::size_t checkpoint);
    /// What was allocated in the execution before, and is known here, is in memory again.
    static void repeat(std::uintptr_t address, std::uint64_t block, std::size_t size);
    /// Zeroed. Blocks are numbered as they are made; the number is that of `blocks()`.
    [[nodiscard]] void* allocate(int thread, std::size_t size, std::size_t alignment,
                                 AllocatedBy by = AllocatedBy::malloc);
    /// The number of the block that begins here, free or not, or -1.
    [[nodiscard]] std::int32_t block_at(std::uintptr_t address) const;
    /// The number of the block that holds this byte, or -1. Slow.
    [[nodiscard]] std::int32_t block_around(std::uintptr_t address) const;
    void free(std::int32_t block);
    [[nodiscard]] const std::vector<Block>& blocks() const { return blocks_; }
    [[nodiscard]] std::size_t live() const { return live_; }

    /// Before main: never freed, and put back before each execution by `segments`.
    [[nodiscard]] static void* allocate_before(std::size_t size, std::size_t alignment);
    [[nodiscard]] static std::size_t size_before(std::uintptr_t address);
    /// Whether a block from before main begins here.
    [[nodiscard]] static bool is_from_before(std::uintptr_t address);
    [[nodiscard]] static std::uintptr_t end_of_before();

private:
    struct Mark {
        std::size_t next_before = 0;
        std::size_t freed = 0;
        std::size_t blocks = 0;
        std::size_t live = 0;
    };
    std::array<std::uintptr_t, threads_max> next_{};
    std::vector<Block> blocks_;
    std::size_t live_ = 0;
    bool notes_ = false;
    Marks<Mark> marks_;
    UndoLog<int, std::uintptr_t> next_before_;  ///< by the thread
    std::vector<std::int32_t> freed_;
};

}  // namespace revenant::model::native
