// diagnose: from a failed execution's trace to a finding that a person can act on: which rule was
// broken, by which step, against which step of another thread, in one sentence.
#pragma once

#include <vector>

#include "model/outcome.hpp"

namespace revenant::model {

struct Failure {
    FindingKind kind = FindingKind::invariant;
    const char* text = "";      ///< a violation's own words, or empty
    int step = -1;              ///< index into the trace, or -1: its last step
    std::vector<Step> waiting;  ///< what each unfinished thread was about to do
    /// Of an assertion: it is none, but how the program has ended, in words: `main returns 1`.
    bool is_an_end = false;
};

[[nodiscard]] Finding diagnose(const Trace& trace, const Failure& failure);

}  // namespace revenant::model
