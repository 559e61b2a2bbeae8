// Happened: what a run behind the gate did, as the gate wrote it down while it ran.
//
// The gate's lines, each written at once:
//
// clang-format off
//     block THREAD LABEL                         an object is made
//     cell BLOCK VALUE NAME                      a cell in it, or in none
//     step|behind THREAD KIND ON_BLOCK TARGET    a thread goes on: with this step of the script, or after it
//     did BEFORE AFTER FAILED                    ... and what came of it
//     instead|waits THREAD KIND ON_BLOCK TARGET  what the thread is about to do, where it left the script
//     stopped PROCESS                            it waits for a debugger
//     failed KIND TEXT                           a check of the code's, or an invariant of the scenario's
//     end HOW                                    well, deadlock, diverged, other, timeout, endless, crowded
// clang-format on
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "model/trace.hpp"

namespace revenant::model::threads {

struct Happened {
    Happened() = default;
    Happened(Happened&&) noexcept = default;  // a copy would point into another's names
    Happened& operator=(Happened&&) noexcept = default;

    Trace trace;                     ///< the steps that were taken, those behind the script included
    std::size_t recorded_steps = 0;  ///< how many of them the script had
    std::optional<Step> instead;     ///< where it left the script: what the thread was about to do
    bool waits = false;              ///< … and it could not: the mutex is held
    std::string failed_kind;         ///< a check that failed
    std::string failed_text;
    std::string end;   ///< how the gate ended the run; empty: something else did
    long stopped = 0;  ///< the process that waits for a debugger, or 0

    /// Takes one line; what it does not know is skipped: it may be half of one.
    void take(std::string_view line);

private:
    std::deque<std::string> names_;  ///< what the trace's labels point into
};

}  // namespace revenant::model::threads
