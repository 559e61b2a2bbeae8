#include "harness/commands/selection.hpp"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>

#include "harness/commands/glob.hpp"
#include "reports/command_name.hpp"

namespace revenant::harness {
namespace {

using model::BadInput;
using model::relacy::explore_threads_max;
using model::relacy::explore_threads_min;

// `*` matches a slash too: `registry/*` and `*release*` both do what they look like.
bool matches(const std::string& glob, std::string_view name) {
    return fnmatch(glob.c_str(), std::string(name).c_str(), 0) == 0;
}

std::optional<std::string> check_glob(const std::string& glob, const char* what,
                                      std::string_view scenarios::Entry::*field) {
    if (is_malformed_glob(glob)) return not_a_glob(glob);
    for (const auto& entry : scenarios::entries()) {
        if (matches(glob, entry.*field)) return std::nullopt;
    }
    return fmt::format("no {} matches '{}'; `{} list` shows them all", what, glob, reports::command_name);
}

bool any_matches(const std::vector<std::string>& globs, std::string_view name) {
    return globs.empty() || std::any_of(globs.begin(), globs.end(),
                                        [&](const std::string& glob) { return matches(glob, name); });
}

// Those of the numbers that the entry runs with.
std::vector<unsigned> those_of(const scenarios::Entry& entry, unsigned first, unsigned last) {
    std::vector<unsigned> counts;
    for (auto threads = first; threads <= last; ++threads) {
        if (scenarios::runs_with(entry, threads)) counts.push_back(threads);
    }
    return counts;
}

// Two, three and four, or the number that is asked for: of these, what the entry runs with. One that runs
// with none of the three runs with its fewest.
std::vector<unsigned> thread_counts(const scenarios::Entry& entry, std::optional<unsigned> asked) {
    if (asked) return those_of(entry, *asked, *asked);
    auto counts = those_of(entry, 2, 4);
    if (!counts.empty()) return counts;
    counts = those_of(entry, explore_threads_min, explore_threads_max);
    if (counts.size() > 1) counts.resize(1);
    return counts;
}

}  // namespace

model::Result<std::vector<Run>> select(const Selection& selection) {
    for (const auto& glob : selection.scenario_globs) {
        if (auto error = check_glob(glob, "scenario", &scenarios::Entry::scenario)) return BadInput{*error};
    }
    if (auto error =
            check_glob(selection.implementation_glob, "implementation", &scenarios::Entry::implementation)) {
        return BadInput{*error};
    }
    if (selection.threads) {
        if (*selection.threads < explore_threads_min || *selection.threads > explore_threads_max) {
            return BadInput{fmt::format("--threads {}: a model runs {} to {} threads", *selection.threads,
                                        explore_threads_min, explore_threads_max)};
        }
    }
    std::vector<Run> rows;
    bool selected = false;
    for (const auto& entry : scenarios::entries()) {
        if (!any_matches(selection.scenario_globs, entry.scenario)) continue;
        if (!matches(selection.implementation_glob, entry.implementation)) continue;
        selected = true;
        for (const auto threads : thread_counts(entry, selection.threads)) rows.push_back({&entry, threads});
    }
    if (selected && rows.empty()) {
        return BadInput{
            fmt::format("--threads {}: no scenario selected runs with so many", *selection.threads)};
    }
    if (rows.empty()) {
        return BadInput{
            fmt::format("no scenario selected has an implementation that matches '{}'; "
                        "`{} list` shows which fit",
                        selection.implementation_glob, reports::command_name)};
    }
    return rows;
}

}  // namespace revenant::harness
