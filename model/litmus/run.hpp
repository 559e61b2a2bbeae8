// Runs a litmus test in the model, exhaustively.
#pragma once

#include <cstdint>

#include "model/litmus/table.hpp"
#include "model/result.hpp"
#include "model/search/strategy.hpp"

namespace revenant::model::litmus {

struct Answer {
    bool reached = false;  ///< some execution has the outcome that is asked for
    std::uint64_t executions = 0;
};

/// Under the default search. Errors: the test cannot be parsed, or has more than four threads.
[[nodiscard]] Result<Answer> run(const Test& test);
/// Under another exhaustive strategy.
[[nodiscard]] Result<Answer> run(const Test& test, search::Strategy& strategy);

}  // namespace revenant::model::litmus
