// What `revenant explore` hands over to the program that it becomes.
#pragma once

namespace revenant::harness {

/// An environment variable: the words for the search, a line each.
inline constexpr const char* arguments_variable = "REVENANT_EXPLORE_ARGUMENTS";

}  // namespace revenant::harness
