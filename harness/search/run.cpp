#include "harness/search/run.hpp"

namespace revenant::harness {

model::Outcome explore(const Run& run, model::search::Strategy& strategy,
                       model::relacy::ExploreOptions options) {
    options.overrides = run.entry->overrides;
    const auto program = run.entry->make(run.threads);
    auto outcome = model::relacy::explore(*program, run.threads, strategy, options);
    outcome.schedule.scenario = run.entry->scenario;
    outcome.schedule.implementation = run.entry->implementation;
    return outcome;
}

reports::Row row_of(const Run& run) {
    reports::Row row;
    row.scenario = run.entry->scenario;
    row.summary = scenarios::summary_of(run.entry->scenario);
    row.implementation = run.entry->implementation;
    row.threads = run.threads;
    return row;
}

}  // namespace revenant::harness
