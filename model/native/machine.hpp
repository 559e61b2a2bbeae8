// Machine: runs one execution of a program: its threads as fibers, who goes on, what comes before what.
//
// A thread runs until its next visible step, announces it and gives way; the strategy says whose step comes
// next. Everything else a thread does between two visible steps at once. What it is about to do when it
// cannot be done yet (a mutex is held) makes it wait; that is no step.
//
// A strategy that knows how the next execution begins gets that part for less: the machine is put back to a
// checkpoint of the execution before, and the program repeats its way there with what it was given then
// (machine_checkpoints.cpp).
//
// One instance a process. All functions but `run` are called on a thread of the program.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "model/native/alike.hpp"
#include "model/native/checkpoint.hpp"
#include "model/native/clocks.hpp"
#include "model/native/everlasting.hpp"
#include "model/native/failure.hpp"
#include "model/native/heap.hpp"
#include "model/native/limits.hpp"
#include "model/native/objects.hpp"
#include "model/native/prefix.hpp"
#include "model/native/shadow.hpp"
#include "model/native/stack_lives.hpp"
#include "model/native/thread.hpp"
#include "model/native/thread_pointer.hpp"
#include "model/native/undo_log.hpp"
#include "model/search/strategy.hpp"

namespace revenant::model::native {

class Recorder;

struct RunOptions {
    bool unordered_destroys_fail = true;
    bool newest_only = false;
    bool leaks_pass = false;
    bool mismatched_frees_pass = false;
    bool additions_in_order = false;
    bool from_the_beginning = false;  ///< no checkpoints are kept
    /// Whether somebody waits for the execution no longer. Asked now and then: it may have no end.
    bool (*is_over)(const void* search) = nullptr;
    const void* search = nullptr;
};

/// What becomes of a call of the program's while it repeats the beginning of the execution before.
enum class Repeated : std::uint8_t {
    no,        ///< it does not, or not any more: the call is made
    answered,  ///< it has returned
    at_await,  ///< from here on nothing is repeated: the thread has waited for its loop to go on
    at_step,   ///< … or for its turn to take the step, or for somebody to wake it
};

class Machine {
public:
    /// Maps the arena and borrows the threads. Once, before anything else of a Machine is used.
    void prepare(const std::vector<void*>& lenders);

    /// What explores is the current thread, from now on.
    void begin_search() {
        engine_.thread_pointer = thread_pointer();
        forget_checkpoints();
    }

    /// One execution. `body` is the main thread's.
    End run(void* (*body)(void*), void* argument, search::Strategy& strategy, const RunOptions& options);
    [[nodiscard]] End end() const { return end_; }
    /// How many accesses a thread of the execution has made between two steps, if too many: see `unseen_max`.
    [[nodiscard]] std::uint64_t stalled_after() const { return stalled_after_; }
    /// How many accesses to plain data the execution has had that were looked at.
    [[nodiscard]] std::uint64_t plain_accesses() const;
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

    [[nodiscard]] bool additions_commute() const {
        return !options.additions_in_order && strategy->additions_commute();
    }

    // On a thread of the program.
    /// Whether there is one. Whoever asks may then do what cannot be put back: the execution has no
    /// checkpoint from here on. (For the rest see `is_running`.)
    [[nodiscard]] bool runs() {
        if (current_ < 0) return false;
        if (keeps_checkpoints_ || repeats_) do_what_cannot_be_put_back();
        return true;
    }
    void do_what_cannot_be_put_back();
    /// … and whoever asks keeps to what can be repeated.
    [[nodiscard]] bool is_running() const { return current_ >= 0; }
    /// … and nothing is repeated now.
    [[nodiscard]] bool is_exploring() const { return current_ >= 0 && !repeats_; }
    [[nodiscard]] bool repeats() const { return repeats_; }
    [[nodiscard]] int current() const { return current_; }
    [[nodiscard]] Thread& self() { return thread(current_); }
    [[nodiscard]] Runner& runner() { return runners_[static_cast<std::size_t>(current_)]; }
    [[nodiscard]] const Runner& runner(int number) const {
        return runners_[static_cast<std::size_t>(number)];
    }
    [[nodiscard]] int number_of(const Thread& thread) const {
        return static_cast<int>(&thread - threads_.data());
    }
    [[nodiscard]] const Thread& known_thread(int number) const {
        return threads_[static_cast<std::size_t>(number)];
    }
    /// To be changed: what it was is noted.
    [[nodiscard]] Thread& thread(int number) {
        auto& found = threads_[static_cast<std::size_t>(number)];
        if (!search::contains(noted_, number)) note(number);
        return found;
    }
    [[nodiscard]] const Fences& fences_of(int number) const {
        return fences_[static_cast<std::size_t>(number)];
    }
    /// Those of the current thread, to be changed: what they were is noted.
    [[nodiscard]] Fences& own_fences() {
        if (!search::contains(noted_fences_, current_)) note_fences(current_);
        return fences_[static_cast<std::size_t>(current_)];
    }
    /// The current thread comes to know what another one has released: now, or at its next acquire fence.
    void acquire(const VectorClock& released, bool now) {
        if (now) return self().happened.join(released);
        if (!fences_of(current_).acquired.covers_all(released)) own_fences().acquired.join(released);
    }
    /// A call from this place, before it does anything.
    [[nodiscard]] Repeated repeat(std::uintptr_t place, const void* frame = nullptr) {
        return repeats_ ? repeat_call(place, frame) : Repeated::no;
    }
    /// … which returns without a turn of another thread's.
    [[nodiscard]] bool repeats_at_once(std::uintptr_t place) { return repeats_ && repeat_at_once(place); }
    /// What the call returned, if `repeat` says so.
    [[nodiscard]] const Prefix::Answer& answer() const { return *answer_; }
    /// A call that asks `repeat` returns now. `stored`: what an atomic operation has left in memory.
    void returns(std::uintptr_t place, Value value = 0, bool stores = false, Value stored = 0) {
        if (keeps_checkpoints_) prefix_.add_answer(place, value, stores, stored);
    }
    /// How many calls have returned in this execution.
    [[nodiscard]] std::size_t answers() const { return prefix_.extent().answers; }
    /// … and, while it repeats another one's beginning, of those that are given once more.
    [[nodiscard]] std::size_t answers_given() const { return prefix_.answers_given(); }
    /// The next execution begins at its beginning.
    void forget_checkpoints() { checkpoints_.shorten(0); }
    /// A step is announced; returns when it is to be taken.
    void announce(OperationKind kind, const search::Access& access, std::uintptr_t object,
                  std::uintptr_t place, bool (*able)(const Thread&) = nullptr, bool has_time_out = false);
    /// … and is taken, as this access.
    void take(const search::Access& access);
    /// A choice within a step.
    [[nodiscard]] unsigned choose(ChoiceKind kind, unsigned count);
    /// Waits until somebody calls `wake`.
    void block(ObjectKind kind, std::uintptr_t object, std::uintptr_t place);
    /// … for another thread to end.
    void block_for_end(std::uintptr_t place) { block(ObjectKind::plain, 0, place); }
    /// What another thread has done comes before what this one will do, and never after it.
    void follow(int thread, int other);
    /// Another thread that is blocked goes on; what this one has done comes before.
    void wake(int thread);
    /// A new thread, or `nobody`: there are too many.
    [[nodiscard]] int spawn(void* (*start)(void*), void* argument, bool detached = false);
    /// In place of it, where `repeat` says that it has returned this number.
    void repeat_spawn(int number, void* (*start)(void*), void* argument) {
        prepare_fiber(number, start, argument);
    }
    /// The thread ends here.
    [[noreturn]] void end_thread(void* result);
    /// The thread takes no step any more, and nobody is interested in how it would go on: the others do, and
    /// when they cannot, that is no finding.
    [[noreturn]] void stop_thread();
    /// The thread ends the program with status 0; the others may have come to their ends before.
    [[noreturn]] void end_program();
    /// The execution ends well, whoever else would still go on.
    [[noreturn]] void end_execution();
    [[noreturn]] void fail(Failure failure);
    /// `interrupted`: where a signal came to the thread; 0: the thread itself asks.
    [[noreturn]] void not_modelled(std::string what, std::uintptr_t interrupted = 0);
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
    /// The thread gives way to others. That is no step: it would do so for nothing.
    void yields();
    [[nodiscard]] void* allocate(std::size_t size, std::size_t alignment, std::uintptr_t place,
                                 AllocatedBy by = AllocatedBy::malloc);
    void free(std::uintptr_t address, std::uintptr_t place, AllocatedBy by = AllocatedBy::malloc);

    /// How often an object has been changed, by atomic operations and by steps on plain data.
    [[nodiscard]] std::uint32_t changes_of(CellId cell) const;

    /// A tick of the current thread's passes, so that what it does next is not what it has released.
    void tick() {
        self().released_at = self().happened[current_];
        pass_tick();
    }
    /// … and it has released nothing.
    void pass_tick() { ++self().happened[current_]; }
    void tick_after(search::AccessKind kind) {
        const bool only_reads = kind == search::AccessKind::read || kind == search::AccessKind::await ||
                                kind == search::AccessKind::wake_nobody;
        only_reads ? pass_tick() : tick();
    }

    Shadow shadow;
    StackLives stack_lives;
    Heap heap;
    Objects objects;
    Alike alike;
    search::Strategy* strategy = nullptr;
    RunOptions options;

    // Time, which passes where somebody looks or waits: machine_time.cpp.
    /// Somebody has looked, or slept.
    [[nodiscard]] bool has_clock() const { return has_clock_; }
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
    void begin();
    void resume(std::size_t checkpoint);
    [[nodiscard]] bool try_to_resume();
    void note(int thread);
    void note_fences(int thread);
    void save_checkpoint(search::ThreadSet able);
    [[nodiscard]] Repeated repeat_call(std::uintptr_t place, const void* frame);
    bool repeat_at_once(std::uintptr_t place);
    void take_answer(std::uintptr_t place);
    [[noreturn]] void stop_repeating();
    void give_way();
    [[nodiscard]] int next();
    void go_on_with(int thread);
    [[nodiscard]] int number_for_another();
    void begin_again(int thread);
    void prepare_fiber(int thread, void* (*start)(void*), void* argument);
    void note_stack();
    void free_from_before(std::uintptr_t address, std::uintptr_t place);
    void stall();
    [[nodiscard]] bool is_alone() const;
    void look_at_the_time();
    [[nodiscard]] search::ThreadSet time_passes();
    [[nodiscard]] search::ThreadSet rounds_pass();
    [[nodiscard]] search::ThreadSet comes_last(int thread);
    [[noreturn]] void leave();
    [[noreturn]] void nobody_is_able();
    [[nodiscard]] bool waits_in_a_circle(int thread) const;
    void look_at_waiting();
    [[noreturn]] void end_with_pending();
    static void run_thread();

    std::array<Thread, threads_max> threads_{};
    std::array<Fences, threads_max> fences_{};
    std::array<Runner, threads_max> runners_{};
    int current_ = nobody;
    int running_ = nobody;  ///< the thread that took the last step
    unsigned made_ = 0;
    int again_ = 0;  ///< the last number that another thread has got
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
    std::uint64_t stalled_after_ = 0;
    std::uint64_t seen_accesses_ = 0;  ///< to plain data, of the threads up to their last steps
    bool has_stopped_ = false;         ///< a thread is stopped
    bool has_exited_ = false;          ///< a thread has ended the program

    Stack<Checkpoint> checkpoints_;  ///< of this execution; between two, those of the last one
    UndoLog<int, Thread> threads_before_;
    UndoLog<int, Fences> fences_before_;
    search::ThreadSet noted_ = all_threads;  ///< whose state since the last checkpoint need not be noted
    search::ThreadSet noted_fences_ = all_threads;
    Prefix prefix_;
    const Prefix::Answer* answer_ = nullptr;
    bool keeps_checkpoints_ = false;
    bool repeats_ = false;
    bool never_repeats_ = false;  ///< the program has not done the same again
    int prepared_ = 0;            ///< so many fibers are of this execution
};

extern constinit Everlasting<Machine> the_machine;
[[nodiscard]] inline Machine& machine() { return the_machine.value; }

}  // namespace revenant::model::native
