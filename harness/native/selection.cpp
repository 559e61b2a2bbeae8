// select in the native world: a row for each test of the program, whose threads are its own affair.
#include "harness/commands/selection.hpp"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>

#include "harness/commands/glob.hpp"
#include "harness/native/tests.hpp"

namespace revenant::harness {

model::Result<std::vector<Run>> select(const Selection& selection) {
    const auto matches = [](const std::string& glob, std::string_view name) {
        return glob == name || fnmatch(glob.c_str(), std::string(name).c_str(), 0) == 0;
    };
    for (const auto& glob : selection.scenario_globs) {
        const bool any = std::any_of(scenarios::entries().begin(), scenarios::entries().end(),
                                     [&](const auto& entry) { return matches(glob, entry.scenario); });
        if (!any && is_malformed_glob(glob)) return model::BadInput{not_a_glob(glob)};
        if (!any) return model::BadInput{fmt::format("no test matches '{}'", glob)};
    }
    std::vector<Run> rows;
    for (const auto& entry : scenarios::entries()) {
        const auto& globs = selection.scenario_globs;
        const bool wanted = globs.empty() || std::any_of(globs.begin(), globs.end(), [&](const auto& glob) {
                                return matches(glob, entry.scenario);
                            });
        if (!wanted) continue;
        rows.push_back({&entry, threads_of(entry.scenario).count});
    }
    return rows;
}

}  // namespace revenant::harness
