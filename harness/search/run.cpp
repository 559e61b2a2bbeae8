#include "harness/search/run.hpp"

#include <cstddef>
#include <cstdlib>
#include <new>
#include <string>

#include "model/search/random.hpp"
#include "model/search/symmetry.hpp"

namespace revenant::harness {
namespace {

// Relacy takes the stacks of its threads from malloc without a look at what it gets. Throws std::bad_alloc
// where there would be none.
void insist_on_memory() {
    constexpr std::size_t bytes = std::size_t{32} << 20;  // above what its context and five stacks take
    void* const volatile memory = std::malloc(bytes);     // volatile: or the two calls are optimised away
    if (memory == nullptr) throw std::bad_alloc();
    std::free(memory);
}

}  // namespace

model::Outcome explore(const Run& run, model::search::Strategy& strategy,
                       model::relacy::ExploreOptions options) {
    options.overrides = run.entry->overrides;
    options.subject = std::string(run.entry->scenario) + " " + std::string(run.entry->implementation) + ", " +
                      std::to_string(run.threads) + " threads";
    insist_on_memory();
    const auto program = run.entry->make(run.threads);
    auto outcome = model::relacy::explore(*program, run.threads, strategy, options);
    outcome.schedule.scenario = run.entry->scenario;
    outcome.schedule.implementation = run.entry->implementation;
    return outcome;
}

// Some programs learn in their first setup what their threads run, and each says there whether it watches:
// then no two threads are alike.
model::search::SymmetryClasses classes_of(const Run& run, bool symmetry) {
    if (!symmetry) return {};
    const auto program = run.entry->make(run.threads);
    model::search::RandomSearch any(1);
    model::relacy::ExploreOptions one;
    one.budget_executions = 1;
    static_cast<void>(model::relacy::explore(*program, run.threads, any, one));
    return model::search::symmetry_classes(*program, run.threads, !any.execution.is_watched());
}

void make_room_for(unsigned) {}

unsigned cost_of_step() { return 1; }

unsigned threads_max() { return model::relacy::explore_threads_max; }

const char* mutex_to_use() { return "P::mutex"; }

bool bounds_rounds() { return false; }

bool lets_leaks_pass() { return false; }

reports::Row row_of(const Run& run) {
    reports::Row row;
    row.scenario = run.entry->scenario;
    row.summary = scenarios::summary_of(run.entry->scenario);
    row.implementation = run.entry->implementation;
    row.threads = run.threads;
    return row;
}

}  // namespace revenant::harness
