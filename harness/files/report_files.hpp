// ReportFiles: the files that a run has been asked to write its report to, one a format.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "harness/files/output_file.hpp"
#include "model/result.hpp"
#include "model/stop_token.hpp"
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
    /// The options that name a file, with their values; not `--json -`.
    [[nodiscard]] std::vector<std::pair<const char*, std::string>> given() const;
};

/// A format that a report can be written in. To add one, add a path above and a line to
/// the table in report_files.cpp.
struct ReportFormat {
    const char* option;  ///< of the command: `--junit`
    const char* help;
    std::string ReportPaths::*path;
    std::string (*write)(const reports::Report&);
};
[[nodiscard]] std::span<const ReportFormat> report_formats();

/// Two of the options that name one file, if there are any, as a line.
[[nodiscard]] std::optional<std::string> named_twice(
    const std::vector<std::pair<const char*, std::string>>& options);

class ReportFiles {
public:
    /// Makes sure now that all of them can be written. A pipe that nobody reads is waited for until `stop`.
    [[nodiscard]] static model::Result<ReportFiles> open(const ReportPaths& paths,
                                                         model::StopToken stop = {});

    /// Writes every file that can be; on error says what is wrong with the first that could not, in one line.
    [[nodiscard]] std::optional<std::string> commit(const reports::Report& report);

private:
    struct File {
        std::string (*write)(const reports::Report&);
        OutputFile file;
    };
    std::vector<File> files_;
};

/// Reads the files that the report's findings name, from below this folder. What cannot be read is left out.
void add_sources(reports::Report& report, const std::string& root);

}  // namespace revenant::harness
