// Relations: what orders the steps of a trace in the memory model, and who read from whom: for those who
// draw or explain an execution. The searches do not use it: Relacy has clocks of its own.
//
// The rules are C++20's: a load that acquires and reads from a release sequence synchronises with its head; a
// sequence goes on through RMWs; fences release and acquire on behalf of the relaxed accesses around them; an
// unlock synchronises with the mutex's next lock. Setup comes before all threads, teardown after them.
#pragma once

#include <cstdint>
#include <vector>

#include "model/trace.hpp"

namespace revenant::model {

struct Arrow {
    enum class Kind : std::uint8_t {
        reads_from,    ///< … and nothing more: the reader learns the value, not what came before it
        synchronises,  ///< reads from it, and what came before it happens before what follows
        hands_over,    ///< an unlock and the lock after it
    };
    int from = -1;
    int to = -1;
    Kind kind = Kind::reads_from;
    friend bool operator==(const Arrow&, const Arrow&) = default;
};

class Relations {
public:
    explicit Relations(const Trace& trace);

    /// Between steps of different threads, setup and teardown included, in the order of their ends.
    [[nodiscard]] const std::vector<Arrow>& arrows() const { return arrows_; }
    /// Whether a step happens before another one. Both are indices into the trace's steps.
    [[nodiscard]] bool happens_before(int first, int second) const;

private:
    /// For each thread (setup and teardown have their own) how many of its steps are known to be past.
    using Clock = std::vector<std::uint32_t>;

    std::vector<Arrow> arrows_;
    std::vector<Clock> clocks_;       ///< of each step, itself included
    std::vector<std::size_t> slots_;  ///< of each step: its thread's place in a clock
};

}  // namespace revenant::model
