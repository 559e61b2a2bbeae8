// Schedule: the choices that make one execution, as a value with a version and a pasteable text form.
//
// Text: `rv1:SCENARIO:IMPLEMENTATION:THREADS:MODE:CHOICES`, for example
// `rv1:tutorial/lost_update:load_then_store:2:-:0*3,1*4`. MODE is `-`, or letters: `d` loads may read two
// stores back, `l` memory that is never given back is no failure, `m` memory may be given back by
// what another kind of allocation has, `r` a count that is revived (0→1) is none
// by itself, `u` destroying an object that is used without order is no race by itself, `v` threads are
// switched at visible steps only; then perhaps `b2`: a thread that has come back to a loop twice while
// nothing has changed waits until something has; and `p11a0.11c4`: the plain accesses of these instructions,
// which race, are visible steps. A choice is the number of the thread that goes next at a scheduling point,
// or a letter and a number: `r1` a load reads one store further back (`r0` it does not), `s0` a weak CAS
// fails spuriously (other numbers: it does not), `w1` the second waiter of a mutex is woken, `n1` a value
// that the program asks for is 1. `*n` repeats. The same choices give the same execution, step for step.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <revenant/model/result.hpp>

namespace revenant::model {

enum class ChoiceKind : std::uint8_t { thread, stale_read, spurious_failure, wake, value };

struct Choice {
    ChoiceKind kind = ChoiceKind::thread;
    std::uint8_t value = 0;
    friend bool operator==(const Choice&, const Choice&) = default;
};

/// Whether it is more than a turn of a thread: a load that does not read the newest value, or a CAS that
/// fails although the value is the expected one. No hardware can be made to do it.
[[nodiscard]] constexpr bool is_stale_or_spurious(const Choice& choice) {
    return (choice.kind == ChoiceKind::stale_read && choice.value != 0) ||
           (choice.kind == ChoiceKind::spurious_failure && choice.value == 0);
}

struct Schedule {
    std::string scenario;
    std::string implementation;
    unsigned threads = 0;
    bool deep_history = false;             ///< mode `d`
    bool unordered_destroys_pass = false;  ///< mode `u`
    bool visible_points = false;           ///< mode `v`: unlocks and plain data are no choices
    std::vector<Choice> choices;
    bool revivals_pass = false;  ///< mode `r`
    /// Mode `b`: a thread of ordinary code comes back to a loop so often to read the same, or yields so often
    /// while nobody else changes anything, and then waits until that changes, or nobody else can go on. 0: as
    /// often as it would.
    unsigned rounds_max = 0;
    /// Mode `p`: instructions of ordinary code whose plain accesses are visible steps, ascending.
    std::vector<std::uint64_t> plain_points = {};
    bool leaks_pass = false;             ///< mode `l`
    bool mismatched_frees_pass = false;  ///< mode `m`
    bool additions_in_order = false;     ///< mode `a`: those whose results nobody uses, in ordinary code
    friend bool operator==(const Schedule&, const Schedule&) = default;
};

inline constexpr unsigned rounds_limit = 1000;  ///< of Schedule::rounds_max

[[nodiscard]] std::string to_text(const Schedule& schedule);

/// Errors: an unknown version, a missing field, a choice that cannot be; the line names the place.
[[nodiscard]] Result<Schedule> parse_schedule(std::string_view text);

}  // namespace revenant::model
