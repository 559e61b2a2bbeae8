// Planted: rules of the reduction that a test drops, one at a time, to see that it would be noticed.
//
// In every other build `is_dropped` is false at compile time and leaves nothing behind.
#pragma once

#include <cstdint>

namespace revenant::model::search {

enum class Rule : std::uint8_t {
    none,
    write_conflicts_with_write,
    read_conflicts_with_write,
    lock_conflicts_with_lock,
    fence_conflicts_with_fence,
    retire_conflicts_with_access,
    spurious_failure_is_a_write,
    plain_access_is_visible,
    conflict_wakes_a_sleeper,
    stale_read_is_offered,
    spurious_failure_is_offered,
    unlock_comes_before_lock,
    initial_has_none_before_it,
    initial_is_not_after_the_first,
    add_conflicts_with_read,
    add_conflicts_with_write,
    lock_conflicts_with_try,
    try_conflicts_with_try,
    unlock_conflicts_with_try,
    fence_conflicts_with_sequential,
    await_conflicts_with_write,
    await_conflicts_with_add,
    await_conflicts_with_unlock,
    await_conflicts_with_try,
    together_conflicts_with_lock,
    lock_conflicts_with_share,
    try_conflicts_with_share,
    try_conflicts_with_unshare,
    unlock_conflicts_with_try_share,
    unshare_comes_before_lock,
    lock_conflicts_with_passed,
    notification_is_followed,
    changes_conflict_while_watched,
    count_down_comes_before_wait,
    wait_if_equal_conflicts_with_write,
    wait_if_equal_conflicts_with_wake,
    wait_if_equal_conflicts_with_wake_nobody,
    wake_conflicts_with_wake,
    all_before_wait_if_equal_are_met,
};

#ifdef REVENANT_PLANTS
inline Rule dropped = Rule::none;
[[nodiscard]] inline bool is_dropped(Rule rule) { return rule == dropped; }
#else
[[nodiscard]] constexpr bool is_dropped(Rule) { return false; }
#endif

}  // namespace revenant::model::search
