// Loops of tries that fail, and of notifications that nobody hears: they wait for whatever could make the
// next one another. WRONG ON PURPOSE: those that do not say right.
#include <pthread.h>
#include <semaphore.h>

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <revenant/explore.hpp>
#include <semaphore>
#include <thread>

namespace {

/// A semaphore of POSIX, as C has it.
struct Semaphore {
    Semaphore() { sem_init(&semaphore, 0, 0); }
    ~Semaphore() { sem_destroy(&semaphore); }
    Semaphore(const Semaphore&) = delete;
    Semaphore& operator=(const Semaphore&) = delete;
    void post() { sem_post(&semaphore); }
    bool takes() { return sem_trywait(&semaphore) == 0; }
    int value() {
        int found = 0;
        sem_getvalue(&semaphore, &found);
        return found;
    }
    sem_t semaphore;
};

// Functions of their own: a round begins and ends with the same registers, and the first is like the second.
[[gnu::noinline]] void take(Semaphore& from) {
    while (!from.takes()) {
    }
}
[[gnu::noinline]] void wait_until_there_are(int wanted, Semaphore& in) {
    while (in.value() < wanted) {
    }
}

}  // namespace

REVENANT_EXPLORE("a semaphore that is tried for until it is posted: right") {
    Semaphore semaphore;
    int data = 0;
    std::thread posting([&] {
        data = 1;
        semaphore.post();
    });
    take(semaphore);
    REVENANT_ENSURE(data == 1);
    posting.join();
}

REVENANT_EXPLORE("two try for a semaphore that is posted twice: right") {
    Semaphore semaphore;
    std::thread one([&] { take(semaphore); });
    std::thread other([&] { take(semaphore); });
    semaphore.post();
    semaphore.post();
    one.join();
    other.join();
}

REVENANT_EXPLORE("two try for a semaphore that is posted once") {
    Semaphore semaphore;
    std::thread one([&] { take(semaphore); });
    std::thread other([&] { take(semaphore); });
    semaphore.post();
    one.join();
    other.join();
}

REVENANT_EXPLORE("a semaphore that nobody posts is tried for") {
    Semaphore semaphore;
    std::thread trying([&] { take(semaphore); });
    trying.join();
}

// It is there for a moment only.
REVENANT_EXPLORE("a semaphore's value is looked at until it is there: right") {
    Semaphore semaphore;
    std::thread posting([&] {
        semaphore.post();
        semaphore.post();
    });
    wait_until_there_are(2, semaphore);
    take(semaphore);
    REVENANT_ENSURE(semaphore.value() == 1);
    posting.join();
}

REVENANT_EXPLORE("a semaphore's value is looked at, and somebody takes it again") {
    Semaphore semaphore;
    std::thread posting([&] {
        semaphore.post();
        take(semaphore);
    });
    wait_until_there_are(1, semaphore);
    posting.join();
}

// No read orders anything.
REVENANT_EXPLORE("a semaphore's value is looked at, and believed to order") {
    Semaphore semaphore;
    int data = 0;
    std::thread posting([&] {
        data = 1;
        semaphore.post();
    });
    wait_until_there_are(1, semaphore);
    REVENANT_ENSURE(data == 1);
    posting.join();
}

// The flag ends the loop as well.
REVENANT_EXPLORE("a semaphore is tried for until a flag is set") {
    Semaphore semaphore;
    std::atomic<int> stop{0};
    std::thread trying([&] {
        bool has_it = false;
        while (!has_it && stop.load() == 0) has_it = semaphore.takes();
        REVENANT_ENSURE(has_it);
    });
    stop = 1;
    semaphore.post();
    trying.join();
}

// The value that is looked at lies where the next round finds it.
REVENANT_EXPLORE("a flag is waited for, and a value that is looked at is kept elsewhere") {
    static int found;
    found = 7;
    Semaphore semaphore;
    std::atomic<int> flag{0};
    std::thread waiting([&] {
        while (flag.load() == 0) {
            REVENANT_ENSURE(found == 7);
            sem_getvalue(&semaphore.semaphore, &found);
        }
    });
    flag = 1;
    waiting.join();
}

// … and so does the error of a try.
REVENANT_EXPLORE("a flag is waited for, and a try has left its error") {
    Semaphore semaphore;
    std::atomic<int> flag{0};
    std::thread waiting([&] {
        errno = 0;
        while (flag.load() == 0) {
            REVENANT_ENSURE(errno != EAGAIN);
            static_cast<void>(semaphore.takes());
        }
    });
    flag = 1;
    waiting.join();
}

// What a round has taken is one less for the next.
REVENANT_EXPLORE("a round takes one from a semaphore, until there is none left") {
    Semaphore semaphore;
    semaphore.post();
    semaphore.post();
    std::atomic<int> flag{0};
    std::thread waiting([&] {
        while (flag.load() == 0) REVENANT_ENSURE(semaphore.takes());
    });
    flag = 1;
    waiting.join();
}

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
