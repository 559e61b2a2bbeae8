// paused_platform: std_platform, in which one release of a last reference waits, between its decrement and
// what comes of it, until it is told to go on. So an order of the registry's operations that happens once in
// a thousand runs happens in every run, on real threads; nothing is left to time.
//
// Thread-safety: all members from any thread. One pause a process: it is a program of one experiment.
// Memory: unless a sanitizer is to see it, what is destroyed keeps its block until the process ends, as an
// allocator may: what a dangling pointer finds there is then the same in every run.
#pragma once

#include <revenant/std_platform.hpp>

#include <condition_variable>
#include <mutex>
#include <set>
#include <source_location>
#include <utility>

namespace revenant::tunnel {

/// A flag that is set once and can be waited for.
class signal {
public:
    void set() {
        const std::lock_guard lock(mutex_);
        is_set_ = true;
        changed_.notify_all();
    }
    void wait() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return is_set_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_set_ = false;
};

struct pause {
    static signal& reached() { return of(0); }    ///< the count has gone 1→0
    static signal& go_on() { return of(1); }      ///< … and the releaser may act on it
    static signal& destroyed() { return of(2); }  ///< … and has done so

private:
    static signal& of(int which) {
        static signal signals[3];
        return signals[which];
    }
};

/// Whether a block keeps its memory; and a second destroy of it is counted instead of done.
struct kept_blocks {
    static constexpr bool enabled =
#if defined(__SANITIZE_ADDRESS__)
        false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
        false;
#else
        true;
#endif
#else
        true;
#endif
    /// False if it was destroyed before.
    static bool destroys(const void* block) {
        static std::mutex mutex;
        static std::set<const void*> blocks;
        const std::lock_guard lock(mutex);
        return blocks.insert(block).second;
    }
};

struct paused_platform : std_platform {
    using source = std::source_location;

    template <class T>
    class atomic : public std_platform::atomic<T> {
    public:
        constexpr explicit atomic(T initial, cell_name name = {}) noexcept
            : std_platform::atomic<T>(initial, name), is_strong_(name.role == cell_role::strong_count) {}

        T fetch_sub(T v, std::memory_order o, source where = source::current()) {
            const T old = std_platform::atomic<T>::fetch_sub(v, o, where);
            if (is_strong_ && old == 1 && !paused().exchange(true, std::memory_order_relaxed)) {
                pause::reached().set();
                pause::go_on().wait();
            }
            return old;
        }

    private:
        bool is_strong_;
    };

    template <class T>
    static void destroy(T* object, source = source::current()) noexcept {
        if constexpr (!kept_blocks::enabled) {
            delete object;
        } else if (kept_blocks::destroys(object)) {
            object->~T();
        }
    }

private:
    // Order: relaxed. Partner: none; only who comes first matters. Crosses: nothing. Weaker: there is none.
    static std::atomic<bool>& paused() {
        static std::atomic<bool> flag{false};
        return flag;
    }
};

static_assert(Platform<paused_platform>);

}  // namespace revenant::tunnel
