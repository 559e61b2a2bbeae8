// The commit of revenant that a program was built from.
#pragma once

namespace revenant::harness {

/// `96308a8c0d1e`, or `96308a8c0d1e and changes`; empty if it was not built from a checkout. CMake writes it
/// into a source file of its own, so that another commit compiles no other.
[[nodiscard]] const char* commit();

}  // namespace revenant::harness
