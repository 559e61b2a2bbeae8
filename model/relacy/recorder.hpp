// Recorder: writes the trace of the execution that runs now, and holds what a thread is about to do.
// Plain data; knows nothing of Relacy.
//
// Thread-safety: none; a model runs on one OS thread. One instance a process (`recorder()`), as Relacy
// has one context a process.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include <revenant/cells/every_step.hpp>

#include "model/outcome.hpp"
#include "model/program.hpp"
#include "model/relacy/blocking.hpp"
#include "model/relacy/waiting.hpp"
#include "model/search/execution.hpp"
#include "model/trace.hpp"

namespace revenant::model::relacy {

/// A violation found by us and not by Relacy.
struct Violation {
    FindingKind kind = FindingKind::invariant;
    const char* text = "";  ///< what was violated; static storage duration
    int step = -1;          ///< the step that did it, or -1: the last one
};

inline constexpr unsigned steps_max = 20'000;  ///< of one execution; beyond it is a livelock

class Recorder {
public:
    /// A new execution: forgets the last one, keeps the memory.
    void begin();

    /// `allocated`: where the memory begins that the block is in, which its alignment may put further on;
    /// null: it is the scenario's.
    [[nodiscard]] BlockId add_block(const char* label, const void* address, std::size_t size,
                                    void* allocated);
    [[nodiscard]] void* allocated(BlockId block) const { return extents_[block].allocated; }
    /// The live block at this very address, or no_id.
    [[nodiscard]] BlockId live_block(const void* address) const;
    void freed(BlockId block);
    /// The destructor of a cell runs.
    void destroyed(CellId cell) { destroyed_[cell] = 1; }
    /// … or its constructor has.
    void born(CellId cell) { destroyed_[cell] = 0; }
    /// Whether there is no such cell any more, or not yet.
    [[nodiscard]] bool is_gone(CellId cell) const {
        return cell >= trace.cells.size() || destroyed_[cell] != 0 || is_left_in_freed(cell);
    }
    /// Whether the block that holds a cell has been freed around it: its destructor has not run, so that
    /// Relacy does not know.
    [[nodiscard]] bool is_left_in_freed(CellId cell) const {
        const auto block = trace.cells[cell].block;
        return block != no_id && trace.blocks[block].freed_step >= 0 && destroyed_[cell] == 0;
    }
    [[nodiscard]] CellId add_cell(const void* address, const cell_name& name,
                                  CellValue value = CellValue::number, std::uint64_t initial = 1);

    /// The current thread is about to do this; it may be switched away from before it does.
    void announce(const Operation& operation, const Needs& needs = {});
    /// … and this is the part of it that others may tell the order of.
    void announce(const Operation& operation, const search::Access& access, const Needs& needs = {});
    /// … which is to lock these at once: the operation is the lock of the first.
    void announce_together(const Operation& operation, const Needs& needs);
    /// Whether the announced operation is a scheduling point. In setup and teardown none has an effect.
    [[nodiscard]] bool is_point() const {
        return !visible_points || pending_[slot()].access.kind != search::AccessKind::none;
    }
    /// The visible step that the destructor of a cell is, if it is one: the first of a block is for all.
    /// `is_atomic`: what is watched may read it.
    [[nodiscard]] std::optional<search::Access> retiring(CellId cell, bool is_atomic = false) const;
    /// The visible step that the constructor of an atomic is, if it is one: what is watched may read the
    /// place where it comes to be, unless that is in memory which nobody knows of yet.
    [[nodiscard]] std::optional<search::Access> appearing(CellId cell) const;
    /// The visible step that the free of a block is, if it is one: what is watched may read a cell in it,
    /// whose destructor has not run.
    [[nodiscard]] std::optional<search::Access> freeing(BlockId block) const;
    /// The announced operation is done; `operation` has its results.
    void done(const Operation& operation);
    /// The announced operation is done and leaves no step behind.
    void done_silently() { pending_[slot()].active = false; }

    /// The thread that runs now has called this of the code on trial; static storage duration.
    void calls(const char* name) { call_[slot()] = name; }

    /// Whether an unlock of the mutex is a step that others may tell the time of: they may try it.
    [[nodiscard]] bool tells_unlocks(CellId mutex) const {
        return trace.cells[mutex].role == cell_role::tried;
    }
    void locked(CellId mutex);
    void unlocked(CellId mutex);
    /// … of one that it still has.
    void unlocked_once(CellId mutex) {
        --locks_held_[slot()];
        blocking_.give_back(mutex);
    }
    /// Who holds what, and who waits on a condition variable.
    [[nodiscard]] Blocking& blocking() { return blocking_; }
    /// How often the thread has woken up by itself; and how often its time was out.
    [[nodiscard]] unsigned& wake_ups() { return wake_ups_[slot()]; }
    [[nodiscard]] unsigned& time_outs() { return time_outs_[slot()]; }
    /// The thread ends a round of a waiting loop. Returns how many it has had.
    unsigned next_round() { return waiting_.next_round(thread); }
    /// What it waits for: a cell, or no_id. Known under visible points only.
    [[nodiscard]] CellId waits_for() const { return waiting_.waits_for(thread); }
    /// Whether the thread is not able to take its next step: it would go another round although nothing
    /// has changed, or it is about to lock a mutex that is held.
    [[nodiscard]] bool waits_for_a_change(int thread) const;
    [[nodiscard]] bool waits_for_a_lock(int thread) const;
    /// Whether what the thread's announced step needs is not so yet. Unlike those, it is not let go on under
    /// any search.
    [[nodiscard]] bool lacks_a_need(int thread) const;
    /// … but for the time that passes when nobody else is able.
    [[nodiscard]] bool lets_time_pass(int thread) const;
    [[nodiscard]] int locks_held() const { return locks_held_[slot()]; }

    /// Keeps a violation of the current thread's until its next operation, so that the code's own
    /// assertion, if it has one, speaks first.
    void defer(const Violation& violation) { deferred_[slot()] = violation; }
    /// Why the execution is not to go on: the step that was taken last is one of a loop without a yield, or
    /// of too many. Null: it may.
    [[nodiscard]] const char* endless() const {
        if (spins_) return "a thread spins without a yield";
        return trace.steps.size() > steps_max ? "the execution has no end" : nullptr;
    }
    /// The current thread's violation that is due now, or null.
    [[nodiscard]] const Violation* due() const;

    /// What is looked at after each step of a thread. The setup says it, and from then on the program
    /// watches.
    void watch() { execution->watch(); }
    [[nodiscard]] bool watches() const { return every_step.any(); }

    void violated(const Violation& violation) { violation_ = violation; }
    [[nodiscard]] const Violation& violation() const { return violation_; }

    /// A choice has been made between the steps.
    void chose(Choice choice) {
        choices.push_back(choice);
        chosen_before_.push_back(static_cast<std::uint32_t>(trace.steps.size()));
    }
    /// For each choice, the number of steps that had been taken by then.
    [[nodiscard]] const std::vector<std::uint32_t>& chosen_before() const { return chosen_before_; }
    /// The first step that is not the one which the same choices led to in the execution before, as a
    /// sentence's end; empty if there is none.
    [[nodiscard]] std::string difference() const;

    /// Closes the trace: the step that the current thread failed in becomes its last one.
    void close_failed();
    /// What the threads were about to do when the execution failed.
    [[nodiscard]] const Operation* pending(int thread) const;

    int thread = setup_thread;  ///< who runs now
    unsigned threads = 0;       ///< of the program
    std::uint8_t running = 0;   ///< the fiber that runs: in setup and teardown a thread's number still
    bool unordered_destroys_fail = true;     ///< see ExploreOptions
    bool revivals_fail = true;               ///< see ExploreOptions
    bool visible_points = false;             ///< see Strategy
    search::Execution* execution = nullptr;  ///< of the strategy that runs now
    every_step_rules every_step;
    bool looks = false;  ///< at them, now
    Trace trace;
    std::vector<Choice> choices;

private:
    struct Pending {
        bool active = false;
        Operation operation;
        search::Access access;
        Needs needs;
    };
    struct Extent {
        const char* begin;
        std::size_t size;
        void* allocated;
    };

    [[nodiscard]] std::size_t slot() const { return running; }
    [[nodiscard]] search::Access access_of(const Operation& operation) const;
    /// Whether the CAS to come is a part of this load's step.
    [[nodiscard]] bool confirms(const Operation& operation) const {
        return visible_points && operation.confirming;
    }
    /// Plain accesses and destroys are visible only where their lack of order is not a failure itself.
    [[nodiscard]] bool plain_is_visible() const { return visible_points && !unordered_destroys_fail; }

    void note_values(const Operation& operation);
    /// An address as an Operation has it: see CellValue.
    [[nodiscard]] std::uint64_t pointer_of(std::uint64_t address);
    /// Bits that differ from run to run, numbered from 1 as they are met; 0 stays 0.
    [[nodiscard]] std::uint64_t number_of(std::uint64_t bits);
    /// Leaves in an operation what may be in a trace: pointers, and not addresses.
    void hide_addresses(Operation& operation);

    Trace previous_;  ///< of the execution before, with its choices
    std::vector<Choice> previous_choices_;
    std::vector<std::uint32_t> chosen_before_;  ///< of choices: the number of steps by then
    std::vector<Extent> extents_;               // of trace.blocks
    std::vector<std::uint64_t> hidden_;         // by number: what no trace may have as it is
    Blocking blocking_;                         // of trace.cells
    std::vector<std::int8_t> destroyed_;        // of trace.cells: 1 once the destructor has run
    std::array<Pending, program_threads_max> pending_;
    std::array<CellId, program_threads_max> confirming_{};  ///< what the thread's next CAS confirms, or no_id
    std::array<int, program_threads_max> locks_held_{};
    std::array<unsigned, program_threads_max> wake_ups_{};
    std::array<unsigned, program_threads_max> time_outs_{};
    std::array<const char*, program_threads_max> call_{};
    std::array<Violation, program_threads_max> deferred_;
    Violation violation_;
    bool spins_ = false;
    Waiting waiting_;
};

inline Recorder the_recorder;
[[nodiscard]] inline Recorder& recorder() { return the_recorder; }

}  // namespace revenant::model::relacy
