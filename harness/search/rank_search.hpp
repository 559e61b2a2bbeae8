// rank_search: a work list explored by the ranks that a launcher has started: for clusters, what jobs.hpp
// is for one machine.
//
// Rank 0 keeps the list; each other rank is handed a part at a time, and what is left then rank 0 explores
// itself; between two parts it looks at the others' reports. A rank for which there is no part waits asleep.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "harness/search/jobs.hpp"
#include "harness/search/ranks.hpp"
#include "model/search/work_list.hpp"
#include "model/stop_token.hpp"

namespace revenant::harness {

/// Which search it is: a rank makes the program anew from its own catalogue.
struct RankSearch {
    std::string scenario;
    std::string implementation;
    unsigned threads = 0;
    bool symmetry = true;
    bool unordered_destroys_fail = true;
    bool newest_only = false;
};

struct RankOptions {
    /// Asked between two reports: whether no further part is to be handed out.
    std::function<bool(const model::search::WorkList&)> enough;
    Explore explore;        ///< explores the parts of a source, on rank 0 as the others do
    model::StopToken stop;  ///< once it is requested: do not wait long for the last reports
};

/// On rank 0. Returns when the list is done, or enough of it. On error one line: a rank has another
/// catalogue, or talks nonsense.
[[nodiscard]] std::optional<std::string> run_ranks(model::search::WorkList& list, const RankSearch& search,
                                                   Ranks& ranks, const RankOptions& options);

/// On every other rank: explores what it is handed, until it is dismissed. Prints nothing and writes no
/// file. A signal ends the part that is under way, and tells rank 0; not the serving.
void serve(Ranks& ranks);

/// On rank 0, before it ends: lets the others go.
void dismiss(Ranks& ranks);

}  // namespace revenant::harness
