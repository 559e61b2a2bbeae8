// Access: the part of a step that its order against other threads' steps can matter for.
//
// Two steps of different threads that do not conflict commute: taken in either order they give the same
// state of the memory model, the same values, and leave the same choices open. The reduction (dpor.hpp)
// rests on that and on nothing else; model/generated/planted_test.cpp drops each rule once and must notice.
#pragma once

#include <cstdint>

#include <revenant/model/operation.hpp>
#include <revenant/model/search/planted.hpp>

namespace revenant::model::search {

enum class AccessKind : std::uint8_t {
    none,    ///< no other thread can tell when it happens: a local fence, an unlock
    read,    ///< a load, or a CAS that failed because the value was another
    write,   ///< anything that changes an atomic, its budget of spurious failures included
    add,     ///< adds to a number, and does not look at what was there
    lock,    ///< takes a mutex
    fence,   ///< a sequentially consistent fence
    retire,  ///< ends the life of everything inside a block
    await,   ///< goes on only after a change of a cell, or of one of several (no_id)
    // Where a program may ask whether a mutex is free, all that is done to it is visible:
    unlock,      ///< gives a mutex back
    try_lock,    ///< has taken a mutex that was free
    try_failed,  ///< has found that it was not
    /// Takes several mutexes once all are free, and none before. Which ones, the Execution knows: here it
    /// conflicts with whatever is done to any, as a lock of each would.
    lock_together,
    // A mutex that several may share. They do not conflict with each other, only with who wants it alone.
    share,      ///< takes a part of it
    unshare,    ///< gives a part back
    try_share,  ///< has taken a part, and would not have waited for it
    passed,     ///< has come to what is done once, and found that it has been
    // A latch. Nobody asks for its count: only who waits can tell that it was counted down, and is not able
    // to go on before.
    count_down,      ///< comes before each wait
    wait_for_latch,  ///< comes after all that count it down
    count_nothing,   ///< counts it down by 0: in no order with the others, and nobody can tell
    // A number that threads wait for until they are woken (a futex).
    /// Waits to be woken, if the number is what is expected. If not, a wake commutes with it as it is; but
    /// not with what it would be before the change of the number, with which the wake does not conflict.
    wait_if_equal,
    wake,         ///< who waits goes on, or leaves the queue: what the number is, it does not look at
    wake_nobody,  ///< has found that nobody waits
};

[[nodiscard]] constexpr bool takes_mutex(AccessKind kind) {
    return kind == AccessKind::lock || kind == AccessKind::try_lock;
}
[[nodiscard]] constexpr bool takes_share(AccessKind kind) {
    return kind == AccessKind::share || kind == AccessKind::try_share;
}
/// Whether it is done to a mutex, and lock_together knows of it.
[[nodiscard]] constexpr bool is_on_mutex(AccessKind kind) {
    switch (kind) {
        case AccessKind::lock:
        case AccessKind::unlock:
        case AccessKind::try_lock:
        case AccessKind::try_failed:
        case AccessKind::lock_together:
        case AccessKind::share:
        case AccessKind::unshare:
        case AccessKind::try_share: return true;
        default: return false;
    }
}
/// Whether several of them on one object do not conflict with each other, and come before what they all
/// conflict with.
[[nodiscard]] constexpr bool is_one_of_several(AccessKind kind) {
    switch (kind) {
        case AccessKind::read:
        case AccessKind::add:
        case AccessKind::try_failed:
        case AccessKind::share:
        case AccessKind::unshare:
        case AccessKind::try_share:
        case AccessKind::passed:
        case AccessKind::count_down:
        case AccessKind::wait_for_latch:
        case AccessKind::count_nothing:
        case AccessKind::wait_if_equal:
        case AccessKind::wake_nobody: return true;
        default: return false;
    }
}
[[nodiscard]] constexpr bool is_on_latch(AccessKind kind) {
    return kind == AccessKind::count_down || kind == AccessKind::wait_for_latch ||
           kind == AccessKind::count_nothing;
}

[[nodiscard]] constexpr bool is_wake(AccessKind kind) {
    return kind == AccessKind::wake || kind == AccessKind::wake_nobody;
}

/// Objects are numbered in order of their creation in this execution, so that equal prefixes of two
/// executions give equal numbers. An address never takes part.
struct Access {
    AccessKind kind = AccessKind::none;
    CellId cell = no_id;    ///< what is read, written or locked
    BlockId block = no_id;  ///< the block that holds it, or that is retired
    /// Whether it takes a place in the one order of sequentially consistent operations that fences have a
    /// place in too. Worlds whose fences are in no such order with accesses leave it out.
    bool sequential = false;
    /// A change that a rule of the program's may tell, which is looked at after every step: it comes before
    /// or after each other such change, whatever the cell.
    bool watched = false;
    friend bool operator==(const Access&, const Access&) = default;
};

/// Whether a test has dropped the rule that these two conflict.
[[nodiscard]] inline bool conflict_is_dropped([[maybe_unused]] const Access& a,
                                              [[maybe_unused]] const Access& b) {
    using enum AccessKind;
    const auto are = [&](AccessKind one, AccessKind other) {
        return (a.kind == one && b.kind == other) || (a.kind == other && b.kind == one);
    };
    return (is_dropped(Rule::write_conflicts_with_write) && are(write, write)) ||
           (is_dropped(Rule::read_conflicts_with_write) && are(read, write)) ||
           (is_dropped(Rule::lock_conflicts_with_lock) && are(lock, lock)) ||
           (is_dropped(Rule::fence_conflicts_with_fence) && are(fence, fence)) ||
           (is_dropped(Rule::add_conflicts_with_read) && are(add, read)) ||
           (is_dropped(Rule::add_conflicts_with_write) && are(add, write)) ||
           (is_dropped(Rule::lock_conflicts_with_try) && (are(lock, try_lock) || are(lock, try_failed))) ||
           (is_dropped(Rule::try_conflicts_with_try) &&
            (are(try_lock, try_lock) || are(try_lock, try_failed))) ||
           (is_dropped(Rule::unlock_conflicts_with_try) &&
            (are(unlock, try_lock) || are(unlock, try_failed))) ||
           (is_dropped(Rule::together_conflicts_with_lock) &&
            (a.kind == lock_together || b.kind == lock_together)) ||
           (is_dropped(Rule::lock_conflicts_with_share) && (are(lock, share) || are(lock, try_share))) ||
           (is_dropped(Rule::try_conflicts_with_share) &&
            (are(try_lock, share) || are(try_lock, try_share) || are(try_failed, share) ||
             are(try_failed, try_share))) ||
           (is_dropped(Rule::try_conflicts_with_unshare) &&
            (are(try_lock, unshare) || are(try_failed, unshare))) ||
           (is_dropped(Rule::unlock_conflicts_with_try_share) && are(unlock, try_share)) ||
           (is_dropped(Rule::lock_conflicts_with_passed) && are(lock, passed)) ||
           (is_dropped(Rule::fence_conflicts_with_sequential) && (a.kind == fence || b.kind == fence) &&
            a.kind != b.kind) ||
           (is_dropped(Rule::await_conflicts_with_write) && are(await, write)) ||
           (is_dropped(Rule::await_conflicts_with_add) && are(await, add)) ||
           (is_dropped(Rule::await_conflicts_with_unlock) && are(await, unlock)) ||
           (is_dropped(Rule::await_conflicts_with_try) && (are(await, try_lock) || are(await, try_failed))) ||
           (is_dropped(Rule::wait_if_equal_conflicts_with_write) &&
            (are(wait_if_equal, write) || are(wait_if_equal, add))) ||
           (is_dropped(Rule::wait_if_equal_conflicts_with_wake) && are(wait_if_equal, wake)) ||
           (is_dropped(Rule::wait_if_equal_conflicts_with_wake_nobody) && are(wait_if_equal, wake_nobody)) ||
           (is_dropped(Rule::wake_conflicts_with_wake) && (are(wake, wake) || are(wake, wake_nobody))) ||
           (is_dropped(Rule::retire_conflicts_with_access) && (a.kind == retire || b.kind == retire));
}

[[nodiscard]] inline bool conflict(const Access& a, const Access& b) {
    if (conflict_is_dropped(a, b)) return false;
    if (a.watched && b.watched && !is_dropped(Rule::changes_conflict_while_watched)) return true;
    if (a.kind == AccessKind::none || b.kind == AccessKind::none) return false;
    if (a.kind == AccessKind::await || b.kind == AccessKind::await) {
        const auto& awaited = a.kind == AccessKind::await ? a : b;
        const auto& other = a.kind == AccessKind::await ? b : a;
        const bool changes = other.kind == AccessKind::write || other.kind == AccessKind::add ||
                             other.kind == AccessKind::unlock || other.kind == AccessKind::unshare ||
                             other.kind == AccessKind::try_lock || other.kind == AccessKind::try_failed ||
                             other.kind == AccessKind::wait_if_equal || other.kind == AccessKind::wake;
        return changes && (awaited.cell == no_id || awaited.cell == other.cell);
    }
    if (a.kind == AccessKind::fence || b.kind == AccessKind::fence) {
        return a.kind == b.kind || a.sequential || b.sequential;
    }
    if (a.kind == AccessKind::lock_together || b.kind == AccessKind::lock_together) {
        const auto other = a.kind == AccessKind::lock_together ? b.kind : a.kind;
        return is_on_mutex(other) || other == AccessKind::retire;
    }
    if (a.kind == AccessKind::retire || b.kind == AccessKind::retire) return a.block == b.block;
    if (a.cell != b.cell) return false;
    const auto are = [&](AccessKind one, AccessKind other) {
        return (a.kind == one && b.kind == other) || (a.kind == other && b.kind == one);
    };
    using enum AccessKind;
    if (are(read, read) || are(add, add) || are(try_failed, try_failed) || are(passed, passed)) return false;
    const auto shares = [](AccessKind kind) { return takes_share(kind) || kind == unshare; };
    if (shares(a.kind) && shares(b.kind)) return false;
    if (is_on_latch(a.kind) && is_on_latch(b.kind)) return false;
    if (is_wake(a.kind) || is_wake(b.kind)) {
        const auto other = is_wake(a.kind) ? b.kind : a.kind;
        return (is_wake(other) || other == wait_if_equal) && !are(wake_nobody, wake_nobody);
    }
    if (are(wait_if_equal, wait_if_equal) || are(wait_if_equal, read)) return false;
    // What frees a mutex comes before who waits for it, and never after.
    return !are(lock, unlock) && !are(lock, unshare) && !are(share, unlock);
}

}  // namespace revenant::model::search
