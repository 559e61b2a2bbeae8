// `revenant list`: the catalogue, a scenario a paragraph, with the claim for each implementation.
#pragma once

#include "harness/exit_status.hpp"

namespace revenant::harness {

[[nodiscard]] ExitStatus run_list();

}  // namespace revenant::harness
