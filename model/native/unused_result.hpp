// Whether the code behind a call has any use for what the call returns.
//
// An increment whose result nobody looks at commutes with another one. The compiler's call is the same for
// both kinds, so that the instructions behind it are asked: the result lies in rax, and is unused if on every
// way rax is overwritten, or lost in a call of another library's function, before anything reads it. What is
// not plain to see counts as used.
#pragma once

#include <cstdint>

namespace revenant::model::native {

/// `place`: where the call returns to. Requires: as few bytes as an instruction may have can be read there.
[[nodiscard]] bool result_is_unused(std::uintptr_t place);

}  // namespace revenant::model::native
