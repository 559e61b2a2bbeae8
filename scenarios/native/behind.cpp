// What lies behind a data race on plain data. WRONG ON PURPOSE: all but those whose names say that they are
// right. (leaking.cpp has what lies behind a leak.)
#include <atomic>
#include <cstring>
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

namespace {

struct Box {
    int size = 1;
};

struct Pair {
    long first = 0;
    long second = 0;
};

/// So many plain counts, each raised by an instruction of its own.
template <unsigned count>
struct Counts {
    int one = 0;
    Counts<count - 1> others;
    void raise() {
        ++one;
        others.raise();
    }
};
template <>
struct Counts<0> {
    void raise() {}
};

}  // namespace

REVENANT_EXPLORE("a box that is handed out without an order, and what is in it") {
    static std::atomic<Box*> handed;
    handed = nullptr;
    std::thread other([] {
        if (const auto* const box = handed.load(std::memory_order_relaxed)) {
            const int size = box->size;
            REVENANT_ENSURE(size != 1);
        }
    });
    auto* const box = new Box;
    handed.store(box, std::memory_order_relaxed);
    other.join();
    delete box;
}

REVENANT_EXPLORE("a pair that is copied by memcpy while another thread writes it") {
    static Pair pair;
    static const Pair wholly{1, 1};
    pair = {};
    std::thread other([] { std::memcpy(&pair, &wholly, sizeof pair); });
    Pair seen;
    std::memcpy(&seen, &pair, sizeof seen);
    REVENANT_ENSURE(seen.first != 1);
    other.join();
}

REVENANT_EXPLORE("a free behind a wait that orders nothing, which stays one however it is scheduled") {
    struct Used {
        std::atomic<int> uses{1};
        int number = 0;
        ~Used() {
            while (uses.load(std::memory_order_relaxed) != 0) {
            }
        }
    };
    auto* const used = new Used;
    std::thread other([used] {
        used->number = 1;
        used->uses.store(0, std::memory_order_relaxed);
    });
    delete used;
    other.join();
}

REVENANT_EXPLORE("more plain counts than are shown, and one that is needed exactly") {
    static Counts<24> counts;
    static int needed;
    needed = 0;
    const auto raise = [] {
        counts.raise();
        ++needed;
    };
    std::thread other(raise);
    raise();
    other.join();
    REVENANT_ENSURE(needed == 2);
}
