// Operation: one thing that a thread did to shared state, as a plain value with no Relacy in it.
#pragma once

#include <atomic>
#include <cstdint>
#include <source_location>

namespace revenant::model {

enum class OperationKind : std::uint8_t {
    // on an atomic
    load,
    store,
    exchange,
    fetch_add,
    fetch_sub,
    fetch_or,
    fetch_and,
    fetch_xor,
    cas_strong,
    cas_weak,
    // on plain data
    read,
    write,
    retire,
    // on a mutex
    lock,
    unlock,
    // on a block
    allocate,
    free,
    // on none of these
    fence,
    yield,  ///< a round of a waiting loop has ended; the target is what it waits for, or no_id
    // on a mutex, of more than one kind
    try_lock,  ///< failed: somebody held it
    lock_shared,
    try_lock_shared,
    unlock_shared,
    // on a condition variable
    wait,      ///< joins those that wait; the unlock of the mutex and its lock are steps of their own
    end_wait,  ///< of a wait with a time limit: failed, the time was out
    notify_one,
    notify_all,
    // on the flag of what is done once
    call_once,  ///< failed: it had been done; else the thread does it now, until its unlock of the flag
    // on a latch
    count_down,      ///< failed: by 0, which puts nothing in order
    wait_for_latch,  ///< goes on once it has been counted down to 0
};
inline constexpr OperationKind last_operation_kind = OperationKind::wait_for_latch;

/// Indices into a Trace's tables.
using CellId = std::uint16_t;
using BlockId = std::uint16_t;
inline constexpr std::uint16_t no_id = 0xffff;

/// The thread number of what happens before the threads start and after the last has ended.
inline constexpr int setup_thread = -1;
inline constexpr int teardown_thread = -2;

/// What a cell holds, as far as others may know.
enum class CellValue : std::uint8_t {
    number,         ///< without a sign
    signed_number,  ///< an Operation has it as a std::int64_t, converted
    real,           ///< … as the bits of a double, converted
    truth,          ///< 0 or 1
    pointer,        ///< an Operation has it as `pointer_into` or `pointer_outside`, or 0; never as an address
    opaque,         ///< not ours to show or to compare
};

/// A pointer as a trace has it: into a block, or to something that is in none, numbered as they are met. The
/// same in each run, and different where the addresses differ.
[[nodiscard]] constexpr std::uint64_t pointer_into(BlockId block, std::uint64_t offset) {
    return offset << 32 | (block + std::uint64_t{1});
}
[[nodiscard]] constexpr std::uint64_t pointer_outside(std::uint64_t number) { return 0x10000 + number; }
/// The same without the offset: the layout of a block is not the same in each world.
[[nodiscard]] constexpr std::uint64_t pointer_target(std::uint64_t pointer) { return pointer & 0xffffffff; }
[[nodiscard]] constexpr bool points_outside(std::uint64_t pointer) {
    return pointer_target(pointer) >= pointer_outside(0);
}

struct Operation {
    OperationKind kind = OperationKind::load;
    std::memory_order order = std::memory_order::relaxed;
    bool stale = false;       ///< a load that returned an older value than the newest
    bool failed = false;      ///< a CAS that did not store
    bool spurious = false;    ///< … although the value was the expected one
    bool confirming = false;  ///< a load whose value the thread's next CAS confirms or replaces
    bool on_block = false;    ///< `target` is a BlockId, not a CellId
    bool lent = false;        ///< a write through a reference: the value stored is not known
    const char* verb = "";    ///< what the code calls it where the kind has no name of its own, or empty
    std::uint16_t target = no_id;
    std::uint64_t before = 0;  ///< the value read; a pointer's is described at CellValue
    std::uint64_t after = 0;   ///< the value stored, for operations that store
    std::source_location where;
};

/// Whether it has taken a mutex, for itself or with others.
[[nodiscard]] constexpr bool has_locked(const Operation& operation) {
    switch (operation.kind) {
        case OperationKind::lock:
        case OperationKind::lock_shared: return true;
        case OperationKind::try_lock:
        case OperationKind::try_lock_shared:
        case OperationKind::call_once: return !operation.failed;
        default: return false;
    }
}
/// Whether a thread that has announced it may have to wait for one that holds what it works on.
[[nodiscard]] constexpr bool waits_for_holder(OperationKind kind) {
    return kind == OperationKind::lock || kind == OperationKind::lock_shared ||
           kind == OperationKind::call_once;
}
/// Whether a thread that has announced it may have to wait for what others do.
[[nodiscard]] constexpr bool may_wait(OperationKind kind) {
    return waits_for_holder(kind) || kind == OperationKind::wait || kind == OperationKind::wait_for_latch;
}

/// Whether it has read the value that stands in `before`, atomic or plain.
[[nodiscard]] constexpr bool reads_value(OperationKind kind) {
    switch (kind) {
        case OperationKind::load:
        case OperationKind::exchange:
        case OperationKind::fetch_add:
        case OperationKind::fetch_sub:
        case OperationKind::fetch_or:
        case OperationKind::fetch_and:
        case OperationKind::fetch_xor:
        case OperationKind::cas_strong:
        case OperationKind::cas_weak:
        case OperationKind::read: return true;
        default: return false;
    }
}
/// Whether it has stored the value that stands in `after`.
[[nodiscard]] constexpr bool stores_value(const Operation& operation) {
    switch (operation.kind) {
        case OperationKind::store:
        case OperationKind::exchange:
        case OperationKind::fetch_add:
        case OperationKind::fetch_sub:
        case OperationKind::fetch_or:
        case OperationKind::fetch_and:
        case OperationKind::fetch_xor: return true;
        case OperationKind::write: return !operation.lent;
        case OperationKind::cas_strong:
        case OperationKind::cas_weak: return !operation.failed;
        default: return false;
    }
}

/// A step of an execution: who did what. `unfinished` is set for the last one if it is what failed.
struct Step {
    int thread = setup_thread;
    bool unfinished = false;
    Operation operation;
    const char* call =
        "";  ///< what the scenario had called by then: `intern`, `release`; empty: it did not say
    bool of_framework = false;  ///< a test framework's own, which a reader need not see
};

}  // namespace revenant::model
