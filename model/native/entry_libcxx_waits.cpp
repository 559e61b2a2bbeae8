// libc++'s waiting for an atomic to change (std::atomic's wait, std::latch, std::counting_semaphore), and
// std::barrier.
//
// libc++ polls, and then waits by a futex: for the atomic itself if that is an int, else for a word of a
// table, which each notification counts up and which is read before the last poll. Both come to this: whoever
// is about to wait goes on if the atomic has another value than it has found. So the wait is one for the
// atomic, whatever its size; and whoever has found nothing goes round once more. Left out is that libc++ asks
// for no wake-up if nobody seems to wait, and wakes up every two seconds: a notification that is forgotten is
// a wait without end, as C++ has it.
//
// What passes between two looks at the clock of a loop that polls: all the time that it polls for. A barrier
// polls for ever, with ever longer sleeps: no time passes there, and the loop is one that goes round.
#include <ctime>
#include <new>

#include "model/native/entry_libcxx.hpp"
#include "model/native/heap.hpp"
#include "model/native/machine.hpp"
#include "model/native/sources.hpp"
#include "model/native/sync.hpp"
#include "model/native/times.hpp"

namespace revenant::model::native {
namespace {

constexpr unsigned all_of_them = ~0u;
constexpr Nanoseconds longer_than_polls = 100'000;

void wait_for_change(const volatile void* word, std::uintptr_t place) {
    auto& all = machine();
    if (!all.runs()) return;
    const auto found = atomics().last_found(all.current(), number_of(word));
    if (!found) return;
    static_cast<void>(sync().futex_wait(number_of(word), found->value, no_deadline, place, found->size));
}

void notify_waiting(const volatile void* word, unsigned count, std::uintptr_t place) {
    if (machine().runs()) static_cast<void>(sync().futex_wake(number_of(word), count, place, nullptr));
}

long long time_now() {
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return static_cast<long long>(nanoseconds_of(time));
}

}  // namespace

#define REVENANT_INT "PVKNS_17__cxx_atomic_implIiNS_22__cxx_atomic_base_implIiEEEE"

REVENANT_IN_LIBCXX("23__libcpp_atomic_monitorEPVKv", int, monitor, const volatile void*) { return 0; }
REVENANT_IN_LIBCXX("23__libcpp_atomic_monitorE" REVENANT_INT, int, monitor_int, const volatile int*) {
    return 0;
}
REVENANT_IN_LIBCXX("20__libcpp_atomic_waitEPVKvi", void, wait_any, const volatile void* word, int) {
    wait_for_change(word, REVENANT_PLACE);
}
REVENANT_IN_LIBCXX("20__libcpp_atomic_waitE" REVENANT_INT "i", void, wait_int, const volatile int* word,
                   int) {
    wait_for_change(word, REVENANT_PLACE);
}
REVENANT_IN_LIBCXX("23__cxx_atomic_notify_oneE" REVENANT_INT, void, notify_int, const volatile int* word) {
    notify_waiting(word, 1, REVENANT_PLACE);
}
REVENANT_IN_LIBCXX("23__cxx_atomic_notify_allE" REVENANT_INT, void, notify_ints, const volatile int* word) {
    notify_waiting(word, all_of_them, REVENANT_PLACE);
}
// A word of the table is not one atomic's alone: all are woken up.
REVENANT_IN_LIBCXX("23__cxx_atomic_notify_oneEPVKv", void, notify_any, const volatile void* word) {
    notify_waiting(word, all_of_them, REVENANT_PLACE);
}
REVENANT_IN_LIBCXX("23__cxx_atomic_notify_allEPVKv", void, notify_all, const volatile void* word) {
    notify_waiting(word, all_of_them, REVENANT_PLACE);
}

REVENANT_IN_LIBCXX("6chrono12steady_clock3nowEv", long long, steady_now, ) {
    auto& all = machine();
    if (!all.is_running()) return time_now();
    const auto poll = library_poll(REVENANT_PLACE);
    if (poll != LibraryPoll::none && poll != LibraryPoll::until_wait && !all.repeats()) {
        atomics().did_more(all.current());  // its next look at the atomic is another one
    }
    switch (poll) {
        case LibraryPoll::none:
        case LibraryPoll::of_libstdcxx:
        case LibraryPoll::until_time: return time_now();
        case LibraryPoll::for_ever: return 0;
        case LibraryPoll::until_wait: break;
    }
    auto& shown = all.runner().polled;
    shown += longer_than_polls;
    return static_cast<long long>(shown);
}

/// What is in the place of libc++'s tree of arrivals.
struct Barrier {
    const long* expected;  ///< of the std::barrier, which changes it between two phases
    long arrived;
};

REVENANT_IN_LIBCXX("34__construct_barrier_algorithm_baseERl", Barrier*, barrier_make, long& expected) {
    auto& all = machine();
    void* const memory = all.is_running() ? all.allocate(sizeof(Barrier), alignof(Barrier), REVENANT_PLACE)
                                          : Heap::allocate_before(sizeof(Barrier), alignof(Barrier));
    return new (memory) Barrier{&expected, 0};
}
REVENANT_IN_LIBCXX("32__destroy_barrier_algorithm_baseEPNS_24__barrier_algorithm_baseE", void,
                   barrier_destroy, Barrier* barrier) {
    if (machine().is_running()) machine().free(number_of(barrier), REVENANT_PLACE);
}
// Whether it is the last of this phase, which comes after all others and begins the next one; nobody can
// arrive for that before. C++ orders nothing else here.
REVENANT_IN_LIBCXX("31__arrive_barrier_algorithm_baseEPNS_24__barrier_algorithm_baseEh", bool, barrier_arrive,
                   Barrier* barrier, unsigned char) {
    if (!machine().is_running()) {
        if (++barrier->arrived != *barrier->expected) return false;
        barrier->arrived = 0;
        return true;
    }
    const Atomics::Target arrived{number_of(&barrier->arrived), sizeof(long), REVENANT_PLACE, nullptr, true};
    const auto before = atomics().change(arrived, Change::add, 1, std::memory_order::release);
    if (static_cast<long>(before) + 1 != *barrier->expected) return false;
    static_cast<void>(atomics().load(arrived, std::memory_order::acquire));
    atomics().store(arrived, 0, std::memory_order::relaxed);
    return true;
}

}  // namespace revenant::model::native
