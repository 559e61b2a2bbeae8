// Runs a litmus test in the model, exhaustively.
#pragma once

#include <cstdint>

#include "model/litmus/table.hpp"
#include "model/result.hpp"

namespace revenant::model::litmus {

struct Answer {
    bool reached = false;  ///< some execution has the outcome that is asked for
    std::uint64_t executions = 0;
};

/// Errors: the test cannot be parsed, or has more than four threads.
[[nodiscard]] Result<Answer> run(const Test& test);

}  // namespace revenant::model::litmus
