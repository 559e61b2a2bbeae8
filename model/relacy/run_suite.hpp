// run_suite: a Relacy test suite under a scheduler, without a word on any stream.
// Includes Relacy: for the .cpp files of this folder only.
#pragma once

#include "model/relacy/include_relacy.hpp"

namespace revenant::model::relacy {

struct SuiteRun {
    rl::test_result_e result;
    rl::iteration_t executions;
};

/// Loads read at most one store back, as in any exhaustive search, unless `deep_history`.
template <class Suite, class Scheduler>
SuiteRun run_suite(bool deep_history = false, unsigned steps_max = 0) {
    std::ostream nowhere(nullptr);
    rl::test_params params;
    params.output_stream = &nowhere;
    params.progress_stream = &nowhere;
    params.search_type = deep_history ? rl::random_scheduler_type : rl::fair_full_search_scheduler_type;
    if (steps_max != 0) params.execution_depth_limit = steps_max;
    rl::ostringstream state;
    const auto result = rl::run_test<Suite, Scheduler>(params, state, false);
    return {result, params.stop_iteration};
}

}  // namespace revenant::model::relacy
