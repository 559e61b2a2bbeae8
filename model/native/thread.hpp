// Thread: a thread of an execution: what it is about to do, and what it knows.
#pragma once

#include <unwind.h>

#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include "model/native/clocks.hpp"
#include "model/native/fiber.hpp"
#include "model/native/objects.hpp"
#include "model/operation.hpp"
#include "model/search/access.hpp"

namespace revenant::model::native {

inline constexpr int nobody = -1;
inline constexpr int first_thread_id = 1000;  ///< what gettid gives the first thread

using Nanoseconds = std::uint64_t;
inline constexpr Nanoseconds no_deadline = ~Nanoseconds{0};

struct Thread {
    enum class State : std::uint8_t {
        none,
        eager,    ///< goes on before any step is taken: nobody can tell when
        waiting,  ///< for its turn, with a step announced
        blocked,  ///< for another thread, which makes it eager or waiting
        stopped,  ///< for ever: the program has no interest in how it would go on
        ended,
    };
    State state = State::none;
    void* result = nullptr;
    int joiner = nobody;
    bool joined = false;
    bool detached = false;
    bool has_time_out = false;  ///< the announced step may be the end of a wait's time
    bool timed_out = false;     ///< nobody else could go on: its time is out now
    bool woken = false;         ///< it was waiting in a queue, and is not any more
    bool gives_way = false;     ///< it has yielded or slept since its last step
    unsigned time_outs = 0;     ///< how many it has had
    unsigned wake_ups = 0;      ///< … spurious ones
    Nanoseconds time = 0;       ///< what its clock shows
    Nanoseconds deadline = no_deadline;
    std::uint64_t random = 1;           ///< its state of libc's random numbers
    std::uint64_t blocked_signals = 0;  ///< a bit for each, as in the kernel
    bool has_broken_pipe = false;       ///< SIGPIPE has come while it was blocked
    unsigned looks = 0;                 ///< at the clock
    std::uint64_t unseen = 0;           ///< its plain accesses since its last step, or since it was alone
    std::uint64_t unseen_alone = 0;     ///< … and those before, while there was no other thread
    /// Whether the announced step can be taken now; null: always. Asked with the thread and its object.
    bool (*able)(const Thread&) = nullptr;
    std::uintptr_t object = 0;
    OperationKind kind = OperationKind::load;   ///< of the announced step
    ObjectKind blocked_on = ObjectKind::plain;  ///< what a blocked thread waits for; plain: another's end
    std::uintptr_t place = 0;                   ///< the program's code that asked for it
    search::Access access;

    VectorClock happened;  ///< what comes before
    Tick released_at = 0;  ///< what it has done since then, nobody else can know of
};
static_assert(std::is_trivially_copyable_v<Thread>);  // it is put back as it was: undo_log.hpp

/// What a thread's fences have done, or would do. Apart from the rest, which changes at each of its steps.
struct Fences {
    VectorClock acquired;  ///< what an acquire fence would add
    VectorClock released;  ///< what its last release fence has released
    VectorClock seen;      ///< what its last sequentially consistent fence has made it see
};

/// What runs a thread, and what nothing puts back.
struct Runner {
    Fiber fiber;
    void* (*start)(void*) = nullptr;  ///< not in Thread: a later thread with the number has another one
    void* argument = nullptr;
    std::uintptr_t stack_used = 0;  ///< the lowest address
    std::vector<std::uintptr_t>
        calls;  ///< where its functions were called from, while somebody writes it down
    std::vector<std::pair<void (*)(void*), void*>> at_end;  ///< destructors of its thread_local variables
    Nanoseconds polled = 0;         ///< what the clock shows that libc++ polls by: see entry_libcxx_waits.cpp
    _Unwind_Exception unwinding{};  ///< of a thread that ends by pthread_exit
};

}  // namespace revenant::model::native
