// Watchdog: looks now and then, by the processor's time, whether an execution still moves. A thread that
// spins on what nobody announces, or for nothing, never gives control back, and no budget would ever be
// looked at.
#pragma once

#include <time.h>

#include <cstdint>

namespace revenant::model::native {

/// While it lives, an execution is refused in which a thread uses five seconds of processor time without a
/// step, an access that it announces or an allocation.
class Watchdog {
public:
    Watchdog();
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

    /// Another execution begins: that is progress as well.
    static void begin_execution() { ++executions; }
    /// How many have begun.
    static inline std::uint64_t executions = 0;

private:
    timer_t timer_ = {};
    bool is_set_ = false;
};

}  // namespace revenant::model::native
