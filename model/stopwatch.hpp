// Stopwatch: the seconds since it was made. For budgets and reports, never for a choice.
#pragma once

#include <chrono>

namespace revenant::model {

class Stopwatch {
public:
    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(Clock::now() - start_).count();
    }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point start_ = Clock::now();
};

}  // namespace revenant::model
