// Tracks: the values that a trace's counters have had, and who held its mutexes, along its steps.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/trace.hpp"

namespace revenant::reports::html {

struct Change {
    int step = -1;            ///< from this step on; -1: from the start
    std::uint64_t value = 0;  ///< of a counter; of a mutex: its holder's number from 1, 0 for nobody
};

struct Track {
    model::CellId cell = model::no_id;
    std::vector<Change> changes;  ///< in the order of their steps; the first one is the start
    int last_touch = -1;          ///< the last step on it

    [[nodiscard]] std::uint64_t at(int step) const;
};

/// Of every cell that counts references.
[[nodiscard]] std::vector<Track> counter_tracks(const model::Trace& trace);
/// Of every cell that a step locks.
[[nodiscard]] std::vector<Track> mutex_tracks(const model::Trace& trace);

}  // namespace revenant::reports::html
