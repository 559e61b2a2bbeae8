// Execution: the steps of one execution and the order that their conflicts put them in.
//
// A step comes after another if a chain of program order, conflicts and unlock-to-lock edges leads
// there. Two executions with the same such order are equivalent (Mazurkiewicz 1977). Each step carries
// a vector clock of that order; it is finer than C++'s happens-before, which only some conflicts make.
//
// Along with a step's clock come its races: the earlier steps of other threads that it conflicts with
// and that no other step stands between. Those are the pairs whose order a search may turn round
// (Flanagan and Godefroid, POPL 2005).
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include <revenant/model/program.hpp>
#include <revenant/model/search/access.hpp>
#include <revenant/model/search/lanes.hpp>
#include <revenant/model/search/thread_set.hpp>

namespace revenant::model::search {

/// In threads. A power of two joins fastest.
inline constexpr int clock_width = program_threads_max;
static_assert(std::has_single_bit(program_threads_max));
/// For each thread, how many of its steps come before.
using Clock = std::array<std::uint16_t, clock_width>;

inline void join(Clock& to, const Clock& from) { Lanes<Clock::value_type, clock_width>::join(to, from); }

struct Event {
    std::int8_t thread = 0;
    Access access;
    Clock clock{};               ///< of all that comes before, and of itself
    std::int32_t previous = -1;  ///< the event before on the same cell, or -1
    std::int32_t release = -1;   ///< of a lock: the event after which the mutex was released, or -1
};

/// A place between two steps of a thread.
struct Moment {
    std::int8_t thread = -1;  ///< -1: before the threads
    std::uint16_t steps = 0;  ///< how many of its steps come before
};

struct Race {
    std::uint32_t first = 0;  ///< indices of events
    std::uint32_t second = 0;
};

class Execution {
public:
    Execution();
    /// A new execution, whose first `kept` events are those of the one before.
    void begin(std::size_t kept);

    /// Where an execution stands before one of its steps.
    struct Checkpoint {
        std::size_t position = 0;
        std::array<Access, clock_width> pending{};
        std::array<Clock, clock_width> clocks{};
        std::array<std::int32_t, clock_width> latest{};
        ThreadSet started = 0;
        ThreadSet stepped = 0;
        std::int32_t last_fence = -1;
        bool has_sequential = false;
        std::int32_t last_watched = -1;
    };
    void save(Checkpoint& to) const;
    /// In place of `begin`: the new execution goes on from there.
    /// Requires: the checkpoint is of the one before, and its position is not beyond `kept`. No lock_together
    /// is behind it: the world that goes on from checkpoints has none, and what it does is not undone.
    void resume(std::size_t kept, const Checkpoint& from);

    /// Said in the setup of an execution: the program has rules that are looked at after every step. They may
    /// tell threads apart that are alike otherwise, and the order of changes of different cells.
    void watch() { is_watched_ = true; }
    [[nodiscard]] bool is_watched() const { return is_watched_; }

    /// A thread is about to do this.
    void announce(int thread, const Access& access);
    /// … and this: to take several mutexes, each of which is locked on its own in the order of things.
    void announce_together(int thread, const std::vector<Access>& locks);
    /// A thread did this. Past the kept events it is appended, its clock and races computed.
    void perform(int thread, const Access& access);
    /// A thread unlocks a mutex, as part of its last step.
    void release(int thread, CellId mutex);
    /// What a thread has announced and cannot do any more, as this execution ends, is held against the steps
    /// before: the races that it would have are races of this execution.
    void look_at_pending(int thread);
    /// All that another thread has done comes before the next step of this one, and could not come after: it
    /// was started, woken or awaited by it.
    void follow(int thread, int other) { join(clocks_[index(thread)], clocks_[index(other)]); }

    [[nodiscard]] const std::vector<Event>& events() const { return events_; }
    /// The number of events so far; events() beyond it are kept ones not reached yet, or pending ones.
    [[nodiscard]] std::size_t position() const { return position_; }
    [[nodiscard]] const std::vector<Race>& races() const { return races_; }
    [[nodiscard]] const Access& pending(int thread) const { return pending_[index(thread)]; }
    /// The last event of a thread, or -1.
    [[nodiscard]] std::int32_t latest(int thread) const { return latest_[index(thread)]; }
    /// The threads that have announced a step.
    [[nodiscard]] ThreadSet started() const { return started_; }
    /// The threads that have done a step.
    [[nodiscard]] ThreadSet stepped() const { return stepped_; }

    /// Whether an event comes before the next step of a thread, its own conflicts aside.
    [[nodiscard]] bool precedes(const Event& event, int thread) const {
        return covers(clocks_[index(thread)], event);
    }
    [[nodiscard]] static bool covers(const Clock& clock, const Event& event) {
        return event.clock[index(event.thread)] <= clock[index(event.thread)];
    }
    /// Whether the newest store to a cell comes before the next step of the thread. If none was made
    /// by a step, it does.
    [[nodiscard]] bool newest_store_precedes(int thread, CellId cell) const;

    /// Where a thread is now.
    [[nodiscard]] Moment now(int thread) const;
    /// Whether the thread's next step after `moment` comes before the thread's place now, so that no
    /// equivalent execution can have both at once.
    [[nodiscard]] bool is_over(const Moment& moment, int thread) const;

    /// A step differed from the one that the same choices led to before: its number, or -1.
    [[nodiscard]] int differed_at() const { return differed_at_; }

private:
    static constexpr std::size_t index(int thread) { return static_cast<std::size_t>(thread); }
    void order(Event& event);
    void order_watched(Event& event, const Access& access);
    void order_on_cell(Event& event, const Access& access);
    void order_after_shares(Event& event, const Access& access, std::int32_t latest);
    void order_after_unlock(Event& event, const Access& access, std::int32_t unlock);
    void order_together(Event& event);
    void follow_together(Event& event, const Access& access, std::int32_t number);
    void follow_step(Event& event, std::int32_t number);
    void meet(const Event& event, std::int32_t number);
    void forget(const Event& event, std::int32_t number);

    std::vector<Event> events_;
    std::size_t position_ = 0;
    std::size_t kept_ = 0;
    std::vector<Race> races_;
    std::array<Access, clock_width> pending_{};
    std::array<Clock, clock_width> clocks_{};
    std::array<std::int32_t, clock_width> latest_{};
    ThreadSet started_ = 0;
    ThreadSet stepped_ = 0;
    std::vector<std::int32_t> last_on_cell_;
    std::vector<std::int32_t> retired_;  ///< block: the event that retired it last, or -1
    std::int32_t last_fence_ = -1;
    bool has_sequential_ = false;
    bool is_watched_ = false;
    std::int32_t last_watched_ = -1;    ///< the event that was a watched change last, or -1
    std::vector<std::int32_t> awaits_;  ///< the events that are waits
    std::array<std::vector<Access>, clock_width> together_locks_;  ///< what a lock_together of a thread locks
    std::vector<std::int32_t> together_;           ///< cell: the last lock_together that took it, or -1
    std::vector<std::int32_t> together_released_;  ///< … and the event after which it was released, or -1
    int differed_at_ = -1;
    bool is_pending_ = false;  ///< what is being ordered, its thread cannot do any more
};

}  // namespace revenant::model::search
