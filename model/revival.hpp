// revival_before: a count that rose from 0 again, as what a failure that came after it comes of.
//
// An atomic is taken for a count by what is done to it: one step brings it from 1 to 0, and the next that
// changes it back to 1. A counter of anything else may do so and mean no harm. So it is told only where it
// explains something: the failure is on the count's own block, or on one that was freed by the thread which
// had brought the count to 0.
#pragma once

#include <string>

#include "model/outcome.hpp"

namespace revenant::model {

/// In a sentence with a space before it, or empty: there was none, or it explains nothing.
[[nodiscard]] std::string revival_before(const Trace& trace, const Finding& finding);

}  // namespace revenant::model
