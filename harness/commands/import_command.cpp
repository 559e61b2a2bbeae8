#include "harness/commands/import_command.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <optional>

#include "harness/commands/complain.hpp"
#include "harness/files/case_file.hpp"
#include "harness/files/input_file.hpp"
#include "harness/files/output_file.hpp"
#include "harness/process/interrupt.hpp"
#include "harness/search/expectation.hpp"
#include "harness/search/import_answer.hpp"
#include "reports/command_name.hpp"
#include "reports/import/operations/vocabulary.hpp"
#include "reports/printable.hpp"
#include "reports/writers/text.hpp"

namespace revenant::harness {
namespace {

using reports::Answer;
using reports::BugReport;

// A name for the case, made of the file's: letters, digits, dashes.
std::string case_path_for(const std::string& path) {
    std::string id = path == "-" ? "imported" : std::filesystem::path(path).stem().string();
    for (auto& c : id) {
        if (!reports::is_case_id(std::string(1, c))) c = '-';
    }
    return id.substr(0, 64) + ".case";
}

/// What the command writes, opened before there is anything to write.
struct Targets {
    std::string case_path;
    std::optional<CaseFile> case_file;
    std::optional<OutputFile> json;
};

model::Result<Targets> open_targets(const ImportOptions& options, bool searches, model::StopToken stop) {
    Targets targets;
    const bool default_path = options.case_path.empty();
    targets.case_path = default_path ? case_path_for(options.path) : options.case_path;
    if (searches || !default_path) {
        std::error_code error;
        if (default_path && std::filesystem::exists(targets.case_path, error)) {
            return model::BadInput{
                fmt::format("{} is there already; --save-case says where else to write", targets.case_path)};
        }
        if (std::filesystem::equivalent(options.path, targets.case_path, error)) {
            return model::BadInput{fmt::format(
                "{} is the report itself; --save-case says where else to write", targets.case_path)};
        }
        auto file = CaseFile::open(targets.case_path, stop);
        if (!file) return model::BadInput{file.error()};
        targets.case_file.emplace(std::move(*file));
    }
    if (!options.json_path.empty() && options.json_path != "-") {
        auto file = OutputFile::open(options.json_path, stop);
        if (!file) return model::BadInput{"--json: " + file.error()};
        targets.json.emplace(std::move(*file));
    }
    return targets;
}

ExitStatus status_of(const Answer& answer) { return answer.row ? exit_as_expected : exit_undecided; }

ExitStatus write(const ImportOptions& options, const BugReport& report, Answer& answer, Targets& targets,
                 Colour colour) {
    const auto question = reports::question_of(report);
    if (answer.row) {
        const auto verdicts = claimed_verdicts(answer.row->scenario, answer.row->threads);
        if (const auto unwritten =
                targets.case_file->commit(*answer.row, verdicts, reports::lines_for_case(report, answer))) {
            return complain(exit_usage, *unwritten);
        }
        answer.case_path = targets.case_path;
    }
    const auto status = status_of(answer);
    const auto json =
        options.json_path.empty() ? std::string() : reports::to_json(report, question, answer, status);
    if (targets.json) {
        if (const auto unwritten = targets.json->commit(json)) return complain(exit_usage, *unwritten);
    }
    if (options.json_path == "-") {
        print(json);
    } else {
        print(reports::to_text(report, question, answer));
        if (answer.row) print("\n" + reports::interleaving(*answer.row, text_style(colour)));
        const auto shown = reports::printable(answer.case_path);
        if (answer.row)
            print(fmt::format("\ncase: {}; `{} repro {}` holds it against this build\n", shown,
                              reports::command_name, shown));
    }
    if (const auto unprinted = flush_stdout()) return complain(exit_usage, *unprinted);
    if (answer.row) return status;
    return complain(status, fmt::format("{}: no case was written", reports::to_text(answer.kind)));
}

}  // namespace

ExitStatus run_import(const ImportOptions& options, Colour colour) {
    // Before there is a temporary file that a signal could leave behind.
    const auto stop = watch_for_interrupt();
    const auto bad = [&](ExitStatus status) { return stop.stop_requested() ? exit_undecided : status; };
    std::optional<reports::Vocabulary> vocabulary;
    if (!options.vocabulary_path.empty()) {
        const auto rows = read_file(options.vocabulary_path, stop);
        if (!rows) return complain(bad(exit_usage), "--vocabulary: " + rows.error());
        auto made = reports::Vocabulary::with_rows(*rows);
        if (!made)
            return complain(exit_usage, "--vocabulary: " + options.vocabulary_path + ": " + made.error());
        vocabulary.emplace(std::move(*made));
    }
    const auto text = options.path == "-" ? read_stdin(stop) : read_file(options.path, stop);
    if (!text) return complain(bad(exit_bad_schedule), text.error());
    const auto report =
        reports::parse_bug_report(*text, {options.number, vocabulary ? &*vocabulary : nullptr, stop});
    const auto name = options.path == "-" ? std::string("stdin") : options.path;
    if (!report) return complain(bad(exit_bad_schedule), name + ": " + report.error());

    const bool searches = reports::question_of(*report).scope == reports::Scope::search || is_ours(*report);
    auto targets = open_targets(options, searches, stop);
    if (!targets) return complain(bad(exit_usage), targets.error());
    std::optional<Answer> answer;
    {
        ProgressLine line;
        answer = answer_to(*report, stop, [&](std::size_t done, std::size_t all, const Candidate& candidate) {
            const auto& entry = *candidate.run.entry;
            line.show(fmt::format("[{}/{}] {} {}", done + 1, all, entry.scenario, entry.implementation));
        });
    }
    if (!answer) return complain(exit_undecided, "interrupted; no case was written");
    return write(options, *report, *answer, *targets, colour);
}

}  // namespace revenant::harness
