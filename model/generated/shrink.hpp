// shrink: the smallest program, of those tried, on which the searches still disagree.
#pragma once

#include "model/generated/compare.hpp"

namespace revenant::model::generated {

struct Shrunk {
    Code code;
    Mismatch mismatch;
};

/// Requires: `compare(code)` gives this mismatch.
[[nodiscard]] Shrunk shrink(const Code& code, const Mismatch& mismatch);

/// As it goes into regressions.txt: what differs as comments, then the program.
[[nodiscard]] std::string to_text(const Shrunk& shrunk);

}  // namespace revenant::model::generated
