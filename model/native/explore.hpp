// <revenant/explore.hpp>: tests of ordinary C++ code whose every interleaving is explored.
//
//     REVENANT_EXPLORE("lookup against the last release") {
//         cache shared;
//         std::thread other([&] { REVENANT_ENSURE(shared.get("a") != nullptr); });
//         shared.put("a");
//         other.join();
//     }
//
// The body is run many times, in one process, and begins each time from nothing: the program's variables are
// put back to what they were before main. Data races, uses after free, leaks, deadlocks, assertions and
// exceptions that nobody catches are found without a word; REVENANT_ENSURE is for what else must hold.
//
// A test of doctest, Catch2, GoogleTest, … explores a body of its own with REVENANT_EXPLORE_HERE, and fails
// with the interleaving as its message:
//
//     TEST_CASE("a cache that threads share") {
//         REVENANT_EXPLORE_HERE("lookup against the last release") { … };
//     }
//
// The sources are compiled with -fsanitize=thread and linked with revenant's library, not with the
// sanitizer's: in CMake by revenant_add_races(TARGET SOURCES …).
#pragma once

#include <exception>

extern "C" {
void revenant_register_test(const char* name, void (*body)());
[[noreturn]] void revenant_violated(const char* rule);
void revenant_observe(const char* text);
const char* revenant_explore_here(const char* name, void (*body)());
}

namespace revenant::detail {

struct ExploredTest {
    ExploredTest(const char* name, void (*body)()) { revenant_register_test(name, body); }
};

#ifdef __cpp_exceptions
/// What a test ends with that has explored a body in vain: test frameworks show what an exception says.
class ExplorationFailed : public std::exception {
public:
    explicit ExplorationFailed(const char* text) : text_(text) {}
    const char* what() const noexcept override { return text_; }

private:
    const char* text_;  // lives as long as the process
};

struct ExploredHere {
    const char* name;
    void operator=(void (*body)()) const {
        if (const char* const text = revenant_explore_here(name, body)) throw ExplorationFailed(text);
    }
};
#endif

}  // namespace revenant::detail

#define REVENANT_JOINED_(a, b) a##b
#define REVENANT_JOINED(a, b) REVENANT_JOINED_(a, b)

#define REVENANT_EXPLORE_AS(function, name)                                                         \
    static void function();                                                                         \
    static const ::revenant::detail::ExploredTest REVENANT_JOINED(function, _test)(name, function); \
    static void function()

/// A test with a name, followed by its body in braces.
#define REVENANT_EXPLORE(name) REVENANT_EXPLORE_AS(REVENANT_JOINED(revenant_test_, __COUNTER__), name)

/// Within a function: explores the body in braces that follows, behind which stands a semicolon, and throws
/// an exception that says what was found. The body sees no variables of the function: each execution begins
/// from nothing.
#define REVENANT_EXPLORE_HERE(name) ::revenant::detail::ExploredHere{name} = []()

/// What must hold here, in every interleaving.
#define REVENANT_ENSURE(condition) ((condition) ? void() : revenant_violated(#condition))
