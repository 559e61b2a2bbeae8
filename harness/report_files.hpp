// ReportFiles: the files that a run has been asked to write its report to, one a format.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/output_file.hpp"
#include "model/result.hpp"
#include "reports/report.hpp"

namespace revenant::harness {

/// Where to, by format; empty: not at all. The json one alone may be `-`, for stdout.
struct ReportPaths {
    std::string json;
    std::string junit;
    std::string sarif;
    std::string markdown;
    std::string html;
    /// The folder that the findings' source files are read from, for the writers that show lines.
    std::string source_root;

    [[nodiscard]] bool json_to_stdout() const { return json == "-"; }
    /// The options that name a file, with their values.
    [[nodiscard]] std::vector<std::pair<const char*, std::string>> given() const;
};

/// Two of the options that name one file, if there are any, as a line.
[[nodiscard]] std::optional<std::string> named_twice(
    const std::vector<std::pair<const char*, std::string>>& options);

class ReportFiles {
public:
    /// Makes sure now that all of them can be written.
    [[nodiscard]] static model::Result<ReportFiles> open(const ReportPaths& paths);

    /// Writes every file that can be; on error says what is wrong with the first that could not, in one line.
    [[nodiscard]] std::optional<std::string> commit(const reports::Report& report);

private:
    using Write = std::string (*)(const reports::Report&);
    struct File {
        Write write;
        OutputFile file;
    };
    std::vector<File> files_;
};

/// Reads the files that the report's findings name, from below this folder. What cannot be read is left out.
void add_sources(reports::Report& report, const std::string& root);

}  // namespace revenant::harness
