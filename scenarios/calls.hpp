// What a scenario says to the platform that it runs on, where the platform listens.
#pragma once

#include <revenant/platform.hpp>

#include <revenant/model/outcome.hpp>

namespace revenant::scenarios {

/// Its thread begins an operation of the code on trial, so that a step can be told by what it is a part of:
/// `intern`, `release`. Holds until the thread's next one. `name` has static storage duration. A platform
/// that keeps no trace ignores it.
template <class P>
void calls([[maybe_unused]] const char* name) {
    if constexpr (requires { P::calls(name); }) P::calls(name);
}

/// Its thread looks at this value, and does no more with it. Where production reads a value for nothing, a
/// compiler leaves the read out, and with it the use of an object that is no more.
template <class T>
void reads(const T& value) {
    [[maybe_unused]] const volatile T seen = value;
}

/// A rule of its own is broken. A platform that has no word for that, std_platform, takes it as a check that
/// has failed.
template <class P>
void violated(model::FindingKind kind, const char* rule) {
    if constexpr (requires { P::violated(kind, rule); }) {
        P::violated(kind, rule);
    } else {
        P::check(false, check_kind::assertion, rule);
    }
}

}  // namespace revenant::scenarios
