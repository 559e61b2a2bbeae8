// Framework: the test framework that the program was built with, if it is one that is known. Its cases are
// explored one at a time.
//
// Frameworks handle signals and start processes for tests that die. The first is none of a case's business,
// and is passed over within an execution; the second is refused where a case calls for it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace revenant::model::native {

enum class Framework : std::uint8_t { none, doctest, catch2_v2, catch2_v3, google_test };

/// By the program's symbols; none: it has been stripped, or has no such framework.
[[nodiscard]] Framework program_framework();

/// Whether the framework's own code has called.
[[nodiscard]] bool is_framework_code(std::uintptr_t place);

/// Whether the calls that return to these places, from the innermost out, are of a case: the standard library
/// left out, the innermost is not the framework's.
[[nodiscard]] bool is_of_a_case(const std::vector<std::uintptr_t>& places);
/// … or it is.
[[nodiscard]] bool is_of_the_framework(const std::vector<std::uintptr_t>& places);

}  // namespace revenant::model::native
