// An interleaving as people write it into a mail or a commit: in two columns, or as steps with a thread each.
//
//     CPU 0                 | CPU 1                  1. T1: put()  1 -> 0
//     job_put()             |                        2. T2: get()  0 -> 1
//       refcount 1 -> 0     |                        3. T1: kfree(job)
//                           | job_get()  0 -> 1
#pragma once

#include <optional>
#include <string_view>

#include "reports/import/formats/found.hpp"
#include "reports/import/operations/vocabulary.hpp"

namespace revenant::reports {

/// Nothing if the text has no such steps.
[[nodiscard]] std::optional<Found> parse_written_steps(std::string_view text, const Vocabulary& vocabulary);

}  // namespace revenant::reports
