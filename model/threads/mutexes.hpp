// The mutexes of threads_platform: those of `std`, each behind the gate.
//
// While threads take turns, the gate lets nobody go on into a mutex that is held: what cannot be locked at
// once then, nobody will ever unlock.
#pragma once

#include <array>
#include <atomic>
#include <concepts>
#include <mutex>
#include <shared_mutex>
#include <source_location>
#include <tuple>

#include <revenant/model/threads/atomic.hpp>
#include <revenant/model/threads/gate.hpp>
#include <revenant/platform.hpp>

namespace revenant::model::threads::detail {

using source = std::source_location;
using gate::ObjectClass;

/// What every mutex has. The library locks where AddressSanitizer does not see it, and finds anything in
/// memory that is freed: a mutex that is held for ever, for example. `touch` is an access like any other, to
/// be reported as such.
class Lockable {
public:
    virtual void take() = 0;  ///< locks it, behind the gate
    [[nodiscard]] virtual bool try_take() = 0;
    virtual void give_back() = 0;
    [[nodiscard]] virtual bool is_had_again() const { return false; }
    /// The thread has locked it along with others.
    virtual void is_taken() {}
    void touch() const { static_cast<void>(*static_cast<const volatile char*>(&alive_)); }

protected:
    explicit Lockable(const void* at, const cell_name& name) {
        name_cell(ObjectClass::mutex, at, name, CellValue::opaque);
    }
    ~Lockable() = default;

private:
    char alive_ = 1;
};

template <class Inner>
void take(Inner& inner) {
    if (!gate::must_lock_at_once()) {
        inner.lock();
    } else if (!inner.try_lock()) {
        gate::locks_itself_out();
    }
}

/// A Lockable as `std::lock` knows one.
struct Taken {
    Lockable& mutex;
    void lock() { mutex.take(); }
    bool try_lock() { return mutex.try_take(); }
    void unlock() { mutex.give_back(); }
};

template <class... Mutexes>
requires(std::derived_from<Mutexes, Lockable>&&...) void lock_together(source, Mutexes&... mutexes) {
    const std::array<Lockable*, sizeof...(mutexes)> all{&mutexes...};
    std::array<const void*, sizeof...(mutexes)> free{};
    int count = 0;
    for (auto* const each : all) {
        if (!each->is_had_again()) free[static_cast<std::size_t>(count++)] = each;
    }
    bool is_first = true;
    if (!gate::must_lock_at_once()) {
        gate::enter_together(free.data(), count);
        (mutexes.touch(), ...);
        std::tuple<decltype(Taken{mutexes})...> taken{Taken{mutexes}...};
        std::apply([](auto&... each) { std::lock(each...); }, taken);
        gate::leave();
        (mutexes.is_taken(), ...);
        return;
    }
    for (auto* const each : all) {
        if (is_first && !each->is_had_again()) {
            gate::enter_together(free.data(), count);
            is_first = false;
        } else {
            gate::enter_part(OperationKind::lock, ObjectClass::mutex, each);
        }
        each->touch();
        each->take();
        gate::leave();
        each->is_taken();
    }
}

/// One that its holder cannot lock again, around a mutex of `std`.
template <class Inner>
class LockedOnce : public Lockable {
public:
    void lock(source = source::current()) {
        gate::enter(OperationKind::lock, ObjectClass::mutex, this);
        touch();
        take();
        gate::leave();
    }
    [[nodiscard]] bool try_lock(source = source::current()) {
        gate::enter(OperationKind::try_lock, ObjectClass::mutex, this);
        touch();
        const bool taken = try_take();
        gate::leave(0, 0, !taken);
        return taken;
    }
    void unlock(source = source::current()) {
        gate::enter(OperationKind::unlock, ObjectClass::mutex, this);
        touch();
        give_back();
        gate::leave();
    }
    void take() override { detail::take(inner_); }
    bool try_take() override { return inner_.try_lock(); }
    void give_back() override { inner_.unlock(); }

protected:
    explicit LockedOnce(const cell_name& name) : Lockable(this, name) {}
    ~LockedOnce() = default;

    Inner inner_;
};

class Mutex final : public LockedOnce<std::mutex> {
public:
    explicit Mutex(cell_name name = {"mutex"}) : LockedOnce(name) {}
    /// For who has waited on a condition variable, while threads take turns.
    void lock_again(const void* condition) {
        gate::enter_again(this, condition);
        touch();
        take();
        gate::leave();
    }
    [[nodiscard]] std::mutex& inner() { return inner_; }
};

class RecursiveMutex final : public Lockable {
public:
    explicit RecursiveMutex(cell_name name = {"recursive_mutex"}) : Lockable(this, name) {}
    void lock(source = source::current()) {
        enter(OperationKind::lock, is_had_again());
        touch();
        take();
        is_taken();
        gate::leave();
    }
    [[nodiscard]] bool try_lock(source = source::current()) {
        enter(OperationKind::try_lock, is_had_again());
        touch();
        const bool taken = try_take();
        if (taken) is_taken();
        gate::leave(0, 0, !taken);
        return taken;
    }
    void unlock(source = source::current()) {
        enter(OperationKind::unlock, depth_ > 1);
        touch();
        // Order: relaxed. Partner: none; only the holder finds its own number here. Crosses: nothing. Weaker:
        // there is none.
        if (--depth_ == 0) holder_.store(0, std::memory_order_relaxed);
        inner_.unlock();
        gate::leave();
    }
    [[nodiscard]] bool is_had_again() const override {
        return holder_.load(std::memory_order_relaxed) == gate::thread_number() + 1;
    }
    void take() override { detail::take(inner_); }
    bool try_take() override { return inner_.try_lock(); }
    void give_back() override { inner_.unlock(); }
    void is_taken() override {
        ++depth_;
        holder_.store(gate::thread_number() + 1, std::memory_order_relaxed);
    }

private:
    void enter(OperationKind kind, bool again) {
        if (again) {
            gate::enter_part(kind, ObjectClass::mutex, this);
        } else {
            gate::enter(kind, ObjectClass::mutex, this);
        }
    }

    std::recursive_mutex inner_;
    std::atomic<unsigned> holder_{0};  ///< its number plus one, or 0
    unsigned depth_ = 0;
};

class SharedMutex final : public LockedOnce<std::shared_mutex> {
public:
    explicit SharedMutex(cell_name name = {"shared_mutex"}) : LockedOnce(name) {}
    void lock_shared(source = source::current()) {
        gate::enter(OperationKind::lock_shared, ObjectClass::mutex, this);
        touch();
        if (!gate::must_lock_at_once()) {
            inner_.lock_shared();
        } else if (!inner_.try_lock_shared()) {
            gate::locks_itself_out();
        }
        gate::leave();
    }
    [[nodiscard]] bool try_lock_shared(source = source::current()) {
        gate::enter(OperationKind::try_lock_shared, ObjectClass::mutex, this);
        touch();
        const bool taken = inner_.try_lock_shared();
        gate::leave(0, 0, !taken);
        return taken;
    }
    void unlock_shared(source = source::current()) {
        gate::enter(OperationKind::unlock_shared, ObjectClass::mutex, this);
        touch();
        inner_.unlock_shared();
        gate::leave();
    }
};

}  // namespace revenant::model::threads::detail
