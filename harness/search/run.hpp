// Run: what a search or a replay is of: an entry of the catalogue, with so many threads.
#pragma once

#include "model/relacy/engine.hpp"
#include "model/search/dpor.hpp"
#include "reports/report.hpp"
#include "scenarios/entry.hpp"

namespace revenant::harness {

struct Run {
    const scenarios::Entry* entry = nullptr;  ///< lives as long as the catalogue
    unsigned threads = 0;
};

/// Explores the run's program with the entry's own memory orders, and puts the run's names into the schedule.
/// Requires: as model::relacy::explore; `options.overrides` is empty.
[[nodiscard]] model::Outcome explore(const Run& run, model::search::Strategy& strategy,
                                     model::relacy::ExploreOptions options);

/// Which of the run's threads are alike, for a search that takes their permutations once; without `symmetry`
/// none is.
[[nodiscard]] model::search::SymmetryClasses classes_of(const Run& run, bool symmetry);

/// The greatest number of threads that the run's world has room for.
[[nodiscard]] unsigned threads_max();
/// Gets more room, if the world can: the process begins again then. Requires: nothing has been printed.
void make_room_for(unsigned threads);

/// What it takes in the run's world to repeat one step and write it down, in steps of Relacy's.
[[nodiscard]] unsigned cost_of_step();

/// What stands in code of the run's world for a mutex: `P::mutex`.
[[nodiscard]] const char* mutex_to_use();

/// Whether the run's world bounds the rounds of loops: see model::Schedule::rounds_max.
[[nodiscard]] bool bounds_rounds();

/// Whether the run's world goes on with leaks that pass: see ExploreOptions::leaks_pass.
[[nodiscard]] bool lets_leaks_pass();

/// A row that has the run's names and nothing else yet.
[[nodiscard]] reports::Row row_of(const Run& run);

}  // namespace revenant::harness
