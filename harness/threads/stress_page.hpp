// A page of memory that a stress run and the command share: it outlives the run that a sanitizer ends.
#pragma once

#include <cstdint>

namespace revenant::harness::threads {

/// Counts executions, from 1, over all the processes of a row.
struct StressPage {
    volatile std::uint64_t begun = 0;
    volatile std::uint64_t ended = 0;
};

}  // namespace revenant::harness::threads
