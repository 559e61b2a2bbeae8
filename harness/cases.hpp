// Cases as the commands use them: found, replayed, held against the catalogue.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/output_file.hpp"
#include "model/result.hpp"
#include "reports/case.hpp"

namespace revenant::harness {

/// What was given to a command is a schedule, not the name of a file.
[[nodiscard]] bool is_schedule(const std::string& text);

/// The case of a file, or the one of a folder. Errors: there is none, or not a whole one; the line names the
/// file.
[[nodiscard]] model::Result<reports::Case> load_case(const std::string& path);

/// Follows the schedule of the case in the model. Errors: the program is another one than when the case was
/// written; the line names the first step that differs, or what else does.
[[nodiscard]] model::Result<reports::Row> replay_case(const reports::Case& a_case);

/// The one or the other: a schedule's text, or the path of a case.
[[nodiscard]] model::Result<reports::Row> replay_schedule_or_case(const std::string& schedule_or_path);

/// `correct`, or `broken: resurrection`.
[[nodiscard]] std::string verdict_in_words(const reports::Row& row);

/// The file that a finding is to be written to as a case: named now, written once there is one.
class CaseFile {
public:
    /// Errors: its name is none for a case, or it cannot be written; the line says which option asked for it.
    [[nodiscard]] static model::Result<CaseFile> open(const std::string& path);
    /// Requires: the row has a finding. On error says what is wrong in one line.
    [[nodiscard]] std::optional<std::string> commit(const reports::Row& row);

private:
    CaseFile(std::string id, OutputFile file) : id_(std::move(id)), file_(std::move(file)) {}

    std::string id_;
    OutputFile file_;
};

}  // namespace revenant::harness
