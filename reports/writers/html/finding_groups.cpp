#include "reports/writers/html/finding_groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace revenant::reports::html {
namespace {

// Not the thread that took it and not the object's number: they differ with the number of threads.
std::string place_of(const model::Trace& trace, int index) {
    if (index < 0 || static_cast<std::size_t>(index) >= trace.steps.size()) return {};
    const auto& step = trace.steps[static_cast<std::size_t>(index)];
    const auto& where = step.operation.where;
    return fmt::format("{}:{} {}", where.file_name(), where.line(), step.call);
}

bool are_the_same(const Row& a, const Row& b) {
    const auto& one = *a.outcome.finding;
    const auto& other = *b.outcome.finding;
    return a.scenario == b.scenario && a.implementation == b.implementation && a.strategy == b.strategy &&
           a.symmetry == b.symmetry && a.expected == b.expected && a.as_expected == b.as_expected &&
           one.kind == other.kind && one.invariant == other.invariant &&
           place_of(a.outcome.trace, one.step) == place_of(b.outcome.trace, other.step) &&
           place_of(a.outcome.trace, one.partner) == place_of(b.outcome.trace, other.partner);
}

}  // namespace

std::vector<std::vector<std::size_t>> finding_groups(const Report& report) {
    std::vector<std::vector<std::size_t>> groups;
    const auto takes = [&](const std::vector<std::size_t>& group, const Row& row) {
        return are_the_same(report.rows[group.front()], row) &&
               std::none_of(group.begin(), group.end(),
                            [&](std::size_t other) { return report.rows[other].threads == row.threads; });
    };
    for (std::size_t i = 0; i < report.rows.size(); ++i) {
        const auto& row = report.rows[i];
        if (!row.outcome.finding) continue;
        const auto group = std::find_if(groups.begin(), groups.end(),
                                        [&](const auto& candidate) { return takes(candidate, row); });
        if (group == groups.end()) {
            groups.push_back({i});
        } else {
            group->push_back(i);
        }
    }
    return groups;
}

std::string others_words(const Report& report, const std::vector<std::size_t>& group) {
    std::string words;
    for (std::size_t i = 1; i < group.size(); ++i) {
        if (i > 1) words += i + 1 == group.size() ? " and " : ", ";
        words += std::to_string(report.rows[group[i]].threads);
    }
    return words;
}

}  // namespace revenant::reports::html
