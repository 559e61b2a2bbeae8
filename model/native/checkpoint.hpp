// Checkpoint: what the machine itself was like before a step, for an execution that goes on from there.
//
// The machine's parts keep what they need under the same number: each has `save`, called when a checkpoint is
// made, and from then on notes what changes, and `resume`, which puts it back as it was then.
#pragma once

#include <cstddef>

#include "model/native/prefix.hpp"
#include "model/native/undo_log.hpp"
#include "model/search/execution.hpp"

namespace revenant::model::native {

struct Checkpoint {
    search::Execution::Checkpoint execution;
    Prefix::Extent prefix;
    std::size_t choices = 0;
    std::size_t threads_before = 0;
    std::size_t fences_before = 0;
    int running = -1;
    unsigned made = 0;
    int again = 0;
    unsigned steps_left = 0;
    int exit_status = 0;
    bool main_has_returned = false;
    bool has_stopped = false;
    bool has_exited = false;
};

/// What a part of the machine has to keep of each checkpoint.
template <class Mark>
class Marks {
public:
    void clear() { marks_.shorten(0); }
    /// The mark of a checkpoint; those behind it are forgotten.
    Mark& add(std::size_t checkpoint) {
        marks_.shorten(checkpoint);
        return marks_.add();
    }
    [[nodiscard]] const Mark& operator[](std::size_t checkpoint) const { return marks_[checkpoint]; }

private:
    Stack<Mark> marks_;
};

inline constexpr search::ThreadSet all_threads = ~search::ThreadSet{0};

}  // namespace revenant::model::native
