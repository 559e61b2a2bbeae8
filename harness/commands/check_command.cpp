#include "harness/commands/check_command.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <ctime>
#include <optional>
#include <tuple>
#include <utility>

#include "harness/commands/complain.hpp"
#include "harness/files/build_id.hpp"
#include "harness/files/case_file.hpp"
#include "harness/process/interrupt.hpp"
#include "harness/process/machine.hpp"
#include "harness/search/dpor_search.hpp"
#include "harness/search/expectation.hpp"
#include "harness/search/search_row.hpp"
#include "reports/writers/json.hpp"
#include "reports/writers/text.hpp"

namespace revenant::harness {
namespace {

// A search that has explored this part of its tree in so many seconds needs the rest in proportion. The
// tree is known only as far as races have been met: the first estimates are low.
std::string describe(const model::relacy::Progress& progress) {
    auto text = fmt::format("{} executions, {:.1f} s", progress.executions, progress.seconds);
    if (progress.share <= 0) return text;
    return text + fmt::format(", {:.1f} % of the tree known, about {:.0f} s to go", 100 * progress.share,
                              progress.seconds * (1 - progress.share) / progress.share);
}

// `unsaved`: why the checkpoint was not written when it was tried last; empty: it was.
reports::Report search_all(const std::vector<Run>& rows, const CheckOptions& options, model::StopToken stop,
                           std::string& unsaved) {
    reports::Report report;
    ProgressLine line;
    for (std::size_t i = 0; i < rows.size() && !stop.stop_requested(); ++i) {
        const auto& run = rows[i];
        const auto what = fmt::format("[{}/{}] {} {} {} threads", i + 1, rows.size(), run.entry->scenario,
                                      run.entry->implementation, run.threads);
        line.show(what);
        auto settings = options.search;
        settings.stop = stop;
        settings.on_progress = [&](const model::relacy::Progress& progress) {
            line.show(what, unsaved.empty() ? describe(progress) : unsaved);
        };
        settings.on_unsaved = [&](const std::string& why) { unsaved = why; };
        report.rows.push_back(search_row(run, settings));
    }
    report.interrupted = stop.stop_requested();
    return report;
}

bool wants_interleaving(const reports::Row& row, Interleavings which) {
    switch (which) {
        case Interleavings::all: return true;
        case Interleavings::unexpected: return !row.as_expected;
        case Interleavings::none: break;
    }
    return false;
}

std::string as_text(const reports::Report& report, const CheckOptions& options,
                    const reports::TextStyle& style) {
    std::string text;
    for (const auto& row : report.rows) {
        if (!wants_interleaving(row, options.interleavings)) continue;
        const auto part = row.outcome.finding ? reports::interleaving(row, style)
                          : row.as_expected   ? std::string()
                                              : reports::coverage(row, style);
        if (!part.empty()) text += part + "\n";
    }
    return text + reports::summary(report, style);
}

reports::Provenance provenance_of(const CheckOptions& options) {
    return {time_in_words(std::time(nullptr)), options.command, options.commit, build_id(),
            machine_in_words()};
}

ExitStatus status_of(SearchError::Cause cause) {
    switch (cause) {
        case SearchError::Cause::checkpoint_not_written: return exit_usage;
        case SearchError::Cause::checkpoint_not_read: return exit_bad_schedule;
        case SearchError::Cause::process_lost: break;
    }
    return exit_internal;
}

std::optional<std::string> save_case(const reports::Report& report, CaseFile& file) {
    const auto* const row = report.rows.empty() ? nullptr : &report.rows.front();
    if (row == nullptr || !row->outcome.finding) return "--save-case: there is no finding, and so no case";
    return file.commit(*row, claimed_verdicts(row->scenario, row->threads));
}

}  // namespace

const reports::Row* not_deterministic(const reports::Report& report) {
    for (const auto& row : report.rows) {
        if (row.outcome.ending == model::Ending::diverged) return &row;
    }
    return nullptr;
}

std::string difference_in_words(const model::Outcome& outcome) {
    if (!outcome.difference.empty()) return outcome.difference;
    const std::string what = "the same choices led to another one";
    // Processes that explore say only that it was so.
    return outcome.diverged_at < 0 ? what : fmt::format("{} at choice {}", what, outcome.diverged_at + 1);
}

ExitStatus status_of(const reports::Report& report) {
    if (not_deterministic(report) != nullptr) return exit_not_deterministic;
    bool undecided = report.interrupted;
    bool refused = false;
    for (const auto& row : report.rows) {
        if (row.as_expected) continue;
        if (row.outcome.verdict != model::Verdict::undecided) return exit_not_as_expected;
        undecided = true;
        refused = refused || row.outcome.ending == model::Ending::refused;
    }
    if (refused) return exit_internal;
    return undecided ? exit_undecided : exit_as_expected;
}

ExitStatus run_check(const CheckOptions& options) {
    const auto rows = select(options.selection);
    if (!rows) return complain(exit_usage, rows.error());

    // Before there is a temporary file that a signal could leave behind.
    const auto stop = watch_for_interrupt();
    const auto& search = options.search;
    for (const auto& [option, path, what] : {std::tuple("--save-case", options.case_path, "finding"),
                                             std::tuple("--checkpoint", search.checkpoint, "search")}) {
        if (path.empty() || rows->size() == 1) continue;
        return complain(exit_usage,
                        fmt::format("{} is of one {}: this selection has {} rows; give one scenario, "
                                    "--implementation and --threads",
                                    option, what, rows->size()));
    }
    std::vector<std::pair<const char*, std::string>> named{{"--save-case", options.case_path},
                                                           {"--checkpoint", search.checkpoint}};
    const auto of_report = options.reports.given();
    named.insert(named.end(), of_report.begin(), of_report.end());
    if (const auto twice = named_twice(named)) return complain(exit_usage, *twice);

    auto files = ReportFiles::open(options.reports, stop);
    const auto unwritable = [&] { return stop.stop_requested() ? exit_undecided : exit_usage; };
    if (!files) return complain(unwritable(), files.error());
    std::optional<CaseFile> case_file;
    if (!options.case_path.empty()) {
        auto opened = CaseFile::open(options.case_path, stop);
        if (!opened) return complain(unwritable(), opened.error());
        case_file.emplace(std::move(*opened));
    }
    reports::Report report;
    std::string unsaved;
    try {
        report = search_all(*rows, options, stop, unsaved);
    } catch (const SearchError& error) {
        return complain(status_of(error.cause), error.line);
    }
    // The files first: they must not be lost when stdout is a pipe that nobody reads any more.
    report.version = options.version;
    if (!options.reports.json.empty()) report.build = build_id();
    if (!options.reports.html.empty()) report.provenance = provenance_of(options);
    add_sources(report, options.reports.source_root);
    const auto file_error = files->commit(report);
    std::optional<std::string> case_error;
    if (case_file) case_error = save_case(report, *case_file);
    const auto text = as_text(report, options, text_style(options.colour));
    if (options.reports.json_to_stdout()) {
        std::fputs(text.c_str(), stderr);
        print(reports::to_json(report));
    } else {
        print(text);
    }
    if (const auto error = flush_stdout()) return complain(exit_usage, *error);
    if (file_error) return complain(exit_usage, *file_error);
    if (case_error) return complain(exit_usage, *case_error);
    if (!unsaved.empty()) return complain(exit_usage, unsaved + ": the search cannot be gone on with");
    if (const auto* const row = not_deterministic(report)) {
        return complain(exit_not_deterministic,
                        fmt::format("{} {} is not deterministic: {}", row->scenario, row->implementation,
                                    difference_in_words(row->outcome)));
    }
    // On stderr as well: the table has only the word, and nobody may have asked for more.
    for (const auto& row : report.rows) {
        if (row.outcome.ending != model::Ending::refused) continue;
        complain(exit_internal, row.scenario + ": " + row.outcome.covered);
    }
    return status_of(report);
}

}  // namespace revenant::harness
