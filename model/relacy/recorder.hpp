// Recorder: writes the trace of the execution that runs now, and holds what a thread is about to do.
// Plain data; knows nothing of Relacy.
//
// Thread-safety: none; a model runs on one OS thread. One instance a process (`recorder()`), as Relacy
// has one context a process.
#pragma once

#include <array>
#include <cstdint>

#include "model/outcome.hpp"
#include "model/trace.hpp"

namespace revenant::model::relacy {

inline constexpr int threads_max = 5;

/// A violation found by us and not by Relacy.
struct Violation {
    FindingKind kind = FindingKind::invariant;
    const char* text = "";  ///< what was violated; static storage duration
    int step = -1;          ///< the step that did it, or -1: the last one
};

class Recorder {
public:
    /// A new execution: forgets the last one, keeps the memory.
    void begin();

    [[nodiscard]] BlockId add_block(const char* label, const void* address, std::size_t size);
    /// The live block at this very address, or no_id.
    [[nodiscard]] BlockId live_block(const void* address) const;
    void freed(BlockId block);
    [[nodiscard]] CellId add_cell(const void* address, const cell_name& name, bool opaque = false);

    /// The current thread is about to do this; it may be switched away from before it does.
    void announce(const Operation& operation) { pending_[slot()] = {true, operation}; }
    /// The announced operation is done; `operation` has its results.
    void done(const Operation& operation);
    /// The announced operation is done and leaves no step behind.
    void done_silently() { pending_[slot()].active = false; }

    void count_lock(int change) { locks_held_[slot()] += change; }
    [[nodiscard]] int locks_held() const { return locks_held_[slot()]; }

    /// Keeps a violation of the current thread's until its next operation, so that the code's own
    /// assertion, if it has one, speaks first.
    void defer(const Violation& violation) { deferred_[slot()] = violation; }
    /// The current thread's violation that is due now, or null.
    [[nodiscard]] const Violation* due() const;

    void violated(const Violation& violation) { violation_ = violation; }
    [[nodiscard]] const Violation& violation() const { return violation_; }

    /// Closes the trace: the step that the current thread failed in becomes its last one.
    void close_failed();
    /// What the threads were about to do when the execution failed.
    [[nodiscard]] const Operation* pending(int thread) const;

    int thread = setup_thread;  ///< who runs now
    std::uint8_t running = 0;   ///< the fiber that runs: in setup and teardown a thread's number still
    bool unordered_destroys_fail = true;  ///< see ExploreOptions
    Trace trace;
    std::vector<Choice> choices;

private:
    struct Pending {
        bool active = false;
        Operation operation;
    };
    struct Extent {
        const char* begin;
        std::size_t size;
    };

    [[nodiscard]] std::size_t slot() const { return running; }

    std::vector<Extent> extents_;  // of trace.blocks
    std::array<Pending, threads_max> pending_;
    std::array<int, threads_max> locks_held_{};
    std::array<Violation, threads_max> deferred_;
    Violation violation_;
};

[[nodiscard]] Recorder& recorder();

}  // namespace revenant::model::relacy
