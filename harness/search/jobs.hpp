// Jobs: a work list explored by several processes of this machine.
//
// Relacy has one context a process, so that parallel search is processes. The parent keeps the list and
// explores nothing; each child is handed a part at a time over a pipe.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "model/search/dpor_worker.hpp"

namespace revenant::harness {

/// Explores what the source hands out, until it hands out no more.
using Explore = std::function<void(model::search::WorkSource&)>;

struct JobsOptions {
    unsigned jobs = 2;
    /// Asked between two reports: whether no further part is to be handed out.
    std::function<bool(const model::search::WorkList&)> enough;
};

/// Returns when the list is done, or enough of it. On error one line: a process could not be started, or
/// died.
[[nodiscard]] std::optional<std::string> run_jobs(model::search::WorkList& list, const Explore& explore,
                                                  const JobsOptions& options);

}  // namespace revenant::harness
