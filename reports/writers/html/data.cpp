#include "reports/writers/html/data.hpp"

#include <fmt/format.h>

#include <set>

#include "reports/writers/html/finding_data.hpp"
#include "reports/writers/html/plot_data.hpp"

namespace revenant::reports::html {
namespace {

// Of the characters that need no escape in a link's fragment.
std::string slug(const std::string& text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        out += plain || c == '_' || c == '/' || c == '.' || c == '+' ? c : '-';
    }
    return out;
}

}  // namespace

std::vector<std::string> finding_ids(const Report& report) {
    std::vector<std::string> ids;
    std::set<std::string> taken;
    for (const auto& row : report.rows) {
        if (!row.outcome.finding) {
            ids.emplace_back();
            continue;
        }
        const auto base = fmt::format("{}/{}/{}", slug(row.scenario), slug(row.implementation), row.threads);
        auto id = base;
        for (int n = 2; !taken.insert(id).second; ++n) id = fmt::format("{}/{}", base, n);
        ids.push_back(std::move(id));
    }
    return ids;
}

nlohmann::ordered_json page_data(const Report& report, const std::vector<std::string>& ids) {
    Places places;
    auto findings = nlohmann::ordered_json::object();
    for (std::size_t i = 0; i < report.rows.size(); ++i) {
        if (!ids[i].empty()) findings[ids[i]] = finding_data(report.rows[i], places);
    }
    auto files = places.files(report);
    return {{"findings", std::move(findings)},
            {"files", std::move(files)},
            {"growth", growth_data(report)},
            {"progress", progress_data(report)}};
}

}  // namespace revenant::reports::html
