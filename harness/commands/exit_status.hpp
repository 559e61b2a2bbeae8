// The exit statuses of every revenant program, documented in harness/README.md and in --help.
#pragma once

namespace revenant::harness {

enum ExitStatus : int {
    exit_as_expected = 0,
    exit_not_as_expected = 1,
    exit_usage = 2,
    exit_bad_schedule = 3,
    exit_undecided = 4,
    exit_not_deterministic = 5,
    exit_internal = 70,
};

inline constexpr const char* exit_status_help =
    "Exit status: 0 all rows as expected; 1 a row is not as expected; 2 usage;\n"
    "3 bad or diverged schedule; 4 budget spent or interrupted, undecided;\n"
    "5 the test is not deterministic; 70 internal error, or code that no search can judge.";

inline constexpr const char* import_status_help =
    "Exit status: 0 a case was written; 2 usage; 3 nothing in it is recognised, or it is named and not "
    "read;\n"
    "4 understood and no case: kind only, one thread, cannot tell, interrupted; 70 internal error.";

}  // namespace revenant::harness
