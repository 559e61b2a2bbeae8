// Case files: found, read and written.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/files/output_file.hpp"
#include "model/result.hpp"
#include "model/stop_token.hpp"
#include "reports/case.hpp"

namespace revenant::harness {

/// What was given to a command is a schedule, not the name of a file.
[[nodiscard]] bool is_schedule(const std::string& text);

/// The case of a file, or the one of a folder. Errors: there is none, or not a whole one; the line names the
/// file.
[[nodiscard]] model::Result<reports::Case> load_case(const std::string& path, model::StopToken stop = {});

/// The file that a finding is to be written to as a case: named now, written once there is one.
class CaseFile {
public:
    /// Errors: its stem is not a valid case id, or it cannot be written; the line says which option asked for
    /// it.
    [[nodiscard]] static model::Result<CaseFile> open(const std::string& path, model::StopToken stop = {});
    /// `verdicts` are those of every implementation in the row's scenario, in words; `from` is what the bug
    /// report said that led to it. Requires: the row has a
    /// finding. On error says what is wrong in one line.
    [[nodiscard]] std::optional<std::string> commit(const reports::Row& row,
                                                    std::vector<std::pair<std::string, std::string>> verdicts,
                                                    std::vector<std::string> from = {});

private:
    CaseFile(std::string id, OutputFile file) : id_(std::move(id)), file_(std::move(file)) {}

    std::string id_;
    OutputFile file_;
};

}  // namespace revenant::harness
