// The contract of the intrusive counters: one run over all of them, one over the split ones.
// The checks of a counter's range are in checks_test.cpp.
#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include <revenant/debug_platform.hpp>
#include <revenant/refcount/thread_safe_ref_count.hpp>
#include <revenant/refcount/weakable_ref_count.hpp>
#include <revenant/std_platform.hpp>

namespace revenant {
namespace {

/// Writes its end into `events`: D when the contents go, F when the memory does.
template <class P, class Check>
struct thread_safe_object : thread_safe_ref_count<thread_safe_object<P, Check>, P, Check> {
    static constexpr const char* log_name = "thread_safe_object";
    explicit thread_safe_object(std::string& log) : events(log) {}
    void destroy() {
        events += "DF";
        P::destroy(this);
    }
    [[nodiscard]] std::uint32_t strong_count() const { return this->count(); }
    std::string& events;
    std::array<int, 2> slots{};
};

template <class P, class Check>
struct weakable_object : weakable_ref_count<weakable_object<P, Check>, P, Check> {
    static constexpr const char* log_name = "weakable_object";
    explicit weakable_object(std::string& log) : events(log) {}
    void drop_contents() {
        events += 'D';
        whole = false;
    }
    void free_memory() {
        events += 'F';
        P::destroy(this);
    }
    std::string& events;
    std::array<int, 2> slots{};
    bool whole = true;
};

#define REVENANT_WEAKABLE_COUNTERS                                                        \
    weakable_object<std_platform, assert_check>, weakable_object<std_platform, no_check>, \
        weakable_object<debug_platform, assert_check>, weakable_object<debug_platform, no_check>
#define REVENANT_EVERY_COUNTER                                                                          \
    thread_safe_object<std_platform, assert_check>, thread_safe_object<std_platform, no_check>,         \
        thread_safe_object<debug_platform, assert_check>, thread_safe_object<debug_platform, no_check>, \
        REVENANT_WEAKABLE_COUNTERS

template <class T>
T* make(std::string& events) {
    return T::platform::template make<T>("object", events);
}

TEST_CASE_TEMPLATE("counter starts at 1, counts ref and deref, ends the object with the last", T,
                   REVENANT_EVERY_COUNTER) {
    std::string events;
    T* const object = make<T>(events);
    CHECK(object->strong_count() == 1);
    object->ref();
    object->ref();
    CHECK(object->strong_count() == 3);
    object->deref();
    CHECK(object->strong_count() == 2);
    object->deref();
    CHECK(object->strong_count() == 1);
    CHECK(events == "");
    object->deref();
    CHECK(events == "DF");
}

TEST_CASE_TEMPLATE("counter cannot be copied or moved", T, REVENANT_EVERY_COUNTER) {
    CHECK_FALSE(std::is_copy_constructible_v<T>);
    CHECK_FALSE(std::is_move_constructible_v<T>);
    CHECK_FALSE(std::is_copy_assignable_v<T>);
}

// ThreadSanitizer sees a release that does not publish, AddressSanitizer a use after the end.
TEST_CASE_TEMPLATE("counter ends the object once when two threads let go, after both used it", T,
                   REVENANT_EVERY_COUNTER) {
    for (int round = 0; round < 200; ++round) {
        std::string events;
        T* const object = make<T>(events);
        object->ref();
        const auto holder = [object](std::size_t slot) {
            object->ref();
            object->slots[slot] = 1;
            object->deref();
            object->deref();
        };
        std::thread other(holder, 0);
        holder(1);
        other.join();
        REQUIRE(events == "DF");
    }
}

TEST_CASE_TEMPLATE("a weak reference keeps the memory and not the contents", T, REVENANT_WEAKABLE_COUNTERS) {
    std::string events;
    T* const object = make<T>(events);
    CHECK(object->weak_count() == 1);  // the collective one
    object->weak_ref();
    CHECK(object->weak_count() == 2);
    CHECK(object->strong_count() == 1);
    object->deref();
    CHECK(events == "D");
    CHECK(object->strong_count() == 0);
    CHECK(object->weak_count() == 1);
    object->weak_deref();
    CHECK(events == "DF");
}

TEST_CASE_TEMPLATE("a weak reference that goes first ends nothing", T, REVENANT_WEAKABLE_COUNTERS) {
    std::string events;
    T* const object = make<T>(events);
    object->weak_ref();
    object->weak_deref();
    CHECK(events == "");
    CHECK(object->weak_count() == 1);
    object->deref();
    CHECK(events == "DF");
}

TEST_CASE_TEMPLATE("upgrade adds a strong reference to a live object and keeps the weak one", T,
                   REVENANT_WEAKABLE_COUNTERS) {
    std::string events;
    T* const object = make<T>(events);
    object->weak_ref();
    CHECK(object->upgrade());
    CHECK(object->strong_count() == 2);
    CHECK(object->weak_count() == 2);
    object->deref();
    object->deref();
    object->weak_deref();
    CHECK(events == "DF");
}

TEST_CASE_TEMPLATE("upgrade refuses, changing nothing, once the last strong reference is gone", T,
                   REVENANT_WEAKABLE_COUNTERS) {
    std::string events;
    T* const object = make<T>(events);
    object->weak_ref();
    object->deref();
    CHECK_FALSE(object->upgrade());
    CHECK_FALSE(object->upgrade());
    CHECK(object->strong_count() == 0);
    CHECK(object->weak_count() == 1);
    CHECK(events == "D");
    object->weak_deref();
    CHECK(events == "DF");
}

TEST_CASE_TEMPLATE("an upgrade that meets the last release gets a whole object or none", T,
                   REVENANT_WEAKABLE_COUNTERS) {
    constexpr int rounds = 5000;
    std::atomic<T*> handed{nullptr};
    std::atomic<int> finished{0};
    int found_broken = 0;
    std::thread finder([&] {
        for (int round = 0; round < rounds; ++round) {
            T* object = nullptr;
            while ((object = handed.exchange(nullptr)) == nullptr) std::this_thread::yield();
            if (object->upgrade()) {
                found_broken += object->whole ? 0 : 1;
                object->deref();
            }
            object->weak_deref();
            ++finished;
        }
    });
    int wrong_ends = 0;
    for (int round = 0; round < rounds; ++round) {
        std::string events;
        T* const object = make<T>(events);
        object->weak_ref();
        handed = object;
        for (volatile int delay = round % 256; delay > 0;) delay = delay - 1;
        object->deref();
        while (finished <= round) std::this_thread::yield();
        wrong_ends += events == "DF" ? 0 : 1;
    }
    finder.join();
    CHECK(found_broken == 0);
    CHECK(wrong_ends == 0);
}

}  // namespace
}  // namespace revenant
