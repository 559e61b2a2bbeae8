// Whether the code under test has a lock of its own making, which makes a search of it large. Of a row, in a
// sentence that says what to use instead.
#pragma once

#include <cstdint>
#include <string>

#include "harness/search/run.hpp"

namespace revenant::harness {

/// A search that takes fewer executions has nothing to gain.
inline constexpr std::uint64_t executions_worth_advice = 100;

/// `spin#1.word is a lock made of compare_exchange at spin.hpp:12: P::mutex in its place has far fewer
/// executions.` Or empty: it has none. Runs a few executions of its own, the same ones for a run however it
/// is searched.
[[nodiscard]] std::string lock_advice(const Run& run, const model::relacy::ExploreOptions& options);

}  // namespace revenant::harness
