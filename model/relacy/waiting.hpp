// Waiting: when a thread that waits in a loop may try again.
//
// A round of such a loop reads, finds that it has to wait, and yields. It would go the same way again
// unless something that it read has changed: until then the thread is not able to go on. That holds of a
// loop whose only way out is what it reads; one that counts its rounds and gives up is not seen to.
// So the rounds that change nothing are explored once, exploration ends, and when nobody is able any
// more, the threads wait for each other for ever: a livelock.
//
// A loop that does not yield is found out by its steps: see `spins`.
//
// Knows nothing of Relacy. A store of the value that was there already is no change, or two spinning
// exchanges would wake each other for ever.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/operation.hpp"
#include "model/program.hpp"

namespace revenant::model::relacy {

class Waiting {
public:
    void begin();
    /// A thread has read a cell; `newest`: there is nothing newer that it could read.
    void saw(int thread, CellId cell, bool newest);
    void changed(CellId cell);
    /// Whether a thread that yields may go on: something it has read has changed, or it has read nothing.
    [[nodiscard]] bool may_go_on(int thread) const;
    /// The one cell that it waits for, or no_id: several, or none.
    [[nodiscard]] CellId waits_for(int thread) const;
    /// A new round begins. Returns how many there have been.
    unsigned next_round(int thread);
    /// A thread has taken a step. Returns whether it spins: a step that changes nothing has come again and
    /// again, and so has all that came between.
    bool spins(int thread, const Operation& operation);

private:
    struct Seen {
        CellId cell;
        unsigned changes;
    };
    [[nodiscard]] unsigned changes_of(CellId cell) const {
        return cell < changes_.size() ? changes_[cell] : 0;
    }

    /// The steps of a thread since the last one that changed something. One of them is remembered, and
    /// replaced at each power of two, so that sooner or later it is one of the loop (Brent, 1980).
    struct Unchanging {
        Operation remembered;
        std::uint32_t steps = 0;
        std::uint32_t repeats = 0;
    };

    std::vector<unsigned> changes_;  ///< cell → how many, the thread's own included
    std::array<std::vector<Seen>, program_threads_max> seen_;
    std::array<unsigned, program_threads_max> rounds_{};
    std::array<Unchanging, program_threads_max> unchanging_{};
};

}  // namespace revenant::model::relacy
