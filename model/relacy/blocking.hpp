// Blocking: what threads hold, and what they have to wait for: mutexes of each kind, the flags of what is
// done once, condition variables and latches.
//
// A thread announces a step with its Needs, and is not able to take it before they are met. Under a search of
// every scheduling point as well: nobody is ever let go on into a wait.
//
// Knows nothing of Relacy.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/operation.hpp"
#include "model/program.hpp"

namespace revenant::model::relacy {

inline constexpr std::size_t together_max = 4;  ///< mutexes that are locked at once

/// What has to be before a thread can take its announced step.
struct Needs {
    std::array<CellId, together_max> free{};  ///< mutexes that nobody else may hold
    std::uint8_t count = 0;
    bool to_share = false;         ///< … for itself: others may share it
    CellId notified_by = no_id;    ///< a condition variable that has to have notified it
    bool or_nothing_else = false;  ///< … or nobody is able to do anything else: the time passes

    [[nodiscard]] bool any() const { return count != 0 || notified_by != no_id; }
};

class Blocking {
public:
    void begin();
    /// A cell is made; the cells come in order.
    void add();

    [[nodiscard]] bool is_free(CellId cell, bool to_share) const;
    [[nodiscard]] int holder(CellId cell) const { return held_[cell].holder; }
    /// How often the thread has it.
    [[nodiscard]] unsigned depth(CellId cell, int thread) const;
    [[nodiscard]] unsigned shares(CellId cell, int thread) const {
        return held_[cell].shares[static_cast<std::size_t>(thread)];
    }
    [[nodiscard]] bool is_held(CellId cell) const;
    void take(CellId cell, int thread);
    void give_back(CellId cell);
    void take_share(CellId cell, int thread);
    void give_share_back(CellId cell, int thread);
    /// A latch is held by nobody that there is, until it has been counted down.
    void make_latch(CellId cell, unsigned count);
    [[nodiscard]] unsigned count(CellId latch) const { return held_[latch].depth; }
    /// Requires: it has as many.
    void count_down(CellId latch, unsigned by);

    /// The thread joins those that wait for a condition variable.
    void wait(CellId condition, int thread);
    [[nodiscard]] std::size_t waiting(CellId condition) const;
    /// The n-th of those that wait for it, in order of their coming, is woken. Returns who.
    int wake(CellId condition, std::size_t n);
    /// It gives up. False: it has been woken before.
    bool leave(CellId condition, int thread);
    [[nodiscard]] bool is_waiting(CellId condition, int thread) const;

    [[nodiscard]] bool are_met(const Needs& needs, int thread) const;

private:
    static constexpr std::int8_t nobody = -1;
    static constexpr std::int8_t no_thread = -2;
    struct Held {
        std::int8_t holder = nobody;
        std::uint16_t depth = 0;
        std::uint16_t all_shares = 0;
        std::array<std::uint8_t, program_threads_max> shares{};
    };
    struct Waiter {
        CellId condition;
        std::int8_t thread;
    };

    std::vector<Held> held_;       ///< by cell
    std::vector<Waiter> waiters_;  ///< in order of their coming
};

}  // namespace revenant::model::relacy
