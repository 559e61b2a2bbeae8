// StopToken: whether somebody wants a long computation to end: Ctrl-C, a test.
//
// A value to be passed on. Not std::stop_token, whose source a signal handler may not touch.
#pragma once

#include <csignal>

namespace revenant::model {

class StopToken {
public:
    /// Nobody ever wants an end.
    StopToken() = default;
    /// The flag, non-zero for an end, outlives every copy of the token. A signal handler may set it.
    explicit StopToken(const volatile std::sig_atomic_t& flag) : flag_(&flag) {}

    [[nodiscard]] bool stop_requested() const { return flag_ != nullptr && *flag_ != 0; }

private:
    const volatile std::sig_atomic_t* flag_ = nullptr;
};

}  // namespace revenant::model
