// Locks of every kind. WRONG ON PURPOSE: all but those whose names say that they are right. Some say `may …`:
// what they deny is something that can be, and must be found.
#include <pthread.h>

#include <atomic>
#include <bit>
#include <chrono>
#include <mutex>
#include <revenant/explore.hpp>
#include <shared_mutex>
#include <thread>
#if __has_include(<stop_token>)
#include <stop_token>
#endif

using namespace std::chrono_literals;

REVENANT_EXPLORE("shared_mutex: right") {
    std::shared_mutex mutex;
    int data = 0;
    std::thread writer([&] {
        const std::lock_guard guard(mutex);
        data = 1;
    });
    std::thread reader([&] {
        const std::shared_lock guard(mutex);
        REVENANT_ENSURE(data == 0 || data == 1);
    });
    {
        const std::shared_lock guard(mutex);
        REVENANT_ENSURE(data == 0 || data == 1);
    }
    writer.join();
    reader.join();
}

REVENANT_EXPLORE("shared_mutex, written by a reader") {
    std::shared_mutex mutex;
    int data = 0;
    const auto write = [&] {
        const std::shared_lock guard(mutex);
        ++data;
    };
    std::thread other(write);
    write();
    other.join();
}

REVENANT_EXPLORE("shared_mutex, readers may be there at once") {
    std::shared_mutex mutex;
    std::atomic<int> inside{0};
    const auto read = [&] {
        const std::shared_lock guard(mutex);
        REVENANT_ENSURE(++inside == 1);
        --inside;
    };
    std::thread other(read);
    read();
    other.join();
}

REVENANT_EXPLORE("shared_mutex, readers that wait for each other: right") {
    std::shared_mutex mutex;
    std::atomic<int> inside{0};
    const auto read = [&] {
        const std::shared_lock guard(mutex);
        ++inside;
        while (inside != 2) {
        }
    };
    std::thread other(read);
    read();
    other.join();
}

REVENANT_EXPLORE("shared_mutex, try_lock may fail") {
    std::shared_mutex mutex;
    std::thread other([&] { const std::shared_lock guard(mutex); });
    REVENANT_ENSURE(mutex.try_lock());
    mutex.unlock();
    other.join();
}

REVENANT_EXPLORE("shared_mutex, two upgrades") {
    std::shared_mutex a;
    std::shared_mutex b;
    std::thread other([&] {
        const std::shared_lock first(b);
        const std::lock_guard second(a);
    });
    {
        const std::shared_lock first(a);
        const std::lock_guard second(b);
    }
    other.join();
}

REVENANT_EXPLORE("timed_mutex, may be out of time") {
    std::timed_mutex mutex;
    std::thread other([&] { const std::lock_guard guard(mutex); });
    REVENANT_ENSURE(mutex.try_lock_for(10ms));
    mutex.unlock();
    other.join();
}

REVENANT_EXPLORE("timed_mutex: right") {
    std::timed_mutex mutex;
    int data = 0;
    const auto add = [&] {
        if (!mutex.try_lock_for(10ms)) return;
        ++data;
        mutex.unlock();
    };
    std::thread other(add);
    add();
    other.join();
    REVENANT_ENSURE(data == 1 || data == 2);
}

REVENANT_EXPLORE("recursive_mutex: right") {
    std::recursive_mutex mutex;
    int data = 0;
    const auto add = [&] {
        const std::lock_guard outer(mutex);
        const std::lock_guard inner(mutex);
        ++data;
    };
    std::thread other(add);
    add();
    other.join();
    REVENANT_ENSURE(data == 2);
}

REVENANT_EXPLORE("scoped_lock of two, in two orders: right") {
    std::mutex a;
    std::mutex b;
    int data = 0;
    std::thread other([&] {
        const std::scoped_lock guard(b, a);
        ++data;
    });
    {
        const std::scoped_lock guard(a, b);
        ++data;
    }
    other.join();
    REVENANT_ENSURE(data == 2);
}

REVENANT_EXPLORE("two mutexes, given back when the other is taken: right") {
    std::mutex a;
    std::mutex b;
    const auto take_both = [](std::mutex& first, std::mutex& second) {
        while (true) {
            first.lock();
            if (second.try_lock()) break;
            first.unlock();
        }
        second.unlock();
        first.unlock();
    };
    std::thread other([&] { take_both(b, a); });
    take_both(a, b);
    other.join();
}

REVENANT_EXPLORE("three tries may fail while another thread goes round") {
    std::mutex a;
    std::mutex b;
    std::thread other([&] {
        while (true) {
            a.lock();
            if (b.try_lock()) break;
            a.unlock();
        }
        b.unlock();
        a.unlock();
    });
    int failed = 0;
    for (int i = 0; i < 3; ++i) {
        const std::lock_guard guard(b);
        if (!a.try_lock()) {
            ++failed;
        } else {
            a.unlock();
        }
    }
    other.join();
    REVENANT_ENSURE(failed < 3);
}

REVENANT_EXPLORE("a mutex that is tried for until it is free: right") {
    std::mutex mutex;
    int data = 0;
    const auto add = [&] {
        while (!mutex.try_lock()) std::this_thread::yield();
        ++data;
        mutex.unlock();
    };
    std::thread other(add);
    add();
    other.join();
    REVENANT_ENSURE(data == 2);
}

REVENANT_EXPLORE("a mutex that is tried for while another thread reads: right") {
    std::mutex mutex;
    std::atomic<bool> is_done{false};
    std::thread other([&] {
        {
            const std::lock_guard guard(mutex);
            static_cast<void>(is_done.load());
        }
        while (!is_done) {
        }
    });
    while (!mutex.try_lock()) {
    }
    mutex.unlock();
    is_done = true;
    other.join();
}

REVENANT_EXPLORE("a flag that is polled under a mutex: right") {
    std::mutex mutex;
    bool ready = false;
    std::thread other([&] {
        const std::lock_guard guard(mutex);
        ready = true;
    });
    while (true) {
        const std::lock_guard guard(mutex);
        if (ready) break;
    }
    other.join();
}

REVENANT_EXPLORE("a flag under a mutex that nobody sets") {
    std::mutex mutex;
    bool ready = false;
    std::thread other([&] {
        while (true) {
            const std::lock_guard guard(mutex);
            if (ready) break;
        }
    });
    other.join();
}

REVENANT_EXPLORE("a mutex that another thread unlocks") {
    std::mutex mutex;
    mutex.lock();
    std::thread other([&] { mutex.unlock(); });
    other.join();
}

REVENANT_EXPLORE("a mutex that is destroyed while it is held") {
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&mutex);
    pthread_mutex_destroy(&mutex);
}

REVENANT_EXPLORE("a mutex that is freed while another thread waits") {
    auto* const mutex = new std::mutex;
    mutex->lock();
    std::thread other([=] { const std::lock_guard guard(*mutex); });
    mutex->unlock();
    delete mutex;
    other.join();
}

REVENANT_EXPLORE("pthread_exit gives back what the stack holds: right") {
    std::mutex mutex;
    std::thread other([&] {
        const std::lock_guard guard(mutex);
        pthread_exit(nullptr);
    });
    other.join();
    const std::lock_guard guard(mutex);
}

// What a destructor does last is called from where the destructor was.
REVENANT_EXPLORE("a read-write lock that the destructor of a key gives back: right") {
    static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
    static pthread_key_t key = 0;
    pthread_key_create(&key, std::bit_cast<void (*)(void*)>(&pthread_rwlock_unlock));
    std::thread other([] {
        pthread_rwlock_wrlock(&lock);
        pthread_setspecific(key, &lock);
    });
    other.join();
    pthread_rwlock_wrlock(&lock);
    pthread_rwlock_unlock(&lock);
}

// libc++ 14 has none yet, libc++ 19 with -fexperimental-library.
#if !defined(_LIBCPP_VERSION) || defined(_LIBCPP_ENABLE_EXPERIMENTAL)
REVENANT_EXPLORE("jthread and stop_token: right") {
    std::atomic<bool> stopped{false};
    {
        const std::jthread other([&](const std::stop_token& stop) {
            while (!stop.stop_requested()) std::this_thread::yield();
            stopped = true;
        });
    }
    REVENANT_ENSURE(stopped);
}
#endif
