// What ends the program, and what it asks of the time.
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <string>
#include <utility>

#include "model/native/entry_plain.hpp"
#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/start.hpp"
#include "model/native/times.hpp"

namespace revenant::model::native {
namespace {

constexpr auto a_second = nanoseconds_in_a_second;

// Before main the clock is the model's as well: what the program keeps of it must not lie ahead of what its
// executions see, and must not differ from run to run.
bool is_of_the_model(std::uintptr_t place) {
    return machine().runs() || (phase() == Phase::before_main && !is_own_code(place));
}
Nanoseconds now() {
    constexpr Nanoseconds between_two_looks = 1000;
    if (machine().is_running()) return machine().look_at_the_clock();
    return time_at_first += between_two_looks;
}

void sleep_until(Nanoseconds time) {
    if (!machine().is_running()) {
        time_at_first = std::max(time_at_first, time);
        return;
    }
    machine().sleep_until(time);
    machine().self().gives_way = true;
}
void sleep_for(Nanoseconds duration) {
    sleep_until((machine().is_running() ? machine().self().time : time_at_first) + duration);
}

template <class Time>
void put(Time* to, const Time& value, std::uintptr_t place) {
    announce_plain(to, sizeof value, true, place);
    *to = value;
}
void put_now(timespec* to, std::uintptr_t place) {
    const auto time = now();
    put(to, {static_cast<time_t>(time / a_second), static_cast<long>(time % a_second)}, place);
}
bool may_be_slept_for(const timespec* duration, std::uintptr_t place) {
    announce_plain(duration, sizeof *duration, false, place);
    return is_duration(duration);
}

[[noreturn]] void fail_at(std::uintptr_t place, std::string what) {
    machine().fail({FindingKind::assertion, std::move(what), 0, 0, -1, nobody, place});
}

[[noreturn]] void ended(int status, std::uintptr_t place) {
    if (status == 0) machine().end_program();
    fail_at(place, "the program ends with status " + std::to_string(status));
}

}  // namespace

REVENANT_EXPORT void abort() {
    if (!machine().runs()) next_function<void()>("abort")();
    fail_at(REVENANT_PLACE, "the program calls abort");
}
REVENANT_EXPORT void __assert_fail(const char* expression, const char* file, unsigned line,
                                   const char* function) {
    if (!machine().runs()) {
        next_function<void(const char*, const char*, unsigned, const char*)>("__assert_fail")(
            expression, file, line, function);
    }
    fail_at(REVENANT_PLACE, std::string("assert(") + expression + ")");
}
REVENANT_EXPORT void exit(int status) {
    if (machine().runs()) ended(status, REVENANT_PLACE);
    next_function<void(int)>("exit")(status);
    __builtin_unreachable();
}
REVENANT_EXPORT void _exit(int status) {
    if (machine().runs()) ended(status, REVENANT_PLACE);
    next_function<void(int)>("_exit")(status);
    __builtin_unreachable();
}

REVENANT_EXPORT void quick_exit(int status) {
    if (machine().runs()) ended(status, REVENANT_PLACE);
    next_function<void(int)>("quick_exit")(status);
    __builtin_unreachable();
}
// What an execution would have done at the program's exit is forgotten with it.
REVENANT_EXPORT int __cxa_atexit(void (*destroy)(void*), void* object, void* library) {
    if (machine().is_running()) return 0;
    using Function = int(void (*)(void*), void*, void*);
    return next_function<Function>("__cxa_atexit")(destroy, object, library);
}
// Part of each program, in an archive of libc's, but of those that were linked with ThreadSanitizer's
// library.
REVENANT_EXPORT int atexit(void (*function)()) {
    return __cxa_atexit(reinterpret_cast<void (*)(void*)>(function), nullptr, nullptr);
}

REVENANT_EXPORT int clock_gettime(clockid_t clock, timespec* to) {
    if (!is_of_the_model(REVENANT_PLACE)) {
        // Asked often: by who explores, whether there is time left.
        static auto* const next = next_function<decltype(clock_gettime)>("clock_gettime");
        return next(clock, to);
    }
    put_now(to, REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT clock_t clock() {
    if (!is_of_the_model(REVENANT_PLACE)) return next_function<clock_t()>("clock")();
    return static_cast<clock_t>(now() / (a_second / CLOCKS_PER_SEC));
}
REVENANT_EXPORT int timespec_get(timespec* to, int base) {
    if (!is_of_the_model(REVENANT_PLACE)) return next_function<int(timespec*, int)>("timespec_get")(to, base);
    put_now(to, REVENANT_PLACE);
    return base;
}
REVENANT_EXPORT int gettimeofday(timeval* to, void* zone) {
    if (!is_of_the_model(REVENANT_PLACE))
        return next_function<int(timeval*, void*)>("gettimeofday")(to, zone);
    const auto time = now();
    const timeval value{static_cast<time_t>(time / a_second),
                        static_cast<suseconds_t>(time % a_second / 1000)};
    put(to, value, REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT time_t time(time_t* to) {
    if (!is_of_the_model(REVENANT_PLACE)) return next_function<time_t(time_t*)>("time")(to);
    const auto seconds = static_cast<time_t>(now() / a_second);
    if (to != nullptr) put(to, seconds, REVENANT_PLACE);
    return seconds;
}
REVENANT_EXPORT int nanosleep(const timespec* duration, timespec* left) {
    if (!is_of_the_model(REVENANT_PLACE))
        return next_function<decltype(nanosleep)>("nanosleep")(duration, left);
    if (!may_be_slept_for(duration, REVENANT_PLACE)) {
        errno = EINVAL;
        return -1;
    }
    sleep_for(nanoseconds_of(*duration));
    return 0;
}
REVENANT_EXPORT int clock_nanosleep(clockid_t clock, int flags, const timespec* duration, timespec* left) {
    if (!is_of_the_model(REVENANT_PLACE)) {
        return next_function<decltype(clock_nanosleep)>("clock_nanosleep")(clock, flags, duration, left);
    }
    if (!may_be_slept_for(duration, REVENANT_PLACE)) return EINVAL;
    if (flags == 0) {
        sleep_for(nanoseconds_of(*duration));
    } else {
        sleep_until(nanoseconds_of(*duration));
    }
    return 0;
}
REVENANT_EXPORT int usleep(useconds_t microseconds) {
    if (!is_of_the_model(REVENANT_PLACE)) return next_function<decltype(usleep)>("usleep")(microseconds);
    sleep_for(Nanoseconds{microseconds} * 1000);
    return 0;
}
REVENANT_EXPORT unsigned sleep(unsigned seconds) {
    if (!is_of_the_model(REVENANT_PLACE)) return next_function<decltype(sleep)>("sleep")(seconds);
    sleep_for(seconds * a_second);
    return 0;
}

}  // namespace revenant::model::native
