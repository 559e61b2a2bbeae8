// `revenant check`: runs rows of the catalogue and says whether each is as expected.
#pragma once

#include <cstdint>
#include <string>

#include "harness/exit_status.hpp"
#include "harness/report_files.hpp"
#include "harness/search_row.hpp"
#include "harness/selection.hpp"
#include "harness/terminal.hpp"

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
};

[[nodiscard]] ExitStatus run_check(const CheckOptions& options);

/// The first row whose program differed between executions with the same choices, or null.
[[nodiscard]] const reports::Row* not_deterministic(const reports::Report& report);

/// The status of a finished report: a contradicted row counts more than an undecided one.
[[nodiscard]] ExitStatus status_of(const reports::Report& report);

}  // namespace revenant::harness
