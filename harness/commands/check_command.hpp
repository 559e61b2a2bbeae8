// `revenant check`: runs rows of the catalogue and says whether each is as expected.
#pragma once

#include <cstdint>
#include <string>

#include "harness/commands/exit_status.hpp"
#include "harness/commands/selection.hpp"
#include "harness/commands/terminal.hpp"
#include "harness/files/report_files.hpp"
#include "harness/search/settings.hpp"

namespace revenant::harness {

enum class Interleavings : std::uint8_t { all, unexpected, none };

struct CheckOptions {
    Selection selection;
    SearchSettings search;
    Interleavings interleavings = Interleavings::all;
    ReportPaths reports;    ///< with the json one on stdout the text goes to stderr
    std::string case_path;  ///< write the finding of the one row there as a case, or empty
    Colour colour = Colour::automatic;
    std::string version;  ///< of the command, for the reports that name it
    std::string commit;   ///< … and that it was built from, or empty
    std::string command;  ///< the words that were given, as a shell takes them
};

/// Returns what `status_of` says of the report; exit_usage for a bad selection or a file that cannot be
/// written, exit_bad_schedule for a checkpoint that cannot be gone on with, exit_internal when a search
/// process is lost.
[[nodiscard]] ExitStatus run_check(const CheckOptions& options);

/// The first row whose program differed between executions with the same choices, or null.
[[nodiscard]] const reports::Row* not_deterministic(const reports::Report& report);

/// In what a program that is not deterministic differed, for a line.
[[nodiscard]] std::string difference_in_words(const model::Outcome& outcome);

/// The status of a finished report: exit_not_deterministic, exit_not_as_expected, exit_undecided, or
/// exit_as_expected: the first of them that fits.
[[nodiscard]] ExitStatus status_of(const reports::Report& report);

}  // namespace revenant::harness
