// std_platform: the production model of Platform. Names, roles and source lines vanish; what is left
// is std::atomic, std::mutex, a plain T, new and delete, of the same size and layout.
//
// Ordering: exactly that of the std member of the same name.
// Errors: a failed check prints one line on stderr and aborts; it is on in every build.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <thread>
#include <type_traits>
#include <utility>

#include <revenant/platform.hpp>
#include <revenant/std_sync.hpp>

namespace revenant {

struct std_platform {
    using source = std::source_location;

    template <class T>
    class atomic {
    public:
        constexpr explicit atomic(T initial, cell_name = {}) noexcept : value_(initial) {}

        T load(std::memory_order o, source = source::current()) const noexcept { return value_.load(o); }
        void store(T v, std::memory_order o, source = source::current()) noexcept { value_.store(v, o); }
        T exchange(T v, std::memory_order o, source = source::current()) noexcept {
            return value_.exchange(v, o);
        }
        T fetch_add(T v, std::memory_order o, source = source::current()) noexcept {
            return value_.fetch_add(v, o);
        }
        T fetch_sub(T v, std::memory_order o, source = source::current()) noexcept {
            return value_.fetch_sub(v, o);
        }
        bool compare_exchange_strong(T& expected, T desired, std::memory_order success,
                                     std::memory_order failure, source = source::current()) noexcept {
            return value_.compare_exchange_strong(expected, desired, success, failure);
        }
        bool compare_exchange_weak(T& expected, T desired, std::memory_order success,
                                   std::memory_order failure, source = source::current()) noexcept {
            return value_.compare_exchange_weak(expected, desired, success, failure);
        }

    private:
        std::atomic<T> value_;
    };

    /// Plain shared data. In production it is a T, so that a sanitizer sees the real access.
    template <class T>
    class var {
    public:
        constexpr explicit var(T initial, cell_name = {}) noexcept : value_(std::move(initial)) {}
        const T& get(source = source::current()) const noexcept { return value_; }
        void set(T v, source = source::current()) noexcept { value_ = std::move(v); }

    private:
        T value_;
    };

    /// Stands for plain data that no instrumented world can wrap, such as a standard container:
    /// its owner says when it reads and when it writes. Empty in production.
    struct plain_data {
        constexpr explicit plain_data(cell_name = {}) noexcept {}
        void reading(source = source::current()) const noexcept {}
        void writing(source = source::current()) noexcept {}
    };

    using mutex = std_sync::mutex;
    using recursive_mutex = std_sync::recursive_mutex;
    using shared_mutex = std_sync::shared_mutex;
    using condition_variable = std_sync::condition_variable;
    using once_flag = std_sync::once_flag;

    template <class Act>
    static void call_once(once_flag& flag, Act&& act, source = source::current()) {
        flag.call_once(std::forward<Act>(act));
    }
    /// A small number, the thread's own.
    [[nodiscard]] static unsigned this_thread_id() noexcept { return std_sync::this_thread_id(); }

    /// Allocates and constructs. An instrumented world uses the label to name the object in a trace.
    template <class T, class... Args>
    [[nodiscard]] static T* make(object_label, Args&&... args) {
        return new T(std::forward<Args>(args)...);
    }
    template <class T>
    static void destroy(T* object, source = source::current()) noexcept {
        delete object;
    }

    static void fence(std::memory_order o, source = source::current()) noexcept {
        std::atomic_thread_fence(o);
    }

    /// A round of a waiting loop has found nothing to go on with: another thread has to act first. The
    /// loop must have no way out but what it reads: the model world does not explore rounds that repeat.
    static void yield(source = source::current()) noexcept { std::this_thread::yield(); }

    static void check(bool ok, check_kind, const char* what, source where = source::current()) noexcept {
        if (!ok) [[unlikely]]
            fail(what, where);
    }

    [[noreturn]] static void fail(const char* what, source where) noexcept {
        std::fprintf(stderr, "revenant: check failed: %s, at %s:%u\n", what, where.file_name(),
                     static_cast<unsigned>(where.line()));
        std::abort();
    }

    /// A held reference that nobody tracks. See debug_platform for the one that is.
    struct reference_ticket {
        void acquired(const void*, const char*, source) noexcept {}
        void released() noexcept {}
    };

    /// The scoped debug log: nothing here. See debug_platform.
    static constexpr bool logging = false;
    template <class T, class... Args>
    static void log(const T&, const char*, Args...) noexcept {}
};

static_assert(Platform<std_platform>);
static_assert(sizeof(std_platform::atomic<std::uint32_t>) == sizeof(std::atomic<std::uint32_t>));
static_assert(alignof(std_platform::atomic<std::uint32_t>) == alignof(std::atomic<std::uint32_t>));
static_assert(std::is_standard_layout_v<std_platform::atomic<std::uint32_t>>);
static_assert(sizeof(std_platform::atomic<void*>) == sizeof(std::atomic<void*>));
static_assert(sizeof(std_platform::var<int>) == sizeof(int));
static_assert(alignof(std_platform::var<int>) == alignof(int));
static_assert(std::is_empty_v<std_platform::plain_data>);
static_assert(std::is_empty_v<std_platform::reference_ticket>);

}  // namespace revenant
