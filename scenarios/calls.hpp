// calls: a scenario says which operation of the code on trial its thread begins, so that a step can be told
// by what it is a part of: `intern`, `release`. A platform that keeps no trace ignores it.
#pragma once

namespace revenant::scenarios {

/// Holds until the thread's next one. `name` has static storage duration.
template <class P>
void calls([[maybe_unused]] const char* name) {
    if constexpr (requires { P::calls(name); }) P::calls(name);
}

}  // namespace revenant::scenarios
