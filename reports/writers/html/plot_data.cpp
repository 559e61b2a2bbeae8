#include "reports/writers/html/plot_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace revenant::reports::html {

using nlohmann::ordered_json;

namespace {

// Until its first part is done a search knows nothing of its tree; 0 % would say that it stood still.
bool is_known(const model::Milestone& milestone) { return milestone.share > 0 && milestone.executions > 0; }

}  // namespace

ordered_json growth_data(const Report& report) {
    std::vector<std::pair<std::string, std::map<unsigned, std::uint64_t>>> lines;
    std::map<std::string, std::size_t> index;
    for (const auto& row : report.rows) {
        if (!row.outcome.exhaustive || row.outcome.executions_complete == 0 || !row.shard.empty()) continue;
        auto name = row.implementation + " · " + row.scenario;
        // One implementation searched in two ways makes two lines.
        const auto key = fmt::format("{}\n{}\n{}", name, row.strategy, row.symmetry);
        const auto [found, fresh] = index.try_emplace(key, lines.size());
        if (fresh) lines.emplace_back(std::move(name), std::map<unsigned, std::uint64_t>{});
        lines[found->second].second[row.threads] = row.outcome.executions_complete;
    }
    auto all = ordered_json::array();
    for (const auto& [name, points] : lines) {
        if (points.size() < 2) continue;
        auto list = ordered_json::array();
        for (const auto& [threads, executions] : points) {
            list.push_back(ordered_json::array({threads, executions}));
        }
        all.push_back({{"name", name}, {"points", std::move(list)}});
    }
    return all;
}

ordered_json progress_data(const Report& report) {
    static constexpr std::size_t lines_max = 6;
    const auto known = [](const Row& row) {
        return std::count_if(row.outcome.milestones.begin(), row.outcome.milestones.end(),
                             [](const model::Milestone& m) { return is_known(m); });
    };
    std::vector<const Row*> rows;
    for (const auto& row : report.rows) {
        if (known(row) >= 2) rows.push_back(&row);
    }
    // The longest first; of equals, the one that comes first in the report.
    const auto length = [](const Row* row) { return row->outcome.milestones.back().executions; };
    std::sort(rows.begin(), rows.end(), [&](const Row* a, const Row* b) {
        return length(a) != length(b) ? length(a) > length(b) : a < b;
    });
    if (rows.size() > lines_max) rows.resize(lines_max);
    auto all = ordered_json::array();
    for (const auto* row : rows) {
        auto list = ordered_json::array();
        for (const auto& milestone : row->outcome.milestones) {
            if (!is_known(milestone)) continue;
            list.push_back(
                ordered_json::array({milestone.executions, std::round(milestone.share * 1e4) / 1e4}));
        }
        all.push_back(
            {{"name", fmt::format("{} · {} threads · {}", row->implementation, row->threads, row->scenario)},
             {"points", std::move(list)}});
    }
    return all;
}

}  // namespace revenant::reports::html
