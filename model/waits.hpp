// Waits: what threads that have not ended were about to wait for, in words: of a deadlock, and of a
// livelock's bystanders.
#pragma once

#include <string>

#include "model/trace.hpp"

namespace revenant::model {

/// What a thread says that waits for another one to end: `before` is that thread.
inline constexpr const char* join_verb = "join";

/// … for an atomic to change.
inline constexpr const char* change_clause = "of which nobody will notify it";

/// Whether the thread was about to wait for what others do, and not in a loop of its own.
[[nodiscard]] bool is_wait(const Operation& operation);

struct WaitInWords {
    std::string sentence;  ///< `T1 waits at a.cpp:7 for m, which T2 holds since step 3`
    int taken_at = -1;     ///< the step in which somebody took what it waits for and holds; -1: none is known
};
/// `waiting`: see Failure::waiting. Of a `wait`, its verb says what nobody will do, if not notify it;
/// `nobody_will`: whether that is known.
[[nodiscard]] WaitInWords wait_in_words(const Trace& trace, const Step& waiting, bool nobody_will);

}  // namespace revenant::model
