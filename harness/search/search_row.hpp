// search_row: one run, searched under one strategy and held against its claim.
#pragma once

#include <cstdint>

#include "harness/search/run.hpp"
#include "harness/search/settings.hpp"

namespace revenant::harness {

/// Where the plain search cannot finish, and for a search that proves nothing, the number of executions
/// that a row gets when neither budget is given. A number and not a time: the output is the same on
/// every machine.
inline constexpr std::uint64_t default_executions = 100'000;
/// … and where a search can finish: one that takes more is asked for, by a budget, a share or a checkpoint.
inline constexpr std::uint64_t default_executions_to_finish = 1'000'000;

/// So many executions a row gets at most.
[[nodiscard]] std::uint64_t executions_of_a_row(const Run& run, const SearchSettings& settings);

/// Throws SearchError: see dpor_search.hpp.
[[nodiscard]] reports::Row search_row(const Run& run, const SearchSettings& settings);

}  // namespace revenant::harness
