#include "harness/files/report_files.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "reports/writers/html.hpp"
#include "reports/writers/json.hpp"
#include "reports/writers/junit.hpp"
#include "reports/writers/markdown.hpp"
#include "reports/writers/sarif.hpp"

namespace revenant::harness {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t source_bytes_max = 1 << 20;

constexpr ReportFormat formats[] = {
    {"--json", "Write revenant.results/1 to FILE, or - for stdout", &ReportPaths::json, reports::to_json},
    {"--junit", "Write JUnit XML to FILE, for CI systems", &ReportPaths::junit, reports::to_junit},
    {"--sarif", "Write SARIF 2.1.0 to FILE, for code scanning", &ReportPaths::sarif, reports::to_sarif},
    {"--markdown", "Write Markdown to FILE, for a step summary of GitHub's", &ReportPaths::markdown,
     reports::to_markdown},
    {"--html", "Write one page to FILE: the catalogue, and each finding to step through", &ReportPaths::html,
     reports::to_html},
};

std::vector<std::string> lines_of_file(const fs::path& path) {
    std::vector<std::string> lines;
    std::error_code error;
    if (!fs::is_regular_file(path, error) || fs::file_size(path, error) > source_bytes_max) return lines;
    std::ifstream in(path, std::ios::binary);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

// The file that a name leads to, whether it is there or not.
fs::path target_of(const std::string& name) {
    std::error_code error;
    auto path = fs::weakly_canonical(fs::absolute(name, error), error);
    return error ? fs::path(name) : path;
}

}  // namespace

std::span<const ReportFormat> report_formats() { return formats; }

std::vector<std::pair<const char*, std::string>> ReportPaths::given() const {
    std::vector<std::pair<const char*, std::string>> options;
    for (const auto& format : formats) {
        const auto& path = this->*format.path;
        const bool is_stdout = &path == &json && json_to_stdout();
        if (!path.empty() && !is_stdout) options.emplace_back(format.option, path);
    }
    return options;
}

std::optional<std::string> named_twice(const std::vector<std::pair<const char*, std::string>>& options) {
    for (std::size_t i = 0; i < options.size(); ++i) {
        for (std::size_t j = i + 1; j < options.size(); ++j) {
            if (options[i].second.empty() || options[j].second.empty()) continue;
            if (target_of(options[i].second) != target_of(options[j].second)) continue;
            return fmt::format("{} and {} name the same file", options[i].first, options[j].first);
        }
    }
    return std::nullopt;
}

model::Result<ReportFiles> ReportFiles::open(const ReportPaths& paths, model::StopToken stop) {
    ReportFiles files;
    for (const auto& format : formats) {
        const auto& path = paths.*format.path;
        if (path.empty() || (&path == &paths.json && paths.json_to_stdout())) continue;
        auto opened = OutputFile::open(path, stop);
        if (!opened) return model::BadInput{opened.error()};
        files.files_.push_back({format.write, std::move(*opened)});
    }
    return files;
}

std::optional<std::string> ReportFiles::commit(const reports::Report& report) {
    std::optional<std::string> first;
    for (auto& [write, file] : files_) {
        if (auto error = file.commit(write(report)); error && !first) first = std::move(error);
    }
    return first;
}

void add_sources(reports::Report& report, const std::string& root) {
    std::set<std::string> names;
    for (const auto& row : report.rows) {
        if (!row.outcome.finding) continue;
        for (const auto& step : row.outcome.trace.steps) names.insert(step.operation.where.file_name());
    }
    for (const auto& name : names) {
        if (name.empty() || fs::path(name).is_absolute()) continue;  // not of this source tree
        auto lines = lines_of_file(fs::path(root) / name);
        if (!lines.empty()) report.sources.emplace(name, std::move(lines));
    }
}

}  // namespace revenant::harness
