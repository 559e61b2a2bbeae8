// Double-checked initialisation. WRONG ON PURPOSE: the relaxed one, and the one without a second look.
#include <pthread.h>
#include <threads.h>

#include <atomic>
#include <mutex>
#include <revenant/explore.hpp>
#include <thread>

namespace {

struct Settings {
    int size = 0;
};

class Lazy {
public:
    Lazy(std::memory_order load, std::memory_order store, bool looks_again)
        : load_(load), store_(store), looks_again_(looks_again) {}
    ~Lazy() { delete made_.load(std::memory_order_relaxed); }
    Settings* get() {
        if (auto* const found = made_.load(load_)) return found;
        const std::lock_guard guard(mutex_);
        if (looks_again_) {
            if (auto* const found = made_.load(std::memory_order_relaxed)) return found;
        }
        auto* const made = new Settings;
        made->size = 7;
        made_.store(made, store_);
        return made;
    }

private:
    std::memory_order load_;
    std::memory_order store_;
    bool looks_again_;
    std::mutex mutex_;
    std::atomic<Settings*> made_{nullptr};
};

void get_twice(std::memory_order load, std::memory_order store, bool looks_again) {
    Lazy lazy(load, store, looks_again);
    Settings* seen = nullptr;
    std::thread other([&] {
        seen = lazy.get();
        REVENANT_ENSURE(seen->size == 7);
    });
    auto* const mine = lazy.get();
    REVENANT_ENSURE(mine->size == 7);
    other.join();
    REVENANT_ENSURE(seen == mine);
}

once_flag is_made = ONCE_FLAG_INIT;
int made = 0;

}  // namespace

REVENANT_EXPLORE("call_once of C: right") {
    const auto use = [] {
        call_once(&is_made, [] { made = 1; });
        REVENANT_ENSURE(made == 1);
    };
    std::thread other(use);
    use();
    other.join();
}
REVENANT_EXPLORE("double-checked, relaxed") {
    get_twice(std::memory_order_relaxed, std::memory_order_relaxed, true);
}
REVENANT_EXPLORE("double-checked, not checked again") {
    get_twice(std::memory_order_acquire, std::memory_order_release, false);
}
REVENANT_EXPLORE("double-checked: right") {
    get_twice(std::memory_order_acquire, std::memory_order_release, true);
}
REVENANT_EXPLORE("static local: right") {
    static int made = 0;
    const auto get = [] {
        static const Settings settings{++made};
        return settings.size;
    };
    std::thread other([&] { REVENANT_ENSURE(get() == 1); });
    REVENANT_ENSURE(get() == 1);
    other.join();
}

// Both unwind the stack, for which libgcc prepares itself once: for all executions, and for no thread to see.
REVENANT_EXPLORE("two end by pthread_exit and share nothing: right") {
    const auto ends = [] { pthread_exit(nullptr); };
    std::thread one(ends);
    std::thread other(ends);
    one.join();
    other.join();
}
REVENANT_EXPLORE("two catch what they throw and share nothing: right") {
    const auto throws = [] {
        try {
            throw 1;
        } catch (int) {
        }
    };
    std::thread other(throws);
    throws();
    other.join();
}
