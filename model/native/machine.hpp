// Machine: runs one execution of a program: its threads as fibers, who goes on, what comes before what.
//
// A thread runs until its next visible step, announces it and gives way; the strategy says whose step comes
// next. Everything else a thread does between two visible steps at once. What it is about to do when it
// cannot be done yet (a mutex is held) makes it wait; that is no step.
//
// One instance a process. All functions but `run` are called on a thread of the program.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "model/native/clocks.hpp"
#include "model/native/failure.hpp"
#include "model/native/fiber.hpp"
#include "model/native/heap.hpp"
#include "model/native/objects.hpp"
#include "model/native/shadow.hpp"
#include "model/search/strategy.hpp"

namespace revenant::model::native {

class Recorder;

inline constexpr int nobody = -1;

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
    bool has_time_out = false;  ///< the announced step is the end of a wait's time
    bool timed_out = false;     ///< of a wait with a time-out that has ended
    unsigned time_outs = 0;     ///< how many it has had
    unsigned wake_ups = 0;      ///< … spurious ones
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
};

class Machine {
public:
    /// Maps the arena and borrows the threads. Once, before anything else of a Machine is used.
    void prepare(const std::vector<void*>& lenders);

    /// One execution. `body` is the main thread's.
    End run(void* (*body)(void*), void* argument, search::Strategy& strategy, const RunOptions& options);
    [[nodiscard]] const Failure& failure() const { return failure_; }
    [[nodiscard]] const std::vector<Choice>& choices() const { return choices_; }
    [[nodiscard]] unsigned threads_made() const { return made_; }
    [[nodiscard]] const std::array<Thread, threads_max>& threads() const { return threads_; }
    /// Writes down what happens; null: nobody does.
    Recorder* recorder = nullptr;

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
    /// Waits until somebody calls `wake` or `wake_waiting`.
    void block(OperationKind kind, std::uintptr_t object, std::uintptr_t place);
    /// Another thread that is blocked goes on; what this one has done comes before.
    void wake(int thread);
    /// Another thread goes on with a step that it has announced, `able` or not yet.
    void wake_waiting(int thread, bool (*able)(const Thread&));
    /// A new thread, or `nobody`: there are too many.
    [[nodiscard]] int spawn(void* (*start)(void*), void* argument);
    /// The thread ends here.
    [[noreturn]] void end_thread(void* result);
    /// The execution ends well, whoever else would still go on.
    [[noreturn]] void end_execution();
    [[noreturn]] void fail(Failure failure);
    [[noreturn]] void not_modelled(std::string what);
    /// The main thread has returned: at the end of all others, `exit_status` is judged.
    void main_returned(int exit_status);

    /// A plain access of the program's.
    void access(std::uintptr_t address, std::size_t size, bool is_write, std::uintptr_t place);
    [[nodiscard]] void* allocate(std::size_t size, std::size_t alignment, std::uintptr_t place);
    void free(std::uintptr_t address, std::uintptr_t place);

    /// A tick of the current thread's passes, so that what it does next is not what it has released.
    void tick() { ++self().happened[current_]; }

    Shadow shadow;
    Heap heap;
    Objects objects;
    search::Strategy* strategy = nullptr;
    RunOptions options;
    std::uint64_t virtual_nanoseconds = 0;

private:
    [[nodiscard]] int next();
    void go_on_with(int thread);
    [[nodiscard]] search::ThreadSet time_passes();
    [[noreturn]] void leave();
    [[noreturn]] void nobody_is_able();
    static void run_thread();

    std::array<Thread, threads_max> threads_{};
    int current_ = nobody;
    int running_ = nobody;  ///< the thread that took the last step
    unsigned made_ = 0;
    unsigned steps_left_ = 0;
    Fiber engine_;
    End end_ = End::well;
    Failure failure_;
    int exit_status_ = 0;
    bool main_has_returned_ = false;
    std::vector<Choice> choices_;
};

[[nodiscard]] Machine& machine();

inline constexpr unsigned steps_max = 20'000;  ///< of one execution

}  // namespace revenant::model::native
