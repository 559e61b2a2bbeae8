// The exception that a thread of the program handles, or fails with.
#pragma once

#include <string>

namespace revenant::model::native {

/// `: std::runtime_error: what it says`, `: int`, or empty: there is none, or it is not libstdc++'s.
[[nodiscard]] std::string exception_in_words();

}  // namespace revenant::model::native
