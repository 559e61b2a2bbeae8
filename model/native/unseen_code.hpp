// Code that is linked into the program and announces nothing of what it does to memory.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace revenant::model::native {

struct UnseenCode {
    /// Sources that were compiled without -fsanitize=thread; those of test frameworks and of the compiler
    /// left out. Each that was compiled with it has a function of its own that calls __tsan_init.
    std::vector<std::string> sources;
    /// The first atomic instruction of each function that has any: as of a call that returns there. The
    /// compiler's own are calls.
    std::vector<std::uintptr_t> instructions;
    /// Whether g++ has made it count what it runs (--coverage).
    bool has_counters = false;
};

/// As far as the program's table of symbols says it. On this library's own stack.
[[nodiscard]] UnseenCode unseen_code();

}  // namespace revenant::model::native
