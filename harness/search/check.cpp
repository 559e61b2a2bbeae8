#include "harness/search/check.hpp"

#include <fmt/format.h>

#include <ostream>
#include <stdexcept>

#include "harness/search/search_row.hpp"
#include "model/relacy/engine.hpp"
#include "reports/writers/text.hpp"

namespace revenant {

std::ostream& operator<<(std::ostream& to, const check_result& result) { return to << result.text(); }

check_result detail::check_program(const std::function<std::unique_ptr<model::Program>(unsigned)>& make,
                                   unsigned threads, const check_options& options) {
    using model::relacy::explore_threads_max;
    using model::relacy::explore_threads_min;
    if (threads < explore_threads_min || threads > explore_threads_max) {
        throw std::invalid_argument(fmt::format("revenant::check: {} threads; a model runs {} to {}", threads,
                                                explore_threads_min, explore_threads_max));
    }
    scenarios::Entry entry;
    entry.scenario = options.name;
    entry.implementation = "body";
    entry.make = make;
    entry.exhaustive_threads_max = explore_threads_max;
    harness::SearchSettings settings;
    settings.budget_executions = options.executions;
    settings.newest_only = options.newest_only;
    const auto row = harness::search_row({&entry, threads}, settings);
    auto text = row.outcome.finding
                    ? "\n" + reports::interleaving(row, {})
                    : fmt::format("{}: {} executions with {} threads, {}", to_text(row.outcome.verdict),
                                  row.outcome.executions_complete, threads,
                                  row.outcome.exhaustive ? "exhaustive" : "not all that there are");
    if (!row.advice.empty()) text += (text.ends_with('\n') ? "" : "\n") + row.advice;
    return {row.outcome, std::move(text)};
}

}  // namespace revenant
