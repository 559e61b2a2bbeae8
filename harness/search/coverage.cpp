#include "harness/search/coverage.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <tuple>

namespace revenant::harness {
namespace {

struct Use {
    std::size_t steps = 0;
    std::set<int> threads;
    bool is_changed = false;
    std::size_t first = 0;  ///< the step that it was met at
};

bool changes(const model::Operation& op) { return stores_value(op) || has_locked(op); }

/// The one with the most steps; of equal ones that which was met first. Null: there is none.
template <class Uses, class Counts>
const typename Uses::value_type* largest(const Uses& uses, Counts counts) {
    const typename Uses::value_type* best = nullptr;
    for (const auto& use : uses) {
        if (!counts(use.second)) continue;
        const bool is_larger =
            best == nullptr || use.second.steps > best->second.steps ||
            (use.second.steps == best->second.steps && use.second.first < best->second.first);
        if (is_larger) best = &use;
    }
    return best;
}

}  // namespace

std::string what_is_large(const model::Trace& trace) {
    constexpr std::size_t rounds_of_a_loop = 3;
    std::map<std::string, Use> objects;
    std::map<std::tuple<std::string, int>, Use> places;
    for (std::size_t i = 0; i < trace.steps.size(); ++i) {
        const auto& step = trace.steps[i];
        if (step.thread < 0 || step.operation.on_block) continue;
        const auto note = [&](Use& use) {
            if (use.steps++ == 0) use.first = i;
            use.threads.insert(step.thread);
            use.is_changed = use.is_changed || changes(step.operation);
        };
        const auto name = trace.target_name(step.operation);
        if (!name.empty()) note(objects[name]);
        if (step.operation.where.line() != 0) note(places[{model::place(step.operation.where), step.thread}]);
    }
    if (trace.steps.empty()) return {};
    auto text = fmt::format("Its last execution has {} steps", trace.steps.size());
    const auto* const object =
        largest(objects, [](const Use& use) { return use.is_changed && use.threads.size() > 1; });
    if (object != nullptr) {
        text += fmt::format("; {} are on {}, which {} threads use", object->second.steps, object->first,
                            object->second.threads.size());
    }
    const auto* const place = largest(places, [](const Use& use) { return use.steps >= rounds_of_a_loop; });
    if (place != nullptr) {
        const auto& [where, thread] = place->first;
        text += fmt::format("; {} takes {} at {}", model::thread_name(thread), place->second.steps, where);
    }
    return text + ".";
}

std::string what_is_vacuous(const model::Outcome& outcome) {
    if (!outcome.exhaustive || outcome.finding || outcome.executions_complete != 0) return {};
    return "No execution comes to its end: in each, a thread waits in a loop for what has not come, or an "
           "assumption does not hold. What stands behind that was not looked at.";
}

}  // namespace revenant::harness
