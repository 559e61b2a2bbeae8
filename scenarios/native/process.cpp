// What a program has before main, and shares with libc. WRONG ON PURPOSE: all but those whose names say that
// they are right.
#include <pthread.h>
#include <semaphore.h>
#include <threads.h>

#include <atomic>
#undef NDEBUG
#include <cassert>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <new>
#include <revenant/explore.hpp>
#include <string>
#include <thread>
#include <vector>

namespace {

struct Before {
    Before() {
        sem_init(&two, 0, 2);
        pthread_barrier_init(&barrier, nullptr, 2);
        pthread_key_create(&key, nullptr);
        pthread_setspecific(key, &two);
    }
    sem_t two{};
    pthread_barrier_t barrier{};
    pthread_key_t key{};
};
Before before;
auto* const allocated = new int(1);
std::vector<int> grown{1, 2, 3};
int variable = 0;
int* volatile escaped = nullptr;

}  // namespace

REVENANT_EXPLORE("a semaphore from before main: right") {
    REVENANT_ENSURE(sem_trywait(&before.two) == 0);
    REVENANT_ENSURE(sem_trywait(&before.two) == 0);
    REVENANT_ENSURE(sem_trywait(&before.two) != 0);
}

REVENANT_EXPLORE("a barrier from before main: right") {
    std::thread other([] { pthread_barrier_wait(&before.barrier); });
    pthread_barrier_wait(&before.barrier);
    other.join();
}

REVENANT_EXPLORE("a key from before main: right") {
    REVENANT_ENSURE(pthread_getspecific(before.key) == &before.two);
    pthread_setspecific(before.key, nullptr);
    std::thread other([] { REVENANT_ENSURE(pthread_getspecific(before.key) == nullptr); });
    other.join();
}

REVENANT_EXPLORE("memory from before main begins anew: right") {
    std::thread other([] { REVENANT_ENSURE(++variable == 1); });
    other.join();
    REVENANT_ENSURE(grown.size() == 3);
    grown.push_back(4);
    grown.resize(1000);
    delete allocated;
}

REVENANT_EXPLORE("memory from before main, freed twice") {
    std::thread other([] { delete allocated; });
    other.join();
    delete allocated;
}

REVENANT_EXPLORE("memory that was never allocated is freed") {
    escaped = &variable;
    std::free(escaped);
}

REVENANT_EXPLORE("what is printed and what is allocated: right") {
    const auto say = [] {
        const std::string words(100, 'x');
        std::printf("%s\n", words.c_str());
        const std::vector<char> block(4096, 'y');
        std::printf("%s\n", words.c_str());
        for (const char c : block) REVENANT_ENSURE(c == 'y');
    };
    std::thread other(say);
    say();
    other.join();
}

REVENANT_EXPLORE("memory that libc allocates: right") {
    char* path = ::realpath("/", nullptr);
    REVENANT_ENSURE(path != nullptr && std::strcmp(path, "/") == 0);
    path = static_cast<char*>(std::realloc(path, 100));
    std::strcpy(path, "longer than it was");
    std::free(path);
}

REVENANT_EXPLORE("a string that is copied while it is written") {
    char text[8] = "one";
    std::thread other([&] { std::strcpy(text, "two"); });
    char* const copy = strdup(text);
    REVENANT_ENSURE(copy[0] == 'o' || copy[0] == 't');
    std::free(copy);
    other.join();
}

REVENANT_EXPLORE("random numbers are the same each time: right") {
    const auto first = std::rand();
    std::thread other([=] { REVENANT_ENSURE(std::rand() == first); });  // a sequence for each thread
    REVENANT_ENSURE(std::rand() != first);
    other.join();
}

namespace {

/// A thread goes round until it is told to stop, and does not come to the end of what it looks at. It may.
template <class Ends>
void go_round_until(Ends ends) {
    std::atomic<bool> told{false};
    std::thread other([&] {
        while (!told) REVENANT_ENSURE(!ends());
    });
    told = true;
    other.join();
}

struct Stream {
    char text[4] = "aaa";
    std::FILE* file = ::fmemopen(text, 3, "r");
    Stream() = default;
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream() { std::fclose(file); }
};

}  // namespace

REVENANT_EXPLORE("a loop that reads equal bytes, and their end") {
    const Stream stream;
    go_round_until([&] {
        char read = 0;
        return std::fread(&read, 1, 1, stream.file) == 0;
    });
}

REVENANT_EXPLORE("a loop that reads equal characters, and their end") {
    const Stream stream;
    go_round_until([&] { return std::getc(stream.file) == EOF; });
}

REVENANT_EXPLORE("a loop that draws numbers from a seed of its own") {
    unsigned seed = 1;
    go_round_until([&] { return rand_r(&seed) % 4 == 0; });
}

REVENANT_EXPLORE("a plain flag that is polled") {
    volatile bool ready = false;
    std::thread other([&] { ready = true; });
    while (!ready) {
    }
    other.join();
}

REVENANT_EXPLORE("large variables on the stack: right") {
    volatile char large[1 << 20];
    constexpr std::size_t page = 4096;
    for (std::size_t i = 0; i < sizeof large; i += page) large[i] = 1;
    std::thread other([] {
        volatile char as_large[1 << 20];
        as_large[0] = 1;
        as_large[sizeof as_large - 1] = 1;
    });
    other.join();
    for (std::size_t i = 0; i < sizeof large; i += page) REVENANT_ENSURE(large[i] == 1);
}

REVENANT_EXPLORE("exit, and what another thread may have done before it") {
    static std::atomic<int> value{0};
    std::thread([] { REVENANT_ENSURE(value.load() == 0); }).detach();
    value = 1;
    std::exit(0);
}

REVENANT_EXPLORE("exit by who has the mutex, or a failure of who gets it first") {
    static std::mutex mutex;
    std::thread ends([] {
        mutex.lock();
        std::exit(0);
    });
    std::thread([] {
        mutex.lock();
        REVENANT_ENSURE(!"it was first");
    }).detach();
    ends.join();
}

REVENANT_EXPLORE("exit, while others wait, go round and hold memory: right") {
    static std::atomic<int> value{0};
    static std::mutex mutex;
    mutex.lock();
    std::thread([] { mutex.lock(); }).detach();
    std::thread([] {
        while (value == 0) {
        }
    }).detach();
    escaped = new int(1);
    escaped = nullptr;
    std::exit(0);
}

namespace {
alignas(std::thread) unsigned char room[sizeof(std::thread)];
thrd_t own_handle;
}  // namespace

REVENANT_EXPLORE("a thread that reads its own handle: right") {
    auto* const thread = reinterpret_cast<std::thread*>(room);
    new (room) std::thread([thread] { REVENANT_ENSURE(thread->get_id() == std::this_thread::get_id()); });
    thread->join();
}

REVENANT_EXPLORE("a thread of C's that reads its own handle: right") {
    const auto compare = [](void*) { return thrd_equal(own_handle, thrd_current()); };
    thrd_create(&own_handle, compare, nullptr);
    int is_equal = 0;
    thrd_join(own_handle, &is_equal);
    REVENANT_ENSURE(is_equal != 0);
}

REVENANT_EXPLORE("what is joined is no thread") { pthread_join(pthread_t{}, nullptr); }

REVENANT_EXPLORE("an assertion that fails behind the last step") {
    static std::atomic<int> value{1};
    const int twice = 2 * value++;
    assert(twice == 1);
}
