// Tests: what a program has to explore: the tests that it has registered, the cases of its test framework, or
// its main.
#pragma once

#include <string>
#include <string_view>

#include "model/native/engine.hpp"

namespace revenant::harness {

/// The body of an entry of the catalogue, which in this world is the program's tests.
[[nodiscard]] model::native::Body body_of(std::string_view scenario);

/// Whether the program has registered tests.
[[nodiscard]] bool has_tests();

/// The id that a test's name becomes: a schedule is one word, and colons separate its parts.
[[nodiscard]] std::string id_of(const std::string& name);

/// Makes the catalogue. Before anything else of it.
void find_tests();
/// How many threads one execution of the entry has, and which are alike. The first call looks at some
/// executions.
[[nodiscard]] const model::native::Threads& threads_of(std::string_view scenario);

}  // namespace revenant::harness
