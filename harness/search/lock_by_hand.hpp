// A lock that code has made of an atomic, where a mutex would do: a loop around compare_exchange, exchange or
// fetch_or takes it, and a store gives it back. A search explores every attempt that fails, and of a mutex
// none.
//
// A false answer is worse than none. What is said to be a lock has been used as one in every execution looked
// at: two threads have each taken it and given it back, and one has waited for the other. A count, a state, a
// flag that is only tried, a pointer that is taken out and put back are none.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/trace.hpp"

namespace revenant::harness {

struct LockByHand {
    std::string cell;     ///< `spin#1.word`
    std::string made_of;  ///< what takes it: `compare_exchange`, `exchange`, `test_and_set`, `fetch_or`
    std::string place;    ///< where that is: `spin.hpp:12`; empty: not known
};

class LocksByHand {
public:
    /// Executions of one program, each with what its threads did. `is_whole`: it was not broken off.
    void look_at(const model::Trace& trace, bool is_whole);

    /// Whether a cell may be one: it has been taken and given back, and nothing else was done to it.
    [[nodiscard]] bool has_candidates() const;
    /// Of several the one that was met first.
    [[nodiscard]] std::optional<LockByHand> first() const;

private:
    /// What is known of a cell by its name: an object's number may be another's in another execution.
    struct Known {
        LockByHand lock;
        std::set<int> holders;  ///< threads that have taken it and given it back
        bool is_waited_for = false;
        bool is_something_else = false;
    };
    class Execution;

    Known& known(const std::string& cell);

    std::vector<Known> known_;  // as they were met
};

}  // namespace revenant::harness
