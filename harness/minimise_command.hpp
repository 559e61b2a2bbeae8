// `revenant minimise`: the same finding with fewer threads, switches and steps, and the pair that it hangs
// on.
#pragma once

#include <string>

#include "harness/exit_status.hpp"
#include "harness/terminal.hpp"

namespace revenant::harness {

/// `case_path`: where to write what came out as a case, or empty.
[[nodiscard]] ExitStatus run_minimise(const std::string& schedule_or_path, const std::string& case_path,
                                      Colour colour);

}  // namespace revenant::harness
