// Check policies of the intrusive counters: whether `ref` asserts that somebody already held the object.
// The range of a counter is checked under both, in every build.
#pragma once

namespace revenant {

/// A debug build's.
struct assert_check {
    static constexpr bool asserts = true;
};
/// A release build's: a `ref` of a dying object goes unnoticed, as in the original crash in production.
struct no_check {
    static constexpr bool asserts = false;
};

}  // namespace revenant
