// Answer: what `import` says of a bug report. One of five, and everywhere the same: in the first line, in the
// JSON, in the case file and in the exit status.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/import/bug_report.hpp"
#include "reports/import/question.hpp"
#include "reports/report.hpp"

namespace revenant::reports {

enum class AnswerKind : std::uint8_t {
    reproduced,              ///< an interleaving has the report's kind, operations, threads and source lines
    same_class,              ///< kind and operations are the report's, the lines are not, or it has none
    kind_only,               ///< no more than the kind is known: no case
    no_interleaving_needed,  ///< one thread did both
    cannot_tell,             ///< nothing in the catalogue has it, or the report does not suffice
};
/// `same class`, as the first line begins.
[[nodiscard]] const char* to_text(AnswerKind kind);

struct Answer {
    AnswerKind kind = AnswerKind::cannot_tell;
    std::string sentence;             ///< of the first line, behind the kind
    std::vector<std::string> ties;    ///< `scenario, implementation` of others that are as likely
    std::vector<std::string> advice;  ///< sentences: what mends it, what else shows it
    std::optional<Row> row;           ///< the interleaving, where a case was written
    std::string case_path;            ///< empty: none was written
};

/// For a person: the first line, what was recognised, what it looks like. Without the interleaving.
[[nodiscard]] std::string to_text(const BugReport& report, const Question& question, const Answer& answer);

/// `revenant.import/1` (reports/import.schema.json). `status` is the exit status.
[[nodiscard]] std::string to_json(const BugReport& report, const Question& question, const Answer& answer,
                                  int status);

/// What a case file keeps of the report: its title, both sides, and how like it the case is.
[[nodiscard]] std::vector<std::string> lines_for_case(const BugReport& report, const Answer& answer);

}  // namespace revenant::reports
