// Machine: runs one execution of a program: its threads as fibers, who goes on, what comes before what.
//
// A thread runs until its next visible step, announces it and gives way; the strategy says whose step comes
// next. Everything else a thread does between two visible steps at once. What it is about to do when it
// cannot be done yet (a mutex is held) makes it wait; that is no step.
//
// One instance a process. All functions but `run` are called on a thread of the program.
#pragma once

#include <unwind.h>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "model/native/alike.hpp"
#include "model/native/clocks.hpp"
#include "model/native/everlasting.hpp"
#include "model/native/failure.hpp"
#include "model/native/fiber.hpp"
#include "model/native/heap.hpp"
#include "model/native/objects.hpp"
#include "model/native/shadow.hpp"
#include "model/native/stack_lives.hpp"
#include "model/search/strategy.hpp"

namespace revenant::model::native {

class Recorder;

inline constexpr int nobody = -1;
inline constexpr int first_thread_id = 1000;  ///< what gettid gives the first thread

using Nanoseconds = std::uint64_t;
inline constexpr Nanoseconds no_deadline = ~Nanoseconds{0};

struct RunOptions {
    bool unordered_destroys_fail = true;
    bool newest_only = false;
};

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
    Fiber fiber;
    void* (*start)(void*) = nullptr;
    void* argument = nullptr;
    void* result = nullptr;
    int joiner = nobody;
    bool joined = false;
    bool detached = false;
    bool has_time_out = false;  ///< the announced step may be the end of a wait's time
    bool timed_out = false;     ///< nobody else could go on: its time is out now
    bool woken = false;         ///< it was waiting in a queue, and is not any more
    unsigned time_outs = 0;     ///< how many it has had
    unsigned wake_ups = 0;      ///< … spurious ones
    Nanoseconds time = 0;       ///< what its clock shows
    Nanoseconds deadline = no_deadline;
    std::uint64_t random = 1;  ///< its state of libc's random numbers
    unsigned looks = 0;        ///< at the clock
    std::uint64_t unseen = 0;  ///< its plain accesses since its last step
    /// Whether the announced step can be taken now; null: always. Asked with the thread and its object.
    bool (*able)(const Thread&) = nullptr;
    std::uintptr_t object = 0;
    OperationKind kind = OperationKind::load;  ///< of the announced step
    std::uintptr_t place = 0;                  ///< the program's code that asked for it
    search::Access access;

    VectorClock happened;           ///< what comes before
    VectorClock acquired_by_fence;  ///< what an acquire fence would add
    VectorClock released_by_fence;  ///< what its last release fence has released
    VectorClock seen_by_fence;      ///< what its last sequentially consistent fence has made it see
    std::vector<std::uintptr_t>
        calls;  ///< where its functions were called from, while somebody writes it down
    std::vector<std::pair<void (*)(void*), void*>> at_end;  ///< destructors of its thread_local variables
    _Unwind_Exception unwinding{};                          ///< of a thread that ends by pthread_exit
};

class Machine {
public:
    /// Maps the arena and borrows the threads. Once, before anything else of a Machine is used.
    void prepare(const std::vector<void*>& lenders);

    /// One execution. `body` is the main thread's.
    End run(void* (*body)(void*), void* argument, search::Strategy& strategy, const RunOptions& options);
    [[nodiscard]] End end() const { return end_; }
    [[nodiscard]] const Failure& failure() const { return failure_; }
    [[nodiscard]] const std::vector<Choice>& choices() const { return choices_; }
    [[nodiscard]] unsigned threads_made() const { return made_; }
    [[nodiscard]] const std::array<Thread, threads_max>& threads() const { return threads_; }
    /// Writes down what happens; null: nobody does.
    Recorder* recorder = nullptr;

    /// From now on what is of this kind is no failure.
    void allow(FindingKind kind) { allowed_ |= 1u << static_cast<unsigned>(kind); }
    [[nodiscard]] bool is_allowed(FindingKind kind) const {
        return (allowed_ & 1u << static_cast<unsigned>(kind)) != 0;
    }

    // On a thread of the program.
    [[nodiscard]] bool runs() const { return current_ >= 0; }
    [[nodiscard]] int current() const { return current_; }
    [[nodiscard]] Thread& self() { return threads_[static_cast<std::size_t>(current_)]; }
    [[nodiscard]] int number_of(const Thread& thread) const {
        return static_cast<int>(&thread - threads_.data());
    }
    [[nodiscard]] Thread& thread(int number) { return threads_[static_cast<std::size_t>(number)]; }
    /// A step is announced; returns when it is to be taken.
    void announce(OperationKind kind, const search::Access& access, std::uintptr_t object,
                  std::uintptr_t place, bool (*able)(const Thread&) = nullptr, bool has_time_out = false);
    /// … and is taken, as this access.
    void take(const search::Access& access);
    /// A choice within a step.
    [[nodiscard]] unsigned choose(ChoiceKind kind, unsigned count);
    /// Waits until somebody calls `wake`.
    void block(OperationKind kind, std::uintptr_t object, std::uintptr_t place);
    /// What another thread has done comes before what this one will do, and never after it.
    void follow(int thread, int other);
    /// Another thread that is blocked goes on; what this one has done comes before.
    void wake(int thread);
    /// A new thread, or `nobody`: there are too many.
    [[nodiscard]] int spawn(void* (*start)(void*), void* argument, bool detached = false);
    /// The thread ends here.
    [[noreturn]] void end_thread(void* result);
    /// The thread takes no step any more, and nobody is interested in how it would go on: the others do, and
    /// when they cannot, that is no finding.
    [[noreturn]] void stop_thread();
    /// The execution ends well, whoever else would still go on.
    [[noreturn]] void end_execution();
    [[noreturn]] void fail(Failure failure);
    [[noreturn]] void not_modelled(std::string what);
    /// The main thread has returned: at the end of all others, `exit_status` is judged.
    void main_returned(int exit_status);

    /// Whether an address is of the stack of a thread that has ended. The current one is about to use it.
    [[nodiscard]] bool is_too_late_for(std::uintptr_t address) {
        const int owner = StackLives::owner_beside(address, current_);
        if (owner == StackLives::none) return false;
        return !stack_lives.visit(owner, address, current_, self().happened[current_]);
    }
    /// A plain access of the program's.
    void access(std::uintptr_t address, std::size_t size, bool is_write, std::uintptr_t place);
    [[nodiscard]] void* allocate(std::size_t size, std::size_t alignment, std::uintptr_t place);
    void free(std::uintptr_t address, std::uintptr_t place);

    /// How often an object has been changed, by atomic operations and by steps on plain data.
    [[nodiscard]] std::uint32_t changes_of(CellId cell) const;

    /// A tick of the current thread's passes, so that what it does next is not what it has released.
    void tick() { ++self().happened[current_]; }

    Shadow shadow;
    StackLives stack_lives;
    Heap heap;
    Objects objects;
    Alike alike;
    search::Strategy* strategy = nullptr;
    RunOptions options;

    // Time, which passes where somebody looks or waits: machine_time.cpp.
    /// The current thread looks at its clock.
    [[nodiscard]] Nanoseconds look_at_the_clock();
    void sleep_until(Nanoseconds time);
    /// An object whose operations are in an order hands the time on.
    void hand_time_on(CellId cell, search::AccessKind kind);
    /// Whether the time of a wait may be out at this moment.
    [[nodiscard]] static bool time_may_be_out(const Thread& thread);
    /// The wait has ended because its time is out.
    void time_is_out();

private:
    [[nodiscard]] int next();
    void go_on_with(int thread);
    void note_stack();
    void free_from_before(std::uintptr_t address, std::uintptr_t place);
    void stall();
    [[nodiscard]] search::ThreadSet time_passes();
    [[noreturn]] void leave();
    [[noreturn]] void nobody_is_able();
    [[noreturn]] void end_with_pending();
    static void run_thread();

    std::array<Thread, threads_max> threads_{};
    int current_ = nobody;
    int running_ = nobody;  ///< the thread that took the last step
    unsigned made_ = 0;
    unsigned steps_left_ = 0;
    Fiber engine_;
    End end_ = End::well;
    Failure failure_;
    unsigned allowed_ = 0;  ///< a bit for each kind
    int exit_status_ = 0;
    bool main_has_returned_ = false;
    std::vector<Choice> choices_;
    std::vector<Nanoseconds> times_;  ///< by the number of the object
    bool has_clock_ = false;          ///< somebody has looked, or waited
    bool has_stalled_ = false;
    bool has_stopped_ = false;                              ///< a thread is stopped
    std::array<std::uintptr_t, threads_max> stack_used_{};  ///< the lowest address of each
};

extern constinit Everlasting<Machine> the_machine;
[[nodiscard]] inline Machine& machine() { return the_machine.value; }

inline constexpr unsigned steps_max = 20'000;  ///< of one execution
/// … and a thread's plain accesses between two steps. Whoever has more waits for another one's, in vain.
inline constexpr std::uint64_t unseen_max = std::uint64_t{1} << 20;

}  // namespace revenant::model::native
