// Loops of tries that fail: they wait for whatever could make the next one another. WRONG ON PURPOSE: those
// that do not say right.
#include <revenant/explore.hpp>
#include <semaphore>
#include <thread>

// The tries of libstdc++'s are sixteen loads in a row, and none if it has been released before.
REVENANT_EXPLORE("a std::counting_semaphore that is tried for until it is released: right") {
    std::counting_semaphore<4> semaphore{0};
    std::thread releasing([&] { semaphore.release(); });
    while (!semaphore.try_acquire()) {
    }
    releasing.join();
}

REVENANT_EXPLORE("a std::counting_semaphore is released between two tries") {
    std::counting_semaphore<4> semaphore{0};
    std::thread releasing([&] { semaphore.release(); });
    const bool first = semaphore.try_acquire();
    const bool second = semaphore.try_acquire();
    REVENANT_ENSURE(first || !second);
    releasing.join();
}
