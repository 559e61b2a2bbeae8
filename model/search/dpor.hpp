// Dpor: exhaustive, with one execution for each class of equivalent ones. The default.
//
// Dynamic partial-order reduction with source sets and sleep sets (Abdulla, Aronis, Jonsson, Sagonas,
// POPL 2014; JACM 64(4), 2017). After each execution, each of its races is asked whether the step before
// it already has a branch from which the race turned round can be reached; if not, it gets one. A thread
// whose branch has been explored sleeps until a step that conflicts with its own. ARCHITECTURE.md tells
// why that is sound over Relacy's memory model.
//
// A stale read, a spurious failure: branches inside one step; a thread sleeps when all are done. A load
// offers a stale value only where its thread already comes after the newest store: elsewhere the load
// could have come before that store, and that order is explored as such.
//
// A thread that waits in a loop of one read sleeps once it has read in vain, until somebody writes: whatever
// else the others do, they do in another branch. Once all that could go on sleep, those who may wait in such
// a loop take their steps in turn (Node::wakes_up). If one does not come round, it was asleep for another
// reason; if all have, they wait for ever, or until time passes.
//
// Symmetry: threads of one class run the same code on the same arguments, so that permuting them gives
// an equivalent execution. Only the one with the lowest number may take the class's next first step. While a
// program watches (Execution::watch) no two threads are alike: what it watches may name one of them.
#pragma once

#include <vector>

#include "model/search/subtree.hpp"

namespace revenant::model::search {

/// For each thread the number of its class; threads alone in theirs have no twin.
using SymmetryClasses = std::vector<unsigned>;

class Dpor : public Strategy {
public:
    /// An empty `classes`: no two threads are alike.
    explicit Dpor(const SymmetryClasses& classes = {});

    [[nodiscard]] std::string_view name() const override { return "dpor"; }
    void begin() override;
    [[nodiscard]] bool resumes() const override { return true; }
    void resume(std::size_t position) override;
    [[nodiscard]] int next_thread(ThreadSet runnable, int running) override;
    [[nodiscard]] unsigned choose(ChoiceKind kind, unsigned count) override;
    [[nodiscard]] bool advance() override;
    [[nodiscard]] bool leaves_out_equivalent() override;
    [[nodiscard]] bool spin_assume() const override { return true; }
    [[nodiscard]] bool leaves_out_round() override;
    void cut_short() override;
    [[nodiscard]] ThreadSet twins_before(int thread) const override {
        return execution.is_watched() ? ThreadSet{0} : twins_before_[static_cast<std::size_t>(thread)];
    }
    [[nodiscard]] std::uint64_t blocked() const override { return blocked_; }
    [[nodiscard]] std::size_t kept() const override { return kept_; }
    [[nodiscard]] bool is_exhaustive() const override { return true; }
    [[nodiscard]] bool visible_points() const override { return true; }
    [[nodiscard]] int diverged_at() const override { return diverged_at_; }

    /// Threads whose first step waits for a twin's.
    [[nodiscard]] ThreadSet held_back(ThreadSet stepped) const;
    /// Explores this part only, from the next execution on. An empty one is the whole search.
    void load(Subtree subtree);
    /// What is left of it after the last execution.
    [[nodiscard]] const Subtree& left() const { return tree_; }
    /// What it needs at its given nodes, in the order in which that was found, each once.
    [[nodiscard]] const std::vector<Request>& requests() const { return requests_; }

private:
    [[nodiscard]] ThreadSet asleep_after(const Node& parent) const;
    [[nodiscard]] ThreadSet representatives(ThreadSet threads, ThreadSet stepped) const;
    [[nodiscard]] ThreadSet initials(const Race& race) const;
    /// Who has any before.
    [[nodiscard]] ThreadSet twins() const { return execution.is_watched() ? ThreadSet{0} : twins_; }
    [[nodiscard]] ThreadSet waiting_after(std::uint32_t event) const;
    void turn_round(const Race& race);
    void add_branch(std::size_t depth, ThreadSet candidates, int preferred);
    void count_blocked();
    [[nodiscard]] int block(ThreadSet runnable, int running);
    [[nodiscard]] bool has_gone_on(const Node& last) const;
    [[nodiscard]] bool may_all_go_round(ThreadSet sleepers) const;
    bool next_branch();
    void diverge();

    Subtree tree_;
    std::vector<Request> requests_;
    std::size_t next_digit_ = 0;
    std::array<ThreadSet, clock_width> twins_before_{};  ///< same class, lower number
    ThreadSet twins_ = 0;                                ///< who has any before, unless the program watches
    bool is_blocked_ = false;
    bool is_counted_ = false;  ///< among the blocked
    std::uint64_t blocked_ = 0;
    std::size_t kept_ = 0;
    int choices_ = 0;
    std::vector<int> choices_before_;  ///< … each step of the execution
    int diverged_at_ = -1;
};

}  // namespace revenant::model::search
