// Tests: what a program has to explore: the tests that it has registered, or its main.
#pragma once

#include <string_view>

#include "model/native/engine.hpp"

namespace revenant::harness {

/// The body of an entry of the catalogue, which in this world is the program's tests.
[[nodiscard]] model::native::Body body_of(std::string_view scenario);

/// Whether the program has registered tests.
[[nodiscard]] bool has_tests();

/// Makes the catalogue, and looks at each test's threads in some executions. Before anything else of it.
void find_tests();
/// … of the entry: how many there are, and which are alike.
[[nodiscard]] const model::native::Threads& threads_of(std::string_view scenario);

}  // namespace revenant::harness
