// Everlasting: a variable that is there before any code runs, and outlives what runs at the end of the
// process.
//
// With `constinit` whoever uses it finds it at a known place, and need not ask first whether it has been
// made: an execution does so thousands of times.
#pragma once

namespace revenant::model::native {

template <class T>
union Everlasting {
    T value;
    constexpr Everlasting() : value{} {}
    constexpr ~Everlasting() {}  // NOLINT(modernize-use-equals-default): the value is not destroyed
};

}  // namespace revenant::model::native
