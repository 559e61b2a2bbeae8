// Orders, races and lives. WRONG ON PURPOSE: all but those whose names say that they are right.
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <revenant/explore.hpp>
#include <stdexcept>
#include <thread>
#include <vector>

namespace {

int* volatile nowhere = nullptr;  // volatile: or a compiler leaves out what nobody uses
int global = 0;

}  // namespace

REVENANT_EXPLORE("lost update") {
    std::atomic<int> count{0};
    const auto add = [&] { count.store(count.load() + 1); };
    std::thread other(add);
    add();
    other.join();
    REVENANT_ENSURE(count == 2);
}

REVENANT_EXPLORE("fetch_add: right") {
    std::atomic<int> count{0};
    std::thread other([&] { count.fetch_add(1, std::memory_order_relaxed); });
    count.fetch_add(1, std::memory_order_relaxed);
    other.join();
    REVENANT_ENSURE(count == 2);
}

REVENANT_EXPLORE("additions whose results nobody uses order nothing") {
    std::atomic<int> count{0};
    int data = 0;
    std::thread other([&] {
        data = 1;
        count.fetch_add(1, std::memory_order_acq_rel);
    });
    count.fetch_add(1, std::memory_order_acq_rel);
    REVENANT_ENSURE(data <= 1);
    other.join();
}

REVENANT_EXPLORE("one of two additions that acquire and release comes after the other: right") {
    std::atomic<int> mine{0};
    std::atomic<int> others{0};
    std::atomic<int> count{0};
    int seen_by_other = 0;
    std::thread other([&] {
        others.store(1, std::memory_order_relaxed);
        count.fetch_add(1, std::memory_order_acq_rel);
        seen_by_other = mine.load(std::memory_order_relaxed);
    });
    mine.store(1, std::memory_order_relaxed);
    count.fetch_add(1, std::memory_order_acq_rel);
    const int seen = others.load(std::memory_order_relaxed);
    other.join();
    REVENANT_ENSURE(seen == 1 || seen_by_other == 1);
}

REVENANT_EXPLORE("an addition comes after one that it is behind by a flag: right") {
    std::atomic<bool> is_added{false};
    std::atomic<int> count{0};
    int data = 0;
    std::thread other([&] {
        data = 1;
        ++count;
        is_added.store(true, std::memory_order_relaxed);
    });
    if (is_added.load(std::memory_order_relaxed)) {
        --count;
        data = 2;
    }
    other.join();
}

REVENANT_EXPLORE("a fence behind an addition acquires for it: right") {
    std::atomic<bool> is_added{false};
    std::atomic<int> count{0};
    int data = 0;
    std::thread other([&] {
        data = 1;
        count.fetch_add(1, std::memory_order_release);
        is_added.store(true, std::memory_order_relaxed);
    });
    if (is_added.load(std::memory_order_relaxed)) {
        count.fetch_add(1, std::memory_order_relaxed);
        std::atomic_thread_fence(std::memory_order_acquire);
        data = 2;
    }
    other.join();
}

REVENANT_EXPLORE("a failure beside counters that everybody adds to in order") {
    std::atomic<int> number{0};
    std::atomic<int> count{0};
    std::vector<std::thread> all;
    const auto add = [&] {
        for (int i = 0; i < 4; ++i) ++count;
    };
    all.emplace_back([&] {
        for (int i = 1; i <= 3; ++i) number.store(i, std::memory_order_relaxed);
        add();
    });
    all.emplace_back([&] {
        const bool sees_all = number.load(std::memory_order_relaxed) == 1 &&
                              number.load(std::memory_order_relaxed) == 2 &&
                              number.load(std::memory_order_relaxed) == 3;
        REVENANT_ENSURE(!sees_all);
        add();
    });
    for (int i = 0; i < 4; ++i) all.emplace_back(add);
    for (auto& one : all) one.join();
}

REVENANT_EXPLORE("a weak exchange may fail for no reason, and be counted") {
    std::atomic<int> number{0};
    int failures = 0;
    for (int expected = 0; !number.compare_exchange_weak(expected, 1); expected = 0) ++failures;
    REVENANT_ENSURE(failures == 0);
}

REVENANT_EXPLORE("plain data race") {
    int count = 0;
    std::thread other([&] { ++count; });
    ++count;
    other.join();
}

REVENANT_EXPLORE("published by a relaxed store") {
    std::atomic<int*> published{nullptr};
    int data = 0;
    std::thread other([&] {
        if (auto* const found = published.load(std::memory_order_acquire)) REVENANT_ENSURE(*found == 1);
    });
    data = 1;
    published.store(&data, std::memory_order_relaxed);
    other.join();
}

REVENANT_EXPLORE("published by a release: right") {
    std::atomic<int*> published{nullptr};
    int data = 0;
    std::thread other([&] {
        if (auto* const found = published.load(std::memory_order_acquire)) REVENANT_ENSURE(*found == 1);
    });
    data = 1;
    published.store(&data, std::memory_order_release);
    other.join();
}

REVENANT_EXPLORE("two flags, relaxed") {  // both may read 0: a load overtakes a store
    std::atomic<int> a{0};
    std::atomic<int> b{0};
    int seen_a = 1;
    std::thread other([&] {
        b.store(1, std::memory_order_relaxed);
        seen_a = a.load(std::memory_order_relaxed);
    });
    a.store(1, std::memory_order_relaxed);
    const int seen_b = b.load(std::memory_order_relaxed);
    other.join();
    REVENANT_ENSURE(seen_a + seen_b > 0);
}

REVENANT_EXPLORE("two flags, sequentially consistent: right") {
    std::atomic<int> a{0};
    std::atomic<int> b{0};
    int seen_a = 1;
    std::thread other([&] {
        b.store(1);
        seen_a = a.load();
    });
    a.store(1);
    const int seen_b = b.load();
    other.join();
    REVENANT_ENSURE(seen_a + seen_b > 0);
}

REVENANT_EXPLORE("leak") {
    std::thread other([] {
        nowhere = new int(1);
        nowhere = nullptr;
    });
    other.join();
}

namespace {

struct Link {
    std::uint16_t index;
    std::uint16_t tag;
};

}  // namespace

// As the nodes of a free list are, whose link lies in the place of what they hold otherwise.
REVENANT_EXPLORE("an atomic of which half is written plainly, and then loaded: right") {
    std::atomic<Link> atomic(Link{1, 2});
    std::thread other([&] { atomic.store(Link{3, 4}); });
    other.join();
    reinterpret_cast<Link*>(&atomic)->index = 5;
    const auto link = atomic.load();
    REVENANT_ENSURE(link.index == 5 && link.tag == 4);
}

REVENANT_EXPLORE("a field of a local variable that two threads write") {
    struct {
        int first = 0;
        int second = 0;
    } both;
    std::thread other([&] { both.second = 1; });
    both.second = 2;
    other.join();
}

REVENANT_EXPLORE("double free") {
    auto* const data = new int(1);
    std::thread other([=] { delete data; });
    delete data;
    other.join();
}

REVENANT_EXPLORE("null pointer") {
    std::thread other([] { *nowhere = 1; });
    other.join();
}

REVENANT_EXPLORE("exception that nobody catches") {
    std::thread other([] { throw std::runtime_error("nobody"); });
    other.join();
}

REVENANT_EXPLORE("abort") {
    std::thread other([] { std::abort(); });
    other.join();
}

REVENANT_EXPLORE("memory that nobody can have, and memory that moves: right") {
    const volatile auto more_than_all = ~std::size_t{0} - 1;
    const volatile std::size_t three = 3;
    void* made = &global;
    void* volatile kept =
        std::malloc(more_than_all);  // or a compiler takes it for a success, and leaves it out
    REVENANT_ENSURE(kept == nullptr);
    kept = std::calloc(more_than_all, 1);
    REVENANT_ENSURE(kept == nullptr);
    REVENANT_ENSURE(::posix_memalign(&made, three, 8) == EINVAL && made == &global);
    kept = ::aligned_alloc(three, 8);
    REVENANT_ENSURE(kept == nullptr);
    bool is_refused = false;
    try {
        kept = ::operator new(more_than_all);
    } catch (const std::bad_alloc&) {
        is_refused = true;
    }
    REVENANT_ENSURE(is_refused);
    kept = ::operator new(more_than_all, std::nothrow);
    REVENANT_ENSURE(kept == nullptr);
    auto* numbers = static_cast<int*>(::reallocarray(nullptr, 2, sizeof(int)));
    numbers[1] = 7;
    std::thread other([&] { numbers = static_cast<int*>(::reallocarray(numbers, 100, sizeof(int))); });
    other.join();
    kept = ::reallocarray(numbers, more_than_all, 2);
    REVENANT_ENSURE(kept == nullptr && numbers[1] == 7);
    kept = std::realloc(numbers, more_than_all);
    REVENANT_ENSURE(kept == nullptr && numbers[1] == 7);
    std::free(numbers);
}

REVENANT_EXPLORE("variables begin anew: right") {
    static thread_local int own = 1;
    std::thread other([] { REVENANT_ENSURE(++own == 2); });
    REVENANT_ENSURE(++own == 2);
    other.join();
    REVENANT_ENSURE(++global == 1);
}

// As variables of two functions lie in one place of a stack, one after the other.
REVENANT_EXPLORE("bytes that were an atomic of another size once: right") {
    alignas(8) static unsigned char bytes[8] = {};
    auto* const whole = reinterpret_cast<std::uint64_t*>(bytes);
    std::thread first([&] { __atomic_store_n(whole, 1, __ATOMIC_RELAXED); });
    first.join();
    __atomic_store_n(&bytes[1], static_cast<unsigned char>(2), __ATOMIC_RELAXED);
    unsigned char seen = 0;
    std::thread second([&] { __atomic_store_n(&bytes[1], static_cast<unsigned char>(3), __ATOMIC_RELAXED); });
    seen = __atomic_load_n(&bytes[1], __ATOMIC_RELAXED);
    second.join();
    REVENANT_ENSURE(seen == 2 || seen == 3);
    REVENANT_ENSURE(__atomic_load_n(whole, __ATOMIC_RELAXED) == 0x301);
}

REVENANT_EXPLORE("bytes that were an atomic of another size, and are read in no order with that") {
    alignas(8) static unsigned char bytes[8] = {};
    auto* const whole = reinterpret_cast<std::uint64_t*>(bytes);
    std::atomic<bool> is_over{false};
    unsigned char seen = 0;
    std::thread other([&] {
        if (is_over.load(std::memory_order_relaxed)) seen = bytes[5];
    });
    std::thread first([&] { __atomic_store_n(whole, 1, __ATOMIC_RELAXED); });
    first.join();
    __atomic_store_n(&bytes[0], static_cast<unsigned char>(2), __ATOMIC_RELAXED);
    is_over.store(true, std::memory_order_relaxed);
    other.join();
    REVENANT_ENSURE(seen == 0);
}

REVENANT_EXPLORE("two threads that make fences between stores of their own: right") {
    std::array<std::atomic<int>, 2> own{};
    const auto store = [&](std::size_t thread) {
        for (int i = 0; i < 3; ++i) {
            own[thread].store(i);
            std::atomic_thread_fence(std::memory_order_seq_cst);
        }
    };
    std::thread other([&] { store(1); });
    store(0);
    other.join();
}
