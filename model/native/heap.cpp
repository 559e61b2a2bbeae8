#include "model/native/heap.hpp"

#include <cstring>

#include "model/native/machine.hpp"

namespace revenant::model::native {
namespace {

constexpr std::size_t alignment_min = 16;

/// Stands before each block.
struct Header {
    std::uint64_t number;  ///< of the block; of memory from before main: its size
    std::uint64_t mark;    ///< tells a block's beginning from any other address
};
static_assert(sizeof(Header) == alignment_min);
constexpr std::uint64_t block_mark = 0x7265'7665'6e61'6e74;

constinit std::uintptr_t next_before = arena_begin;

std::uintptr_t place_for(std::uintptr_t next, std::size_t alignment) {
    if (alignment < alignment_min) alignment = alignment_min;
    return (next + sizeof(Header) + alignment - 1) & ~(alignment - 1);
}
Header& header_of(std::uintptr_t address) { return *reinterpret_cast<Header*>(address - sizeof(Header)); }

}  // namespace

void Heap::reserve() {
    static_cast<void>(map_memory(arena_begin, arena_end - arena_begin, "no address space for the program"));
    for (int thread = 0; thread < threads_max; ++thread) guard_memory(stack_of(thread), stack_guard_size);
}

void Heap::begin() {
    for (int thread = 0; thread < threads_max; ++thread) {
        next_[static_cast<std::size_t>(thread)] = heap_of(thread);
    }
    blocks_.clear();
    live_ = 0;
    notes_ = false;
    marks_.clear();
    next_before_.clear();
    freed_.clear();
}

void Heap::save(std::size_t checkpoint) {
    notes_ = true;
    marks_.add(checkpoint) = {next_before_.size(), freed_.size(), blocks_.size(), live_};
}

void Heap::resume(std::size_t checkpoint) {
    const auto& then = marks_[checkpoint];
    next_before_.roll_back(then.next_before, [&](int thread, std::uintptr_t before) {
        next_[static_cast<std::size_t>(thread)] = before;
    });
    for (; freed_.size() > then.freed; freed_.pop_back()) {
        blocks_[static_cast<std::size_t>(freed_.back())].is_free = false;
    }
    blocks_.resize(then.blocks);
    live_ = then.live;
}

void Heap::repeat(std::uintptr_t address, std::uint64_t block, std::size_t size) {
    header_of(address) = {block, block_mark};
    std::memset(reinterpret_cast<void*>(address), 0, size);
}

void* Heap::allocate(int thread, std::size_t size, std::size_t alignment, AllocatedBy by) {
    auto& next = next_[static_cast<std::size_t>(thread)];
    const auto address = place_for(next, alignment);
    if (size > heap_size || address + size > heap_of(thread) + heap_size) {
        machine().not_modelled("more than 64 MiB that a thread allocates in an execution");
    }
    if (notes_) next_before_.note(thread, next);
    next = address + size;
    repeat(address, blocks_.size(), size);
    blocks_.push_back({address, size, thread, false, by});
    ++live_;
    return reinterpret_cast<void*>(address);
}

std::int32_t Heap::block_at(std::uintptr_t address) const {
    if (address < heap_of(0) || address >= heaps_end || address % alignment_min != 0) return -1;
    const auto& header = header_of(address);
    if (header.mark != block_mark || header.number >= blocks_.size()) return -1;
    return blocks_[header.number].address == address ? static_cast<std::int32_t>(header.number) : -1;
}

std::int32_t Heap::block_around(std::uintptr_t address) const {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        const auto& block = blocks_[i];
        const bool empty_here = block.size == 0 && address == block.address;
        if (address - block.address < block.size || empty_here) return static_cast<std::int32_t>(i);
    }
    return -1;
}

void Heap::free(std::int32_t block) {
    blocks_[static_cast<std::size_t>(block)].is_free = true;
    if (notes_) freed_.push_back(block);
    --live_;
}

void* Heap::allocate_before(std::size_t size, std::size_t alignment) {
    const auto address = place_for(next_before, alignment);
    if (size > heap_size || address + size > arena_begin + heap_size) {
        give_up(usage_error, "more than 64 MiB are allocated before main");
    }
    next_before = address + size;
    header_of(address) = {size, block_mark};
    return reinterpret_cast<void*>(address);
}

bool Heap::is_from_before(std::uintptr_t address) {
    const bool is_there = address > arena_begin && address < next_before && address % alignment_min == 0;
    return is_there && header_of(address).mark == block_mark;
}

std::size_t Heap::size_before(std::uintptr_t address) { return header_of(address).number; }
std::uintptr_t Heap::end_of_before() { return next_before; }

}  // namespace revenant::model::native
