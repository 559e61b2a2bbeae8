// What outlives its thread, its initialisation or its end. WRONG ON PURPOSE: all but those whose names say
// that they are right.
#include <pthread.h>
#include <semaphore.h>

#include <atomic>
#include <cstdlib>
#include <mutex>
#include <new>
#include <revenant/explore.hpp>
#include <shared_mutex>
#include <thread>

namespace {

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
pthread_barrier_t barrier;
sem_t semaphore;

std::atomic<int*> shown{nullptr};
std::atomic<int> is_done{0};

thread_local int own = 0;

/// Uses what another thread shows, if it does already.
void use_what_is_shown() {
    if (int* const seen = shown.load()) *seen = 2;
}

/// A thread that destroys something and says so; if it has, this one uses it.
template <class Destroy, class Use>
void destroy_and_use(Destroy destroy, Use use) {
    std::thread other([&] {
        destroy();
        is_done.store(1);
    });
    if (is_done.load() == 1) use();
    other.join();
}

}  // namespace

REVENANT_EXPLORE("a variable of a thread that has ended") {
    std::thread([] {
        int local = 1;
        shown = &local;
    }).detach();
    use_what_is_shown();
}

REVENANT_EXPLORE("a variable of a thread that ends in no order with its use") {
    std::thread([] {
        int local = 1;
        shown = &local;
        while (is_done.load(std::memory_order_relaxed) == 0) {
        }
    }).detach();
    use_what_is_shown();
    is_done.store(1, std::memory_order_relaxed);
}

REVENANT_EXPLORE("a variable of a thread that waits: right") {
    std::thread other([] {
        int local = 1;
        shown = &local;
        while (is_done.load() == 0) {
        }
    });
    use_what_is_shown();
    is_done.store(1);
    other.join();
}

REVENANT_EXPLORE("a thread_local variable of a thread that has ended") {
    std::thread([] {
        own = 1;
        shown = &own;
    }).detach();
    use_what_is_shown();
}

REVENANT_EXPLORE("memory whose allocation comes before nothing") {
    std::thread other([] { shown.store(new int, std::memory_order_relaxed); });
    if (int* const seen = shown.load(std::memory_order_relaxed)) *seen = 2;
    other.join();
    delete shown.load();
}

REVENANT_EXPLORE("memory whose allocation comes before: right") {
    std::thread other([] { shown.store(new int, std::memory_order_release); });
    if (int* const seen = shown.load(std::memory_order_acquire)) *seen = 2;
    other.join();
    delete shown.load();
}

REVENANT_EXPLORE("a mutex that is destroyed, and locked") {
    destroy_and_use([] { pthread_mutex_destroy(&mutex); }, [] { pthread_mutex_lock(&mutex); });
}

REVENANT_EXPLORE("a mutex that is destroyed, and initialised: right") {
    pthread_mutex_destroy(&mutex);
    pthread_mutex_init(&mutex, nullptr);
    pthread_mutex_lock(&mutex);
    pthread_mutex_unlock(&mutex);
    pthread_mutex_destroy(&mutex);
    mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&mutex);
    pthread_mutex_unlock(&mutex);
}

REVENANT_EXPLORE("a barrier that is destroyed, and waited at") {
    pthread_barrier_init(&barrier, nullptr, 1);
    destroy_and_use([] { pthread_barrier_destroy(&barrier); }, [] { pthread_barrier_wait(&barrier); });
}

REVENANT_EXPLORE("a barrier that is initialised twice") {
    pthread_barrier_init(&barrier, nullptr, 2);
    destroy_and_use([] {}, [] { pthread_barrier_init(&barrier, nullptr, 1); });
}

REVENANT_EXPLORE("a barrier that is initialised, destroyed and initialised: right") {
    for (int i = 0; i < 2; ++i) {
        pthread_barrier_init(&barrier, nullptr, 1);
        pthread_barrier_wait(&barrier);
        pthread_barrier_destroy(&barrier);
    }
}

REVENANT_EXPLORE("a semaphore that is destroyed, and posted") {
    sem_init(&semaphore, 0, 0);
    destroy_and_use([] { sem_destroy(&semaphore); }, [] { sem_post(&semaphore); });
}

REVENANT_EXPLORE("a mutex that is taken while it is initialised") {
    pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;
    std::thread other([&] {
        pthread_mutex_lock(&own);
        pthread_mutex_unlock(&own);
    });
    pthread_mutex_init(&own, nullptr);
    other.join();
}

REVENANT_EXPLORE("a mutex that is initialised again once nobody takes it: right") {
    pthread_mutex_t own{};
    for (int i = 0; i < 2; ++i) {
        pthread_mutex_init(&own, nullptr);
        std::thread other([&] {
            pthread_mutex_lock(&own);
            pthread_mutex_unlock(&own);
        });
        pthread_mutex_lock(&own);
        pthread_mutex_unlock(&own);
        other.join();
        pthread_mutex_destroy(&own);
    }
}

REVENANT_EXPLORE("a mutex in a block that is freed while it is held") {
    auto* const own = new std::mutex;
    own->lock();
    delete own;
}

REVENANT_EXPLORE("a mutex in a block that is freed while another thread may hold it") {
    struct Guarded {
        std::mutex mutex;
        int value = 0;
    };
    auto* const guarded = new Guarded;
    std::atomic<bool> is_held{false};
    std::thread other([&] {
        guarded->mutex.lock();
        is_held.store(true, std::memory_order_release);
    });
    if (is_held.load(std::memory_order_acquire)) delete guarded;
    other.join();
}

REVENANT_EXPLORE("a read-write lock in a block that is freed while it is shared") {
    auto* const own = new std::shared_mutex;
    own->lock_shared();
    operator delete(own, sizeof(std::shared_mutex));  // without its destructor, which would notice
}

REVENANT_EXPLORE("a mutex on the stack of a thread that ends and holds it") {
    const auto take = [](std::mutex& any) { any.lock(); };
    std::thread other([=] {
        std::mutex own;
        take(own);
    });
    other.join();
}

REVENANT_EXPLORE("a mutex in a block that is freed once it is free: right") {
    auto* const own = new std::mutex;
    std::thread other([=] { const std::lock_guard lock(*own); });
    other.join();
    delete own;
}

REVENANT_EXPLORE("delete of what malloc has allocated") {
    auto* const memory = static_cast<int*>(std::malloc(sizeof(int)));
    operator delete(memory);
}

REVENANT_EXPLORE("delete of what new[] has made") {
    auto* const memory = static_cast<int*>(operator new[](4 * sizeof(int)));
    operator delete(memory);
}

REVENANT_EXPLORE("delete of what new[] has made, and what fails behind") {
    operator delete(operator new[](8));
    std::atomic<int> count{0};
    std::thread other([&] { count = count + 1; });
    count = count + 1;
    other.join();
    REVENANT_ENSURE(count == 2);
}

REVENANT_EXPLORE("free of what new has made") {
    auto* const memory = static_cast<int*>(operator new(sizeof(int)));
    std::free(memory);
}

REVENANT_EXPLORE("each kind of memory freed as it was allocated: right") {
    std::free(std::realloc(std::calloc(1, 8), 64));
    std::free(std::aligned_alloc(64, 64));
    delete new int(1);
    delete[] new int[3];
    struct alignas(64) Aligned {
        int value[16];
    };
    delete new Aligned;
    delete[] new Aligned[2];
    operator delete(operator new(8, std::nothrow), std::nothrow);
}
