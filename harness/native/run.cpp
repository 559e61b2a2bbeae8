// explore and row_of in the native world: what harness/search/run.cpp is in Relacy's.
#include "harness/search/run.hpp"

#include "harness/native/tests.hpp"
#include "model/native/engine.hpp"
#include "model/native/many_threads.hpp"

namespace revenant::harness {

model::Outcome explore(const Run& run, model::search::Strategy& strategy,
                       model::relacy::ExploreOptions options) {
    auto outcome = model::native::explore(body_of(run.entry->scenario), run.threads, strategy, options);
    outcome.schedule.scenario = run.entry->scenario;
    outcome.schedule.implementation = run.entry->implementation;
    return outcome;
}

model::search::SymmetryClasses classes_of(const Run& run, bool symmetry) {
    return symmetry ? threads_of(run.entry->scenario).classes : model::search::SymmetryClasses{};
}

unsigned threads_max() { return model::program_threads_max; }

void make_room_for(unsigned threads) {
    if (threads > threads_max()) model::native::begin_again_with_many_threads();
}

unsigned cost_of_step() { return 5; }  // the calls that led to it are looked up

const char* mutex_to_use() { return "std::mutex"; }

bool bounds_rounds() { return true; }

bool lets_leaks_pass() { return true; }

reports::Row row_of(const Run& run) {
    reports::Row row;
    row.scenario = run.entry->scenario;
    row.implementation = run.entry->implementation;
    row.threads = run.threads;
    return row;
}

}  // namespace revenant::harness
