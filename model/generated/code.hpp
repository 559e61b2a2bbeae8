// Code: a small concurrent program as a plain value, with a text form that can be kept in a file.
//
// Text: a line for each thread, statements separated by `;`. x, y, z are atomics and d, e plain data, all
// 0 at the start; m, n are mutexes, and b is both at once; r is a recursive mutex, s a shared one; c is a
// condition variable, whose mutex is m; k and l are latches, of as many counts as the program has; u is an
// atomic and v plain data inside an object, which `free` destroys.
//     load x acq          store x 1 rel       add x 1 ar            exchange x 2 sc
//     or x 1 ar           and x 2 rlx         xor x 3 sc
//     cas_strong x 0 1 ar/rlx                 cas_weak x 0 1 sc/acq
//     raise x ar/rlx      adds 1 by a loop of load and CAS, the load made by `load_to_confirm`
//     fence sc            lock m              unlock m
//     read d              write d 1           free
//     try_lock m          lock_shared s       try_lock_shared s
//     wait c              wait_for c          notify_one c         notify_all c
//     once o              count_down l        count_nothing l      await l
// `if 1 then STATEMENT` runs it only if the thread's last result was 1. The result of a load, a read, an
// add or its kin, or an exchange is the value that it saw; of a CAS 1 if it stored, else 0; of a try 1 if it
// took the mutex, else 0; of a `wait_for` 1 if it was notified, else 0; of `once` 1 if the thread did it,
// else 0. A thread releases what it locks, innermost first; what a try has not taken it does not, and without
// m it does not wait. Where a line says `watched`, the values of x, y and z together are looked at after
// every step, and that of u while x is 0. Lines that begin with `#` are comments.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.hpp"

namespace revenant::model::generated {

enum class Verb : std::uint8_t {
    load,
    store,
    add,
    bit_or,
    bit_and,
    bit_xor,
    exchange,
    cas_strong,
    cas_weak,
    raise,
    fence,
    lock,
    unlock,
    read,
    write,
    free,
    try_lock,
    lock_shared,
    try_lock_shared,
    wait,
    wait_for,
    notify_one,
    notify_all,
    once,
    count_down,
    count_nothing,
    await,
};

/// Whether an unlock goes with it.
[[nodiscard]] constexpr bool takes_mutex(Verb verb) {
    return verb == Verb::lock || verb == Verb::try_lock || verb == Verb::lock_shared ||
           verb == Verb::try_lock_shared;
}

inline constexpr int unguarded = -1;

struct Statement {
    Verb verb = Verb::fence;
    char place = 0;
    int expected = 0;  ///< of a CAS
    int operand = 0;   ///< stored, added, exchanged, written, or a CAS's new value
    std::memory_order order = std::memory_order::relaxed;
    std::memory_order failure_order = std::memory_order::relaxed;  ///< of a CAS
    int guard = unguarded;
    friend bool operator==(const Statement&, const Statement&) = default;
};

using Thread = std::vector<Statement>;

inline constexpr std::size_t threads_min = 2;
inline constexpr std::size_t threads_max = 4;     // not 5: each is searched in full, too
inline constexpr std::size_t statements_max = 8;  // of a thread

struct Code {
    std::vector<Thread> threads;
    bool is_watched = false;  ///< what its atomics are together is looked at after every step
    friend bool operator==(const Code&, const Code&) = default;
};

[[nodiscard]] std::string to_text(const Statement& statement);
[[nodiscard]] std::string to_text(const Code& code);

/// Errors: what is not in the notation, too many or too few threads, a lock that is not released.
[[nodiscard]] Result<Code> parse_code(std::string_view text);
/// Programs separated by empty lines. Errors: as above.
[[nodiscard]] Result<std::vector<Code>> parse_codes(std::string_view text);

/// Whether each thread's locks nest, none is taken twice, orders may be had and the sizes are within the
/// bounds.
[[nodiscard]] bool is_well_formed(const Code& code);
[[nodiscard]] bool uses(const Code& code, char place);
/// For each thread the lowest number of a thread with the same statements.
[[nodiscard]] std::vector<unsigned> twins(const Code& code);

}  // namespace revenant::model::generated
