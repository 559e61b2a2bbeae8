// Between a thread's decrement and its next line the object may be gone. Here another holder finishes
// at exactly that point, on one thread, so that a sanitizer sees every touch: UBSan an invalid vptr, ASan
// the freed memory.
#include <doctest/doctest.h>

#include <functional>
#include <utility>

#include <revenant/debug_platform.hpp>
#include <revenant/refcount/thread_safe_ref_count.hpp>
#include <revenant/refcount/weakable_ref_count.hpp>

namespace revenant {
namespace {

std::function<void()> after_decrement;  // runs once, right after the next fetch_sub

/// Logging, so that the argument of each log line is formed as in a debug build.
struct interrupted_platform : debug_platform {
    template <class T>
    class atomic : public debug_platform::atomic<T> {
    public:
        using debug_platform::atomic<T>::atomic;
        T fetch_sub(T v, std::memory_order o, source where = source::current()) {
            const T old = debug_platform::atomic<T>::fetch_sub(v, o, where);
            if (const auto now = std::exchange(after_decrement, nullptr)) now();
            return old;
        }
    };
};

int destroyed = 0;

struct thread_safe : thread_safe_ref_count<thread_safe, interrupted_platform> {
    virtual ~thread_safe() { ++destroyed; }
    void destroy() { delete this; }
};

struct weakable : weakable_ref_count<weakable, interrupted_platform> {
    virtual ~weakable() { ++destroyed; }
    void drop_contents() {}
    void free_memory() { delete this; }
};

}  // namespace

TEST_CASE_TEMPLATE("a holder that was not the last does not touch the object after its own decrement", T,
                   thread_safe, weakable) {
    destroyed = 0;
    auto* const object = new T;
    object->ref();
    after_decrement = [&] { object->deref(); };
    object->deref();
    CHECK(destroyed == 1);
}

TEST_CASE("a weak holder that was not the last does not either") {
    destroyed = 0;
    auto* const object = new weakable;
    object->weak_ref();
    after_decrement = [&] { object->deref(); };
    object->weak_deref();
    CHECK(destroyed == 1);
}

}  // namespace revenant
