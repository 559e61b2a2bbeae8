#include "harness/bench/in_child.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>
#include <string>
#include <type_traits>

namespace revenant::harness::bench {

static_assert(std::is_trivially_copyable_v<Measurement>);

Measurement in_child(const std::function<Measurement()>& search) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe to the child");
    std::fflush(nullptr);  // or the child would print it again
    const auto child = ::fork();
    if (child < 0) {
        ::close(ends[0]);
        ::close(ends[1]);
        throw std::runtime_error("no child process");
    }
    if (child == 0) {
        ::close(ends[0]);
        try {
            const auto measurement = search();
            const auto written = ::write(ends[1], &measurement, sizeof measurement);
            ::_exit(written == sizeof measurement ? 0 : 1);
        } catch (...) {  // what unwinds further is the parent's to clean up
            ::_exit(1);
        }
    }
    ::close(ends[1]);
    Measurement measurement;
    const auto size = ::read(ends[0], &measurement, sizeof measurement);  // less than a pipe's atomic size
    ::close(ends[0]);
    int status = 0;
    rusage usage{};
    ::wait4(child, &status, 0, &usage);
    if (WIFSIGNALED(status))
        throw std::runtime_error("the search was ended by signal " + std::to_string(WTERMSIG(status)));
    if (size != sizeof measurement || status != 0)
        throw std::runtime_error("the search ended without a result");
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    measurement.cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    measurement.peak_mebibytes = static_cast<double>(usage.ru_maxrss) / 1024;
    return measurement;
}

}  // namespace revenant::harness::bench
