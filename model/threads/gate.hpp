// The gate: every operation of the code on trial passes it, and in a serial mode it lets one thread at a
// time go on: the one that a schedule names, or the one that a seeded policy picks.
//
// INVISIBLE TO SANITIZERS, which is the point: a hand-over that ThreadSanitizer sees would order the very
// accesses that race. So gate.cpp is a translation unit of its own, compiled without instrumentation; it
// synchronises with __atomic builtins and raw futex calls, uses no container and no function of the
// standard library that a sanitizer intercepts, and shares no template with instrumented code, since a
// linker may keep the instrumented copy. What was tried and hides the race or raises false alarms:
// pthread or std primitives even in such a unit, no_sanitize attributes, memcpy on the gate's state. A
// canary run by the build (harness/threads) fails if the gate can be seen.
//
// Thread-safety: `prepare` and the calls of the main thread from one thread, before and after the others
// run; `enter`, `leave` and the registrations from any thread that has called `thread_begins`. One gate a
// process. Identity: a cell is known by its address and class, never by something stored in it: the gate
// must not touch the memory that the code on trial may have freed.
//
// Protocol: the gate writes what happens to a file descriptor, a line each (see happened.hpp), at once, so
// that nothing is lost when a sanitizer ends the process.
#pragma once

#include <cstddef>
#include <cstdint>

#include <revenant/model/operation.hpp>
#include <revenant/platform.hpp>

namespace revenant::model::threads {

/// A recorded step, as the gate compares it.
struct ScriptStep {
    int thread = setup_thread;
    OperationKind kind = OperationKind::load;
    bool on_block = false;
    bool unfinished = false;  ///< the last one, where it is what failed: its result is not known
    bool values = false;      ///< whether before, after and failed are to be compared
    bool failed = false;
    std::uint16_t target = no_id;  ///< cells and blocks are numbered in order of creation
    std::uint64_t before = 0;
    std::uint64_t after = 0;
};

enum class Noise : std::uint8_t {
    none,    ///< nothing: the threads run as they do
    yields,  ///< before half of the operations the thread offers its core to others
    sleeps,  ///< before a quarter of the operations it sleeps for up to 50 µs
    pct,     ///< one thread at a time, by random priority that falls at depth-1 random steps
    random,  ///< one thread at a time, each step by a uniformly random one
    log,     ///< the scoped debug log is on
};

/// What to do. Arrays and descriptors must outlive the run.
struct GatePlan {
    unsigned threads = 0;
    // Following a script; null under noise.
    const ScriptStep* script = nullptr;
    std::size_t script_size = 0;
    unsigned until = 0;  ///< stop before this step, counted from 1; 0: never
    bool trap = false;   ///< … by a trap for the debugger that has started us, not by SIGSTOP
    int report_to = -1;  ///< descriptor for what happens, or -1
    // Under noise.
    Noise noise = Noise::none;
    unsigned depth = 3;  ///< pct
};

/// How long a thread that has been let go on may take to its next operation.
inline constexpr unsigned step_timeout_ms_default = 5000;

/// Exit statuses of a process whose gate ends it.
inline constexpr int exit_left_schedule = 3;
inline constexpr int exit_check_failed = 65;

namespace gate {

/// Classes of addresses: an object and its first member share one.
enum class ObjectClass : std::uint8_t { atomic, var, data, mutex, block, condition, flag, latch };

inline constexpr int together_max = 4;  ///< mutexes that are locked at once

/// For the main thread. `prepare` once; `begin_execution` before each setup.
void prepare(const GatePlan& plan);
void begin_execution(std::uint64_t seed);
/// The main thread's own steps belong to teardown from now on.
void begin_teardown();
/// Waits until every thread has called `thread_ends`. When no thread takes a step for so long, says so and
/// ends the process; while a sanitizer prints its report it is patient.
void wait_for_threads(unsigned step_timeout_ms);
/// The run is over, teardown included. Checks that the script is.
void end_execution();

void thread_begins(unsigned thread);
void thread_ends();

/// The calling thread is about to do this; returns when it may. `leave` says what came of it.
void enter(OperationKind kind, ObjectClass type, const void* at);
void leave(std::uint64_t before = 0, std::uint64_t after = 0, bool failed = false);

/// The same for a lock of several at once: the first is the step that is announced here, and the thread waits
/// until all are free. The others follow with `enter_part`.
void enter_together(const void* const* mutexes, int count);
/// A part of the calling thread's last step: nobody else comes between.
void enter_part(OperationKind kind, ObjectClass type, const void* at);
/// The lock of a mutex again, once the condition variable has woken the thread.
void enter_again(const void* mutex, const void* condition);

/// Whether threads take turns: then the gate, and no condition variable of the system's, lets them wait.
[[nodiscard]] bool takes_turns();
/// Within a `wait`, a `notify` or an `end_wait`, while threads take turns: the thread joins those that wait;
/// one that waits is woken, or all are; it waits no longer: false, it has been woken before.
void falls_asleep(const void* condition);
void wakes(const void* condition, bool all);
[[nodiscard]] bool gives_up_waiting(const void* condition);
/// What it was to do once has ended in an exception: no step.
void gives_flag_back(const void* flag);
/// A latch is to be counted down so often before who waits for it goes on. Of one whose life ends: 0.
void made_latch(const void* latch, std::ptrdiff_t expected);
/// Within a `count_down`. Requires: it has as many.
void counts_down(const void* latch, std::ptrdiff_t by);
/// From 1 for the first thread; 0 for the main one.
[[nodiscard]] unsigned thread_number();

/// Whether what the calling thread cannot lock at once nobody will ever unlock: it is the main one, in setup
/// or teardown, or the gate has let it go on because nobody holds the mutex that the gate knows of.
[[nodiscard]] bool must_lock_at_once();
[[noreturn]] void locks_itself_out();

/// Under noise the objects of each execution are counted: the leak detector looks once, at the process's end.
void count_objects(int change);

/// Whether the debug log is the noise.
[[nodiscard]] bool logs();
/// Whether a script is followed: then objects have names, no address is given out twice, a weak CAS never
/// fails spuriously, and a yield does not give the core away.
[[nodiscard]] bool follows_script();
void add_block(const char* label, const void* at, std::size_t size);
void add_cell(ObjectClass type, const void* at, const cell_name& name, CellValue value);
/// An address as a script has it: the block that it is in, without the offset; 0 while none is followed.
[[nodiscard]] std::uint64_t pointer_of(std::uint64_t address);
[[nodiscard]] bool is_live_block(const void* at);
[[nodiscard]] bool was_a_block(const void* at);
/// The block at this address is being freed by the step that the thread is in.
void free_block(const void* at);
/// … or, where no script is followed, memory without a name is.
void freeing(const void* at, std::size_t size);

/// What is looked at after each step of a thread, by the thread that has taken it and before another one may
/// go on: `look` ends the process where a rule does not hold. For the setup of an execution in which a script
/// is followed; it holds for that execution. Returns whether it is the first that this setup says.
bool watch(void (*look)());
/// Whether the calling thread looks now: all that it may do is to load atomics, past the gate.
[[nodiscard]] bool looks();
/// Reads what an atomic holds, unseen by a sanitizer: seen, the read would race with a free that comes after
/// it in the script and in no order that the code makes. False: its block is freed, and the sanitizer is to
/// see the use; or nothing of this size can be read at once.
[[nodiscard]] bool peek(const void* at, std::size_t size, std::uint64_t& word);

/// A check of the code's or an invariant of the scenario's does not hold: says so and ends the process.
[[noreturn]] void fails(const char* what_failed, const char* text);

/// A sanitizer begins to print a report.
void report_begins();

}  // namespace gate
}  // namespace revenant::model::threads
