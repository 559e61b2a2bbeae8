// GateTurns: who may go next, where no script says it. Part of the gate: compiled without instrumentation,
// used by gate.cpp only; the rules are told in gate.hpp.
//
// Thread-safety: none; whoever has the turn calls.
#pragma once

#include "model/program.hpp"
#include "model/threads/gate_held.hpp"
#include "model/threads/gate_objects.hpp"

namespace revenant::model::threads::gate {

/// splitmix64.
[[nodiscard]] std::uint64_t next_random(std::uint64_t& state);

enum class State : std::uint8_t { outside, at_begin, announced, running, ended };

struct alignas(64) Thread {  // a cache line each: what one counts must not slow the others down
    State state;
    OperationKind kind;  ///< what it is about to do, and to what
    ObjectClass type;
    std::uint16_t target;
    Hidden at;
    unsigned go;  ///< futex word: its turn has come
    unsigned priority;
    unsigned beat;     ///< counts operations
    unsigned locking;  ///< 1 while it is inside of a lock operation, where nobody hands out turns
    int objects;       ///< how many more it has made than destroyed, where no script is followed
    Hidden asleep_on;  ///< the condition variable that has to have woken it, or 0
    int others;        ///< of a lock of several: how many besides `at`
    Hidden also[together_max - 1];
};

class GateTurns {
public:
    void begin(unsigned count, unsigned depth, std::uint64_t seed);

    [[nodiscard]] Thread& operator[](int thread) { return all_[thread]; }
    /// It would have to wait: for a mutex that is locked, or to be woken.
    [[nodiscard]] bool waits(const Thread& thread) const;
    /// The announced step is taken by whoever waits for nothing: what it takes, it has. False: there is no
    /// room for another mutex.
    [[nodiscard]] bool takes(const Thread& thread);
    GateHeld held;

    /// The next thread, or -1: nobody can go on. `last` took the last step.
    ///
    /// All others go before `last` does, the first of them as far as it can; who waits in a loop goes when
    /// nobody else can, in turns.
    [[nodiscard]] int others_first(int last);
    /// Probabilistic concurrency testing (Burckhardt et al., ASPLOS 2010): the highest of random priorities;
    /// at depth-1 random steps the running thread's falls below all others'.
    [[nodiscard]] int by_priority(int last, unsigned step);
    [[nodiscard]] int at_random();
    /// A random number below it.
    [[nodiscard]] int below(int count);

private:
    static constexpr int threads_max = program_threads_max;
    static constexpr int changes_max = 128;

    [[nodiscard]] int number_of(const Thread& thread) const { return static_cast<int>(&thread - all_); }
    [[nodiscard]] bool is_able(const Thread& thread) const;
    /// It goes when nobody else can: it waits in a loop, or until its time is out.
    [[nodiscard]] bool yields(const Thread& thread) const;

    Thread all_[threads_max];
    unsigned change_at_[changes_max];
    int size_;
    unsigned depth_;
    int turn_of_waiters_;
    std::uint64_t random_;
};

}  // namespace revenant::model::threads::gate
