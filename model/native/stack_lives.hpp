// StackLives: how long what lies on a thread's stack may be used by others: until the thread ends.
//
// Its thread_local variables live as long. The first thread's stack is left out: where main returns, the
// others still go on for a while, as they do in a process.
#pragma once

#include <array>
#include <cstdint>

#include "model/native/checkpoint.hpp"
#include "model/native/clocks.hpp"
#include "model/native/layout.hpp"
#include "model/native/undo_log.hpp"

namespace revenant::model::native {

class StackLives {
public:
    void begin() {
        ended_ = 0;
        visited_ = 0;
        notes_ = false;
        marks_.clear();
        before_.clear();
    }
    void save(std::size_t checkpoint) {
        notes_ = true;
        marks_.add(checkpoint) = {before_.size(), ended_, visited_};
    }
    void resume(std::size_t checkpoint);
    /// Another thread begins that has the thread's number, and its stack.
    void begin_again(int thread) { ended_ &= ~search::set_of(thread); }
    /// Whose stack it is, if it is not the thread's own; else `none`.
    static constexpr int none = -1;
    [[nodiscard]] static int owner_beside(std::uintptr_t address, int thread) {
        const auto offset = address - stacks_begin;
        if (offset >= arena_end - stacks_begin) return none;
        const auto of_lenders = address - lender_stacks_begin;
        const bool is_lent = address >= lender_stacks_begin;
        const auto owner = static_cast<int>(is_lent ? of_lenders / lender_stack_size : offset / stack_size);
        return owner == thread || owner == 0 ? none : owner;
    }
    /// Another thread uses it. False: it is too late.
    [[nodiscard]] bool visit(int owner, std::uintptr_t address, int visitor, Tick tick);
    /// The thread ends. What another one has used that it is not ordered before, or 0.
    [[nodiscard]] std::uintptr_t end(int thread, const VectorClock& clock);

private:
    struct Visit {
        std::uintptr_t address = 0;
        Tick tick = 0;
    };
    using Visits = std::array<Visit, threads_max>;
    struct Mark {
        std::size_t before = 0;
        search::ThreadSet ended = 0;
        search::ThreadSet visited = 0;
    };
    search::ThreadSet ended_ = 0;
    search::ThreadSet visited_ = 0;             ///< … whose visits are of this execution
    std::array<Visits, threads_max> visits_{};  ///< the last, by owner and visitor
    bool notes_ = false;
    Marks<Mark> marks_;
    UndoLog<int, Visits> before_;  ///< by the owner
};

}  // namespace revenant::model::native
