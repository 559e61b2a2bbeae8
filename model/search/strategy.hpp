// Strategy: a search is an oracle that answers every choice of an execution, and says after it
// whether there is another one to explore. It knows nothing of the memory model.
//
// Determinism: the answers depend on the arguments, the earlier calls and a seed; never on a clock,
// an address or the order of an unordered container.
#pragma once

#include <cstdint>
#include <string_view>

#include "model/schedule.hpp"
#include "model/search/execution.hpp"
#include "model/search/thread_set.hpp"

namespace revenant::model::search {

class Strategy {
public:
    virtual ~Strategy() = default;

    [[nodiscard]] virtual std::string_view name() const = 0;
    /// An execution begins.
    virtual void begin() = 0;
    /// Whether an execution may begin in the middle, where the one before has been: see `resume`.
    [[nodiscard]] virtual bool resumes() const { return false; }
    /// In place of `begin`: the first `position` events are those of the execution before, as are the answers
    /// that led to them, and nobody asks for those again.
    /// Requires: `resumes()`, and `position` is not beyond `kept()`.
    virtual void resume(std::size_t) { begin(); }
    /// Which of the runnable threads takes the next step. `running` took the last one, or is -1.
    [[nodiscard]] virtual int next_thread(ThreadSet runnable, int running) = 0;
    /// A choice below `count` (at least 2) within a step.
    [[nodiscard]] virtual unsigned choose(ChoiceKind kind, unsigned count) = 0;
    /// The execution has ended. False: there is none left to explore.
    [[nodiscard]] virtual bool advance() = 0;
    /// What comes now is equivalent to another execution of this search, as the program's world knows.
    /// Whether it may be left out, then: the execution ends, and counts as blocked.
    [[nodiscard]] virtual bool leaves_out_equivalent() { return false; }
    /// Whether a thread that could go on after a round of a loop which has only read may be left behind
    /// instead (spin-assume; Kokologiannakis, Ren and Vafeiadis, "Dynamic Partial Order Reductions for
    /// Spinloops", FMCAD 2021): what it would do it does in another execution of this search, without that
    /// round.
    [[nodiscard]] virtual bool spin_assume() const { return false; }
    /// A thread has come round a loop whose only step was the last one of this execution, a read. Whether it
    /// may be left out that the thread has made it, as the others go on all the same in another execution of
    /// this search: this one ends then, and counts as blocked.
    /// Requires: `leaves_out_rounds`.
    [[nodiscard]] virtual bool leaves_out_round() { return false; }
    /// The execution ends before its threads have, as nobody asks how they would go on. It counts as blocked.
    virtual void cut_short() {}
    /// Executions that turned out to be equivalent to explored ones before they had ended, or were cut short.
    [[nodiscard]] virtual std::uint64_t blocked() const { return 0; }
    /// How many of the last execution's events the next one begins with.
    [[nodiscard]] virtual std::size_t kept() const { return 0; }
    /// Whether `advance() == false` means that every execution was explored.
    [[nodiscard]] virtual bool is_exhaustive() const = 0;
    /// Whether loads may read two stores back, not one. Relacy offers it outside exhaustive search.
    [[nodiscard]] virtual bool reads_deep_history() const { return false; }
    /// Whether only visible steps are scheduling points, and a thread that waits for a mutex is not
    /// runnable: see Schedule::visible_points.
    [[nodiscard]] virtual bool visible_points() const { return false; }
    /// Whether additions to one number, whose results nobody uses, are steps that commute (AccessKind::add).
    [[nodiscard]] virtual bool additions_commute() const { return true; }
    /// The threads that take their first step before this one does, as it is like them.
    [[nodiscard]] virtual ThreadSet twins_before(int) const { return 0; }
    /// The choice at which the program asked for another one than it was known to, or -1: a replay's
    /// schedule is of other code, or the program is not deterministic.
    [[nodiscard]] virtual int diverged_at() const { return -1; }

    /// Whether the program's world asks `leaves_out_round`; written by whoever runs the strategy.
    bool leaves_out_rounds = false;
    /// Whether the thread that took the last step has yielded or slept since, and wants others to go first;
    /// written by whoever runs the strategy.
    bool gives_way = false;
    /// What has happened in this execution so far, written by whoever runs the strategy.
    Execution execution;

protected:
    Strategy() = default;
    /// The threads that are before their first step. What they do there is no other thread's business: under
    /// visible points all do it at once, before anybody takes a step.
    [[nodiscard]] ThreadSet not_started(ThreadSet runnable) const { return runnable & ~execution.started(); }
    /// Who goes on if it may choose freely: the thread that has taken the last step; or if that gives way,
    /// the next one in turn, so that loops which yield end ("Fair stateless model checking", Musuvathi and
    /// Qadeer, PLDI 2008). -1: nobody in particular.
    [[nodiscard]] int first_choice(ThreadSet runnable, int running) const {
        return gives_way && running >= 0 ? next_in_turn(runnable, running) : running;
    }
    Strategy(const Strategy&) = delete;
    Strategy& operator=(const Strategy&) = delete;
};

}  // namespace revenant::model::search
