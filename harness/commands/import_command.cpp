#include "harness/commands/import_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "harness/commands/complain.hpp"
#include "harness/files/case_file.hpp"
#include "harness/files/input_file.hpp"
#include "harness/process/interrupt.hpp"
#include "harness/search/expectation.hpp"
#include "harness/search/import_search.hpp"
#include "reports/printable.hpp"
#include "reports/writers/text.hpp"

namespace revenant::harness {
namespace {

// A name for the case, made of the file's: letters, digits, dashes.
std::string case_path_for(const std::string& path) {
    std::string id = path == "-" ? "imported" : std::filesystem::path(path).stem().string();
    for (auto& c : id) {
        if (!reports::is_case_id(std::string(1, c))) c = '-';
    }
    return id.substr(0, 64) + ".case";
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string told(const char* what, const Candidate& candidate) {
    return fmt::format("{}: {}, {}, {} threads{}\n", what, candidate.run.entry->scenario,
                       candidate.run.entry->implementation, candidate.run.threads,
                       candidate.named.empty() ? " (nothing in the report names it: by its operations)"
                                               : " (the report names " + joined(candidate.named) + ")");
}

std::string what_was_searched(const Imported& imported, std::size_t candidates) {
    return fmt::format("{} of {} candidates, {} executions, at most {} preemptions", imported.searched,
                       candidates, imported.executions, import_preemptions_max);
}

// Which of the finding's details are the report's.
std::string signature(const reports::BugReport& report, const Imported& imported) {
    const auto& outcome = imported.row->outcome;
    const auto call = [&](int step) {
        const std::string name = step < 0 ? "" : outcome.trace.steps[static_cast<std::size_t>(step)].call;
        return name.empty() ? std::string("setup") : name;
    };
    const auto& finding = *outcome.finding;
    auto text = fmt::format("same signature: {}, {}", to_text(finding.kind), call(finding.step));
    if (finding.partner >= 0) text += " against " + call(finding.partner);
    if (imported.likeness == Likeness::places) return text + ", at source lines of the report\n";
    if (std::ranges::any_of(report.deeds, &reports::Deed::any_call))
        text += " (the report does not name them all)";
    const bool has_lines =
        std::ranges::any_of(report.deeds, [](const auto& deed) { return !deed.stack.empty(); });
    return text +
           (has_lines ? "; the source lines are not the report's\n" : "; the report has no source lines\n");
}

/// Where the case goes.
struct Target {
    std::string path;
    CaseFile* file;
};

ExitStatus search_and_save(const reports::BugReport& report, const std::vector<Candidate>& candidates,
                           model::StopToken stop, const Target& target, Colour colour) {
    Imported imported;
    {
        ProgressLine line;
        imported = search_for(report, candidates, stop, [&](std::size_t done) {
            const auto& entry = *candidates[done].run.entry;
            line.show(fmt::format("[{}/{}] {} {}", done + 1, candidates.size(), entry.scenario,
                                  entry.implementation));
        });
    }
    const auto searched = what_was_searched(imported, candidates.size());
    if (imported.interrupted) return complain(exit_undecided, "interrupted; no case was written");
    if (!imported.row) {
        return complain(
            imported.complete ? exit_not_as_expected : exit_undecided,
            fmt::format("no interleaving with this signature in {}: no case was written", searched));
    }
    if (imported.of.run.entry != candidates.front().run.entry) print(told("found in", imported.of));
    if (imported.likeness == Likeness::kind) {
        print(fmt::format(
            "searched: {}\nsame kind only: {}; here is one, though it need not be the report's\n\n{}",
            searched, to_text(imported.row->outcome.finding->kind),
            reports::interleaving(*imported.row, text_style(colour))));
        return complain(exit_undecided, "the report tells no operation: no case was written");
    }
    print(fmt::format("searched: {}\n{}\n{}", searched, signature(report, imported),
                      reports::interleaving(*imported.row, text_style(colour))));
    if (const auto unwritten = target.file->commit(
            *imported.row, claimed_verdicts(imported.row->scenario, imported.row->threads)))
        return complain(exit_usage, *unwritten);
    const auto shown = reports::printable(target.path);
    print(fmt::format("\ncase: {}; `revenant repro {}` holds it against this build\n", shown, shown));
    if (const auto unprinted = flush_stdout()) return complain(exit_usage, *unprinted);
    return exit_as_expected;
}

}  // namespace

ExitStatus run_import(const std::string& path, const std::string& case_path, Colour colour) {
    // Before there is a temporary file that a signal could leave behind.
    const auto stop = watch_for_interrupt();
    const auto bad = [&] { return stop.stop_requested() ? exit_undecided : exit_bad_schedule; };
    const auto text = path == "-" ? read_stdin(stop) : read_file(path, stop);
    if (!text) return complain(bad(), text.error());
    const auto report = reports::parse_bug_report(*text, stop);
    const auto name = path == "-" ? std::string("stdin") : path;
    if (!report) return complain(bad(), name + ": " + report.error());

    const auto target = case_path.empty() ? case_path_for(path) : case_path;
    std::error_code error;
    if (case_path.empty() && std::filesystem::exists(target, error)) {
        return complain(exit_usage,
                        fmt::format("{} is there already; --save-case says where else to write", target));
    }
    if (std::filesystem::equivalent(path, target, error)) {
        return complain(exit_usage,
                        fmt::format("{} is the report itself; --save-case says where else to write", target));
    }
    auto file = CaseFile::open(target, stop);
    if (!file) return complain(stop.stop_requested() ? exit_undecided : exit_usage, file.error());

    print(reports::to_text(*report));
    const auto candidates = candidates_for(*report);
    if (candidates.empty()) {
        return complain(exit_not_as_expected,
                        "nothing in the catalogue breaks in this way: no case was written");
    }
    print(told("proposed", candidates.front()));
    return search_and_save(*report, candidates, stop, {target, &*file}, colour);
}

}  // namespace revenant::harness
