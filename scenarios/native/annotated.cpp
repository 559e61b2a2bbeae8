// What programs tell ThreadSanitizer of their own accord. WRONG ON PURPOSE: all but those whose names say
// that they are right.
#include <atomic>
#include <cstddef>
#include <revenant/explore.hpp>
#include <thread>

extern "C" {
void AnnotateHappensBefore(const char*, int, const volatile void*);
void AnnotateHappensAfter(const char*, int, const volatile void*);
void AnnotateBenignRaceSized(const char*, int, const volatile void*, std::size_t, const char*);
void AnnotateIgnoreWritesBegin(const char*, int);
void AnnotateIgnoreWritesEnd(const char*, int);
void __tsan_acquire(void*);
void __tsan_release(void*);
void __tsan_mutex_pre_lock(void*, unsigned);
void __tsan_mutex_post_lock(void*, unsigned, int);
int __tsan_mutex_pre_unlock(void*, unsigned);
void __tsan_mutex_post_unlock(void*, unsigned);
}

namespace {

constexpr auto relaxed = std::memory_order_relaxed;

/// Publishes data by a flag that orders nothing, with a word before and after.
template <class Before, class After>
void publish(Before before, After after) {
    int data = 0;
    std::atomic<int> flag{0};
    std::thread other([&] {
        data = 1;
        before(&flag);
        flag.store(1, relaxed);
    });
    if (flag.load(relaxed) == 1) {
        after(&flag);
        REVENANT_ENSURE(data == 1);
    }
    other.join();
}

class SpinLock {
public:
    void lock() {
        __tsan_mutex_pre_lock(this, 0);
        while (flag_.exchange(1, std::memory_order_acquire) != 0) {
        }
        __tsan_mutex_post_lock(this, 0, 0);
    }
    void unlock(std::memory_order order) {
        __tsan_mutex_pre_unlock(this, 0);
        flag_.store(0, order);
        __tsan_mutex_post_unlock(this, 0);
    }

private:
    std::atomic<int> flag_{0};
};

void add_under_a_lock(std::memory_order order) {
    SpinLock lock;
    int sum = 0;
    const auto add = [&] {
        lock.lock();
        ++sum;
        lock.unlock(order);
    };
    std::thread other(add);
    add();
    other.join();
    REVENANT_ENSURE(sum == 2);
}

}  // namespace

REVENANT_EXPLORE("nothing is said") {
    publish([](void*) {}, [](void*) {});
}

REVENANT_EXPLORE("happens before: right") {
    publish([](void* flag) { AnnotateHappensBefore("", 0, flag); },
            [](void* flag) { AnnotateHappensAfter("", 0, flag); });
}

// No flag says which of the two words comes first.
REVENANT_EXPLORE("happens before or after") {
    int data = 0;
    std::thread other([&] {
        AnnotateHappensAfter("", 0, &data);
        data = 2;
    });
    data = 1;
    AnnotateHappensBefore("", 0, &data);
    other.join();
}

REVENANT_EXPLORE("released and acquired: right") { publish(__tsan_release, __tsan_acquire); }

REVENANT_EXPLORE("released and acquired elsewhere") {
    static int elsewhere;
    publish(__tsan_release, [](void*) { __tsan_acquire(&elsewhere); });
}

REVENANT_EXPLORE("a race that is meant") {
    int data = 0;
    AnnotateBenignRaceSized("", 0, &data, sizeof data, "a hint");
    std::thread other([&] { data = 1; });
    data = 2;
    other.join();
}

REVENANT_EXPLORE("a write that is nobody's business") {
    int data = 0;
    std::thread other([&] {
        AnnotateIgnoreWritesBegin("", 0);
        data = 1;
        AnnotateIgnoreWritesEnd("", 0);
    });
    data = 2;
    other.join();
}

REVENANT_EXPLORE("a lock that says that it is one: right") { add_under_a_lock(std::memory_order_release); }

REVENANT_EXPLORE("a lock that says so, and is none") { add_under_a_lock(relaxed); }
