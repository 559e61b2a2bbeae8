// What std_platform's threads wait for: the mutexes, the condition variable, the once_flag and the latch of
// `std`, of the same size. Names and source lines vanish.
//
// Thread-safety, ordering and errors: exactly those of the std type of the same name. A platform's own locks
// (locks.hpp) hold them.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <latch>
#include <mutex>
#include <shared_mutex>
#include <source_location>
#include <utility>

#include <revenant/platform.hpp>

namespace revenant::std_sync {

using source = std::source_location;

class mutex {
public:
    constexpr explicit mutex(cell_name = {}) noexcept {}
    void lock(source = source::current()) { inner_.lock(); }
    [[nodiscard]] bool try_lock(source = source::current()) { return inner_.try_lock(); }
    void unlock(source = source::current()) { inner_.unlock(); }

private:
    friend class condition_variable;
    std::mutex inner_;
};

class recursive_mutex {
public:
    explicit recursive_mutex(cell_name = {}) noexcept {}
    void lock(source = source::current()) { inner_.lock(); }
    [[nodiscard]] bool try_lock(source = source::current()) { return inner_.try_lock(); }
    void unlock(source = source::current()) { inner_.unlock(); }

private:
    std::recursive_mutex inner_;
};

class shared_mutex {
public:
    explicit shared_mutex(cell_name = {}) noexcept {}
    void lock(source = source::current()) { inner_.lock(); }
    [[nodiscard]] bool try_lock(source = source::current()) { return inner_.try_lock(); }
    void unlock(source = source::current()) { inner_.unlock(); }
    void lock_shared(source = source::current()) { inner_.lock_shared(); }
    [[nodiscard]] bool try_lock_shared(source = source::current()) { return inner_.try_lock_shared(); }
    void unlock_shared(source = source::current()) { inner_.unlock_shared(); }

private:
    std::shared_mutex inner_;
};

/// Requires, as in `std`: the lock holds the mutex, which is the one of all that wait.
class condition_variable {
public:
    explicit condition_variable(cell_name = {}) noexcept {}
    void notify_one(source = source::current()) noexcept { inner_.notify_one(); }
    void notify_all(source = source::current()) noexcept { inner_.notify_all(); }

    void wait(unique_lock<mutex>& lock, source = source::current()) {
        const held inner(lock);
        inner_.wait(*inner);
    }
    template <class Predicate>
    void wait(unique_lock<mutex>& lock, Predicate holds, source = source::current()) {
        const held inner(lock);
        inner_.wait(*inner, std::move(holds));
    }
    template <class Rep, class Period>
    std::cv_status wait_for(unique_lock<mutex>& lock, const std::chrono::duration<Rep, Period>& time,
                            source = source::current()) {
        const held inner(lock);
        return inner_.wait_for(*inner, time);
    }
    template <class Rep, class Period, class Predicate>
    bool wait_for(unique_lock<mutex>& lock, const std::chrono::duration<Rep, Period>& time, Predicate holds,
                  source = source::current()) {
        const held inner(lock);
        return inner_.wait_for(*inner, time, std::move(holds));
    }
    template <class Clock, class Duration>
    std::cv_status wait_until(unique_lock<mutex>& lock, const std::chrono::time_point<Clock, Duration>& time,
                              source = source::current()) {
        const held inner(lock);
        return inner_.wait_until(*inner, time);
    }
    template <class Clock, class Duration, class Predicate>
    bool wait_until(unique_lock<mutex>& lock, const std::chrono::time_point<Clock, Duration>& time,
                    Predicate holds, source = source::current()) {
        const held inner(lock);
        return inner_.wait_until(*inner, time, std::move(holds));
    }

private:
    /// The std lock of a mutex that ours holds, and goes on holding.
    class held {
    public:
        explicit held(unique_lock<mutex>& lock) : inner_(lock.mutex()->inner_, std::adopt_lock) {}
        ~held() { inner_.release(); }
        held(const held&) = delete;
        held& operator=(const held&) = delete;
        std::unique_lock<std::mutex>& operator*() const { return inner_; }

    private:
        mutable std::unique_lock<std::mutex> inner_;
    };
    std::condition_variable inner_;
};

class once_flag {
public:
    constexpr explicit once_flag(cell_name = {}) noexcept {}
    template <class Act>
    void call_once(Act&& act) {
        std::call_once(inner_, std::forward<Act>(act));
    }

private:
    std::once_flag inner_;
};

/// Requires, as in `std`: it is counted down by no more than is left.
class latch {
public:
    constexpr explicit latch(std::ptrdiff_t expected, cell_name = {}) noexcept : inner_(expected) {}
    void count_down(std::ptrdiff_t by = 1, source = source::current()) { inner_.count_down(by); }
    void wait(source = source::current()) const { inner_.wait(); }
    void arrive_and_wait(std::ptrdiff_t by = 1, source = source::current()) { inner_.arrive_and_wait(by); }
    [[nodiscard]] static constexpr std::ptrdiff_t max() noexcept { return std::latch::max(); }

private:
    std::latch inner_;
};

/// Order: relaxed. Partner: none; each thread takes a number that nobody else gets. Crosses: nothing. Weaker:
/// there is none.
inline constexpr order_site take_thread_id{"this_thread_id.take", std::memory_order::relaxed};

/// From 1, in the order in which the threads first ask.
[[nodiscard]] inline unsigned this_thread_id() noexcept {
    static std::atomic<unsigned> last{0};
    thread_local const unsigned number = last.fetch_add(1, take_thread_id) + 1;
    return number;
}

static_assert(sizeof(mutex) == sizeof(std::mutex) && alignof(mutex) == alignof(std::mutex));
static_assert(sizeof(recursive_mutex) == sizeof(std::recursive_mutex));
static_assert(sizeof(shared_mutex) == sizeof(std::shared_mutex));
static_assert(sizeof(condition_variable) == sizeof(std::condition_variable));
static_assert(sizeof(once_flag) == sizeof(std::once_flag));
static_assert(sizeof(latch) == sizeof(std::latch));

}  // namespace revenant::std_sync
