// What lies behind a data race on plain data. WRONG ON PURPOSE: all but those whose names say that they are
// right.
#include <atomic>
#include <revenant/explore.hpp>
#include <thread>

namespace {

/// A count that two threads raise, each while a plain flag says that nobody else does.
struct Guarded {
    bool is_taken = false;
    std::atomic<int> inside{0};

    void enter() {
        if (is_taken) return;
        is_taken = true;
        REVENANT_ENSURE(++inside == 1);
        --inside;
        is_taken = false;
    }
};

}  // namespace

REVENANT_EXPLORE("a plain flag that is to keep one thread out") {
    Guarded guarded;
    std::thread other([&] { guarded.enter(); });
    guarded.enter();
    other.join();
}

REVENANT_EXPLORE("a plain flag, and an object that is freed under its users") {
    auto* const data = new int(1);
    bool is_gone = false;
    int seen = 1;
    std::thread other([&] {
        if (!is_gone) seen = *data;
    });
    is_gone = true;
    delete data;
    other.join();
}

REVENANT_EXPLORE("a plain count that nobody needs exactly") {
    int count = 0;
    std::thread other([&] { ++count; });
    ++count;
    other.join();
}

REVENANT_EXPLORE("a plain flag that is polled, and what it publishes") {
    bool is_ready = false;
    int value = 0;
    std::thread other([&] {
        value = 1;
        is_ready = true;
    });
    while (!is_ready) std::this_thread::yield();
    REVENANT_ENSURE(value == 1);
    other.join();
}

REVENANT_EXPLORE("a plain flag that is answered") {
    int flag = 0;
    std::thread other([&] { flag = 1; });
    if (flag == 1) flag = 2;
    other.join();
    REVENANT_ENSURE(flag != 0);
}

REVENANT_EXPLORE("a plain store against an atomic load") {
    int value = 0;
    std::thread other([&] { REVENANT_ENSURE(__atomic_load_n(&value, __ATOMIC_ACQUIRE) != 2); });
    value = 1;
    value = 2;
    other.join();
}
