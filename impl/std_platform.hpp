// std_platform: the production model of Platform. Names, roles and source lines vanish; what is left
// is std::atomic, std::mutex, a plain T, new and delete, of the same size and layout.
//
// Ordering: exactly that of the std member of the same name.
// Errors: a failed check prints one line on stderr and aborts; it is on in every build.
#pragma once

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>

#include <revenant/cells/moments.hpp>
#include <revenant/cells/std_atomic.hpp>
#include <revenant/cells/std_variable.hpp>
#include <revenant/platform.hpp>
#include <revenant/std_sync.hpp>

namespace revenant {

struct std_platform : untold_moments {
    using source = std::source_location;

    template <class T>
    using atomic = basic_atomic<std_atomic_core<T>>;
    using atomic_flag = basic_atomic_flag<std_atomic_core<bool>>;
    template <class T>
    using strong_count = counting<atomic<T>, cell_role::strong_count>;
    template <class T>
    using weak_count = counting<atomic<T>, cell_role::weak_count>;

    template <class T>
    using var = basic_var<std_var_core<T>>;
    template <class T>
    using guarded = revenant::guarded<std_platform, T>;
    template <class T>
    using allocator = std_allocator<T>;

    /// Stands for plain data that no instrumented world can wrap: its owner says when it reads and when it
    /// writes. `guarded` does so by itself. Empty in production.
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
    using latch = std_sync::latch;

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

    /// A rule of a scenario, a sentence without its full stop, which holds here. As a check.
    static void require(bool holds, const char* rule, source where = source::current()) noexcept {
        check(holds, check_kind::assertion, rule, where);
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
template <class Ours, class Std>
inline constexpr bool is_laid_out_as = sizeof(Ours) == sizeof(Std) &&
                                       alignof(Ours) == alignof(Std) && std::is_standard_layout_v<Ours>;
template <class T>
inline constexpr bool atomic_is_laid_out_as_std = is_laid_out_as<std_platform::atomic<T>, std::atomic<T>>;
static_assert(atomic_is_laid_out_as_std<bool> && atomic_is_laid_out_as_std<std::uint8_t>);
static_assert(atomic_is_laid_out_as_std<std::int16_t> && atomic_is_laid_out_as_std<std::uint32_t>);
static_assert(atomic_is_laid_out_as_std<std::uint64_t> && atomic_is_laid_out_as_std<void*>);
static_assert(atomic_is_laid_out_as_std<check_kind> && atomic_is_laid_out_as_std<double>);
static_assert(is_laid_out_as<std_platform::strong_count<int>, std::atomic<int>>);
static_assert(is_laid_out_as<std_platform::weak_count<int>[4], std::atomic<int>[4]>);
static_assert(is_laid_out_as<std_platform::atomic_flag, std::atomic_flag>);
static_assert(is_laid_out_as<cell_array<std_platform::atomic<int>, 4>, std::atomic<int>[4]>);
static_assert(is_laid_out_as<std_platform::var<int>, int>);
static_assert(is_laid_out_as<std_platform::guarded<std::array<char, 3>>, std::array<char, 3>>);
static_assert(sizeof(std_platform::var<std::string>) == sizeof(std::string));
static_assert(sizeof(std_platform::guarded<std::string>) == sizeof(std::string));
static_assert(std::is_empty_v<std_platform::allocator<int>>);
static_assert(std::is_empty_v<std_platform::plain_data>);
static_assert(std::is_empty_v<std_platform::reference_ticket>);

}  // namespace revenant
