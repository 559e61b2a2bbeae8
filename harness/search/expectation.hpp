// Expectation: what the catalogue's claims let one expect of a search, and whether an outcome is that.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "harness/search/run.hpp"
#include "harness/search/settings.hpp"

namespace revenant::harness {

/// Whether a search with this strategy leaves a correct implementation undecided.
[[nodiscard]] bool cannot_finish(const Run& run, StrategyName strategy);

/// `undecided` where a correct implementation is searched by a strategy that cannot finish, or without the
/// stale reads that a proof has to have; and where those are what the bug needs.
[[nodiscard]] model::Verdict expected_verdict(const Run& run, StrategyName strategy,
                                              bool newest_only = false);

/// Whether an outcome is what was expected of it: also a proof where no more than `undecided` was, and
/// of a broken row the right kind of finding.
[[nodiscard]] bool is_as_expected(const model::Outcome& outcome, const scenarios::Claim& claim,
                                  model::Verdict expected);

/// Whether the finding is a destroy that is merely not ordered after a use: weaker evidence than the use
/// after the free that the same code mostly has as well.
[[nodiscard]] bool is_unordered_destroy(const model::Outcome& outcome);

/// `correct`, or `broken: resurrection`.
[[nodiscard]] std::string verdict_in_words(const reports::Row& row);
/// What the catalogue claims of every implementation in a scenario with so many threads, in the same words.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> claimed_verdicts(const std::string& scenario,
                                                                                unsigned threads);

}  // namespace revenant::harness
