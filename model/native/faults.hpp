// CatchFaults: while it lives, an access to no memory, a division by zero, … ends the execution and not the
// process.
#pragma once

#include <csignal>

namespace revenant::model::native {

class CatchFaults {
public:
    CatchFaults();
    ~CatchFaults();
    CatchFaults(const CatchFaults&) = delete;
    CatchFaults& operator=(const CatchFaults&) = delete;

private:
    static constexpr int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};
    struct sigaction before_[4];
    stack_t stack_before_;
};

}  // namespace revenant::model::native
