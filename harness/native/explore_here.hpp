// Explore here: a test of a program's own framework explores a body (REVENANT_EXPLORE_HERE). The program
// starts once more for it, as a process that explores this body and nothing else; so that nothing of the
// framework's is part of an execution, and nothing of an execution is left behind.
#pragma once

#include <optional>
#include <string>

namespace revenant::harness {

struct BodyHere {
    std::string name;
    void (*call)();
};

/// What this process has been started to explore, if it was started for that.
[[nodiscard]] std::optional<BodyHere> body_to_explore();

}  // namespace revenant::harness
