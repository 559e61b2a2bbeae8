// Spin: when a thread that goes round in a loop may go on.
//
// A thread that is about to do a read again, with the same state as the last time (registers, stack, nothing
// changed by itself in between) and with everything unchanged that it has read since, would come to the same
// place in the same state for ever. It waits until something that it has read changes. A loop that counts its
// rounds has another state in each, and is explored round by round.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/native/clocks.hpp"
#include "model/operation.hpp"

namespace revenant::model::native {

class Spin {
public:
    void begin();
    /// The thread has changed something that others, or it itself later, can tell from before.
    void changed(int thread) { threads_[static_cast<std::size_t>(thread)].places.clear(); }
    /// The thread has read a cell, which had been changed so often by then.
    void saw(int thread, CellId cell, std::uint32_t changes);
    /// It is about to read, at this place of its code; `frame` is that of the function which it has called
    /// for it. Returns whether it is to wait first.
    [[nodiscard]] bool goes_round(int thread, std::uintptr_t place, const void* frame);
    /// Whether something has changed that the thread has read since it was last here.
    [[nodiscard]] bool may_go_on(int thread) const;
    /// The one cell that it waits for, or no_id: several.
    [[nodiscard]] CellId waits_for(int thread) const;

private:
    /// A place that the thread has been at since its last change.
    struct Place {
        std::uintptr_t place = 0;
        unsigned visits = 0;
        std::uint64_t state = 0;
        std::size_t reads = 0;  ///< how many of its reads came before
    };
    struct Read {
        CellId cell;
        std::uint32_t changes;
    };
    struct Thread {
        std::vector<Place> places;
        std::vector<Read> reads;
        std::size_t since = 0;  ///< the reads of the round that is waited in
    };
    std::array<Thread, threads_max> threads_;
};

[[nodiscard]] Spin& spin();

}  // namespace revenant::model::native
