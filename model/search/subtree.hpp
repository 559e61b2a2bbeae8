// Subtree: a part of a search as a plain value: a path of choices and what is left to explore below it.
// It can be stopped, written down, and gone on with by another process.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/search/strategy.hpp"

namespace revenant::model::search {

/// The choice of who takes one step of an execution.
struct Node {
    ThreadSet runnable = 0;
    ThreadSet asleep = 0;    ///< what they do from here is equivalent to what is explored elsewhere
    ThreadSet stepped = 0;   ///< threads past their first step
    std::uint8_t count = 0;  ///< of branches
    std::uint8_t current = 0;
    std::array<std::uint8_t, clock_width> branches{};  ///< threads, in the order in which they are explored
    std::uint32_t digits = 0;                          ///< how many digits belong to the nodes before

    [[nodiscard]] int thread() const { return branches[current]; }
    [[nodiscard]] ThreadSet first_branches(std::uint8_t n) const {
        ThreadSet set = 0;
        for (std::uint8_t i = 0; i < n; ++i) set |= set_of(branches[i]);
        return set;
    }
    /// Who need not go first from here any more, or will anyway.
    [[nodiscard]] ThreadSet covered() const { return asleep | first_branches(count); }
    /// Who sleeps while the current branch is explored.
    [[nodiscard]] ThreadSet sleeping() const { return asleep | first_branches(current); }
    /// Whether the thread slept, as all did that could go on: its step tells whether it waits in a loop.
    [[nodiscard]] bool wakes_up() const { return contains(asleep, thread()); }
    void add(int thread) { branches[count++] = static_cast<std::uint8_t>(thread); }
};

/// A choice within a step: a stale read, a spurious failure.
struct Digit {
    std::uint8_t value = 0;
    std::uint8_t count = 0;
};

struct Subtree {
    std::vector<Node> nodes;
    std::vector<Digit> digits;
    /// The first `given` nodes are fixed: a further branch that is needed there goes out as a Request. The
    /// digits of the last fixed node belong to this subtree.
    std::size_t given = 0;
};

/// A race turned round needs one of these threads to go first at a node above the subtree.
struct Request {
    std::size_t depth = 0;
    ThreadSet candidates = 0;
    int preferred = 0;
    friend bool operator==(const Request&, const Request&) = default;
};

}  // namespace revenant::model::search
