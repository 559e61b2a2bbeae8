// Locks: who holds a mutex of a Platform for a scope, and how to take several without a deadlock.
//
// They do what those of `std` do, and cost the same. Each remembers the line that took the mutex: in an
// instrumented world, the trace shows it.
//
// Thread-safety: a lock belongs to one thread. Lifetime: the mutex outlives the lock.
// One use:  const scoped_lock both(from.mutex, to.mutex);
#pragma once

#include <concepts>
#include <mutex>
#include <source_location>
#include <tuple>
#include <type_traits>
#include <utility>

namespace revenant {

namespace detail {

/// A mutex as `std` knows one, with a line to lock it in the name of.
template <class Mutex>
struct lockable {
    Mutex& mutex;
    std::source_location where;
    void lock() { mutex.lock(where); }
    bool try_lock() { return mutex.try_lock(where); }
    void unlock() { mutex.unlock(where); }
};

/// A world that has a way of its own to take several at once has a `lock_together` beside its mutexes. In
/// the others it is the way of `std::lock`: one is locked, the others are tried, and none is held meanwhile.
template <class... Mutexes>
void lock_all(std::source_location where, Mutexes&... mutexes) {
    if constexpr (requires { lock_together(where, mutexes...); }) {
        lock_together(where, mutexes...);
    } else {
        std::tuple<lockable<Mutexes>...> all{lockable<Mutexes>{mutexes, where}...};
        std::apply([](auto&... each) { std::lock(each...); }, all);
    }
}

}  // namespace detail

/// Locks both, and holds neither while it waits for the other: no order of the arguments is wrong.
template <class A, class B>
void lock(A& a, B& b, std::source_location where = std::source_location::current()) {
    detail::lock_all(where, a, b);
}
template <class A, class B, class C>
void lock(A& a, B& b, C& c, std::source_location where = std::source_location::current()) {
    detail::lock_all(where, a, b, c);
}

/// Holds mutexes of a Platform for a scope; several are taken as `lock` takes them.
template <class... Mutexes>
class [[nodiscard]] scoped_lock {
public:
    explicit scoped_lock(Mutexes&... mutexes, std::source_location where = std::source_location::current())
        : mutexes_(mutexes...), where_(where) {
        detail::lock_all(where_, mutexes...);
    }
    ~scoped_lock() {
        std::apply([&](auto&... each) { (each.unlock(where_), ...); }, mutexes_);
    }
    scoped_lock(const scoped_lock&) = delete;
    scoped_lock& operator=(const scoped_lock&) = delete;

private:
    std::tuple<Mutexes&...> mutexes_;
    [[no_unique_address]] std::source_location where_;
};

template <class Mutex>
class [[nodiscard]] scoped_lock<Mutex> {
public:
    explicit scoped_lock(Mutex& mutex, std::source_location where = std::source_location::current())
        : mutex_(mutex), where_(where) {
        mutex_.lock(where_);
    }
    ~scoped_lock() { mutex_.unlock(where_); }
    scoped_lock(const scoped_lock&) = delete;
    scoped_lock& operator=(const scoped_lock&) = delete;

private:
    Mutex& mutex_;
    [[no_unique_address]] std::source_location where_;
};

template <class... Mutexes>
requires(!std::same_as<std::remove_cv_t<Mutexes>, std::source_location> && ...) scoped_lock(Mutexes&...)
->scoped_lock<Mutexes...>;
template <class Mutex>
scoped_lock(Mutex&, std::source_location) -> scoped_lock<Mutex>;

/// Holds a mutex of a Platform, and may give it back and take it again meanwhile: for a condition variable.
template <class Mutex>
class [[nodiscard]] unique_lock {
public:
    explicit unique_lock(Mutex& mutex, std::source_location where = std::source_location::current())
        : mutex_(&mutex), where_(where) {
        lock(where_);
    }
    unique_lock(Mutex& mutex, std::defer_lock_t,
                std::source_location where = std::source_location::current()) noexcept
        : mutex_(&mutex), where_(where) {}
    unique_lock(Mutex& mutex, std::try_to_lock_t,
                std::source_location where = std::source_location::current())
        : mutex_(&mutex), where_(where) {
        static_cast<void>(try_lock(where_));
    }
    /// The thread has it already.
    unique_lock(Mutex& mutex, std::adopt_lock_t,
                std::source_location where = std::source_location::current()) noexcept
        : mutex_(&mutex), owns_(true), where_(where) {}
    ~unique_lock() {
        if (owns_) mutex_->unlock(where_);
    }
    unique_lock(unique_lock&& other) noexcept
        : mutex_(std::exchange(other.mutex_, nullptr)),
          owns_(std::exchange(other.owns_, false)),
          where_(other.where_) {}
    unique_lock& operator=(unique_lock&&) = delete;

    void lock(std::source_location where = std::source_location::current()) {
        mutex_->lock(where);
        owns_ = true;
    }
    [[nodiscard]] bool try_lock(std::source_location where = std::source_location::current()) {
        return owns_ = mutex_->try_lock(where);
    }
    void unlock(std::source_location where = std::source_location::current()) {
        owns_ = false;
        mutex_->unlock(where);
    }
    [[nodiscard]] bool owns_lock() const noexcept { return owns_; }
    [[nodiscard]] Mutex* mutex() const noexcept { return mutex_; }

private:
    Mutex* mutex_;
    bool owns_ = false;
    [[no_unique_address]] std::source_location where_;
};

/// Shares a mutex of a Platform with others for a scope.
template <class Mutex>
class [[nodiscard]] shared_lock {
public:
    explicit shared_lock(Mutex& mutex, std::source_location where = std::source_location::current())
        : mutex_(mutex), where_(where) {
        mutex_.lock_shared(where_);
    }
    ~shared_lock() { mutex_.unlock_shared(where_); }
    shared_lock(const shared_lock&) = delete;
    shared_lock& operator=(const shared_lock&) = delete;

private:
    Mutex& mutex_;
    [[no_unique_address]] std::source_location where_;
};

}  // namespace revenant
