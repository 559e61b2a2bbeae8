#include "harness/search/acquittal.hpp"

#include <fmt/format.h>

#include "harness/search/search_row.hpp"
#include "reports/command_name.hpp"

namespace revenant::harness {
namespace {

constexpr unsigned threads_needed = 3;  // two that are not last, and one that is
constexpr auto scenario = "refcount/release_vs_release";
constexpr auto correct_one = "fence_ref_count";

// The innermost function that a person wrote: what a suppression would name.
std::string function_of(const reports::BugReport& report) {
    for (const auto& deed : report.deeds) {
        const auto own = reports::own_frames(deed.stack, 1);
        if (!own.empty()) return own.front()->function.substr(0, own.front()->function.find('('));
    }
    return {};
}

}  // namespace

std::vector<std::string> acquittal_of(const reports::BugReport& report, model::StopToken stop) {
    const auto* const entry = scenarios::find_entry(scenario, correct_one);
    if (entry == nullptr) return {};
    SearchSettings settings;
    settings.stop = stop;
    const auto row = search_row({entry, threads_needed}, settings);
    if (row.outcome.verdict != model::Verdict::correct || !row.outcome.exhaustive) return {};
    return {
        fmt::format("it need not be a bug: a count whose release decrement is followed by an acquire fence "
                    "at 0 shows this too, and "
                    "is correct: `{} check {} --implementation {} --threads {}` explores all of its {} "
                    "executions",
                    reports::command_name, scenario, correct_one, threads_needed,
                    row.outcome.executions_complete),
        "it is one if the decrement is relaxed, or nothing acquires before the destructor",
        fmt::format("if the code is of that kind, an acquire load of the count at 0 in place of the fence "
                    "quiets ThreadSanitizer, or "
                    "a suppression does: race:{}; a library without the sanitizer is better built with it",
                    function_of(report))};
}

}  // namespace revenant::harness
