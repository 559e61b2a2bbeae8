// System calls that a program makes by their numbers: futexes, which libstdc++'s atomic wait, latch and
// semaphore have between them and the kernel. Any other is refused.
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <ctime>
#include <string>

#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/sync.hpp"
#include "model/native/times.hpp"

namespace revenant::model::native {
namespace {

Nanoseconds deadline_of(int operation, const timespec* time) {
    if (time == nullptr) return no_deadline;
    const bool is_duration = (operation & FUTEX_CMD_MASK) == FUTEX_WAIT;
    return is_duration ? machine().self().time + nanoseconds_of(*time) : deadline_at(time);
}

long futex(const long (&words)[6], std::uintptr_t place, const void* frame) {
    const auto word = static_cast<std::uintptr_t>(words[0]);
    const auto operation = static_cast<int>(words[1]);
    const auto count = static_cast<std::uint32_t>(words[2]);
    const auto command = operation & FUTEX_CMD_MASK;
    const bool has_bits = command == FUTEX_WAIT_BITSET || command == FUTEX_WAKE_BITSET;
    if (const auto bits = static_cast<std::uint32_t>(words[5]); has_bits && bits != FUTEX_BITSET_MATCH_ANY) {
        machine().not_modelled("a futex with a set of bits");
    }
    if (word % sizeof(std::uint32_t) != 0) {
        errno = EINVAL;
        return -1;
    }
    switch (command) {
        case FUTEX_WAIT:
        case FUTEX_WAIT_BITSET: {
            const auto* const time = reinterpret_cast<const timespec*>(words[3]);
            if (!is_duration(time)) {
                errno = EINVAL;
                return -1;
            }
            const int error = sync().futex_wait(word, count, deadline_of(operation, time), place);
            if (error == 0) return 0;
            errno = error;
            return -1;
        }
        // The kernel counts before it looks whether that is enough.
        case FUTEX_WAKE:
        case FUTEX_WAKE_BITSET:
            return sync().futex_wake(word, static_cast<int>(count) < 1 ? 1 : count, place, frame);
        default: machine().not_modelled("futex operation " + std::to_string(command));
    }
}

}  // namespace

REVENANT_EXPORT long syscall(long number, ...) {
    va_list arguments;
    va_start(arguments, number);
    long words[6];
    for (auto& word : words) word = va_arg(arguments, long);
    va_end(arguments);
    auto& all = machine();
    if (all.runs()) {
        switch (number) {
            case SYS_futex: return futex(words, REVENANT_PLACE, REVENANT_FRAME);
            case SYS_gettid: return first_thread_id + all.current();
            case SYS_sched_yield: return ::sched_yield();
            case SYS_getpid: break;
            default: all.not_modelled("system call " + std::to_string(number));
        }
    }
    const auto next = next_function<long(long, ...)>("syscall");
    return next(number, words[0], words[1], words[2], words[3], words[4], words[5]);
}

}  // namespace revenant::model::native
