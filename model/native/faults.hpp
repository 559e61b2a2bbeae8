// CatchFaults: while it lives, an access to no memory, a division by zero, what libc has found to be wrong, …
// ends the execution and not the process.
#pragma once

#include <csignal>
#include <iterator>

namespace revenant::model::native {

class CatchFaults {
public:
    CatchFaults();
    ~CatchFaults();
    CatchFaults(const CatchFaults&) = delete;
    CatchFaults& operator=(const CatchFaults&) = delete;

private:
    static constexpr int caught[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGPIPE};
    struct sigaction before_[std::size(caught)];
    stack_t stack_before_;
};

}  // namespace revenant::model::native
