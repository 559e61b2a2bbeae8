#include "harness/search/fewer_threads.hpp"

#include "harness/search/minimise.hpp"
#include "harness/search/search_row.hpp"

namespace revenant::harness {

std::optional<model::Outcome> with_fewer_threads(const Run& run, const model::Outcome& found) {
    for (unsigned threads = model::relacy::explore_threads_min; threads < run.threads; ++threads) {
        if (!scenarios::runs_with(*run.entry, threads)) continue;
        auto row = search_row({run.entry, threads}, {});
        if (row.outcome.finding && have_same_finding(row.outcome, found)) return row.outcome;
    }
    return std::nullopt;
}

}  // namespace revenant::harness
