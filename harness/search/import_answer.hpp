// ImportAnswer: the answer to a bug report, by a search where one is in question.
#pragma once

#include <functional>
#include <optional>

#include "harness/search/import_search.hpp"
#include "reports/import/answer.hpp"

namespace revenant::harness {

using OnCandidate = std::function<void(std::size_t done, std::size_t all, const Candidate&)>;

/// Nothing: `stop` was requested before there was an answer.
[[nodiscard]] std::optional<reports::Answer> answer_to(const reports::BugReport& report,
                                                       model::StopToken stop,
                                                       const OnCandidate& on_candidate);

}  // namespace revenant::harness
