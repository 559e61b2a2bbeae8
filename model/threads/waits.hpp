// The condition variable, the once_flag and the latch of threads_platform, behind the gate.
//
// While threads take turns, the gate knows who waits and who is woken, as the model does: no condition
// variable of the system's is used, which would wake whom it likes. To a sanitizer that is no difference:
// what a waiter sees, the mutex hands on. Otherwise they are those of `std`.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <latch>
#include <mutex>
#include <utility>

#include <revenant/model/outcome.hpp>
#include <revenant/model/threads/mutexes.hpp>

namespace revenant::model::threads::detail {

class ConditionVariable {
public:
    explicit ConditionVariable(cell_name name = {"condition"}) {
        name_cell(ObjectClass::condition, this, name, CellValue::opaque);
    }
    void notify_one(source = source::current()) { notify(OperationKind::notify_one); }
    void notify_all(source = source::current()) { notify(OperationKind::notify_all); }

    void wait(unique_lock<Mutex>& lock, source = source::current()) {
        if (gate::takes_turns()) {
            join(*lock.mutex());
            lock.mutex()->lock_again(this);
        } else {
            outside([&](auto& inner) { return inner_.wait(inner), std::cv_status::no_timeout; }, lock);
        }
    }
    template <class Predicate>
    void wait(unique_lock<Mutex>& lock, Predicate holds, source where = source::current()) {
        while (!holds()) wait(lock, where);
    }
    template <class Rep, class Period>
    std::cv_status wait_for(unique_lock<Mutex>& lock, const std::chrono::duration<Rep, Period>& time,
                            source = source::current()) {
        return wait_timed(lock, [&](auto& inner) { return inner_.wait_for(inner, time); });
    }
    template <class Rep, class Period, class Predicate>
    bool wait_for(unique_lock<Mutex>& lock, const std::chrono::duration<Rep, Period>& time, Predicate holds,
                  source where = source::current()) {
        const auto until = std::chrono::steady_clock::now() + time;
        return wait_until(lock, until, std::move(holds), where);
    }
    template <class Clock, class Duration>
    std::cv_status wait_until(unique_lock<Mutex>& lock, const std::chrono::time_point<Clock, Duration>& time,
                              source = source::current()) {
        return wait_timed(lock, [&](auto& inner) { return inner_.wait_until(inner, time); });
    }
    template <class Clock, class Duration, class Predicate>
    bool wait_until(unique_lock<Mutex>& lock, const std::chrono::time_point<Clock, Duration>& time,
                    Predicate holds, source where = source::current()) {
        while (!holds()) {
            if (wait_until(lock, time, where) == std::cv_status::timeout) return holds();
        }
        return true;
    }

private:
    void notify(OperationKind kind) {
        gate::enter(kind, ObjectClass::condition, this);
        touch();
        const bool all = kind == OperationKind::notify_all;
        if (gate::takes_turns()) {
            gate::wakes(this, all);
        } else if (all) {
            inner_.notify_all();
        } else {
            inner_.notify_one();
        }
        gate::leave();
    }
    void join(Mutex& mutex) {
        gate::enter(OperationKind::wait, ObjectClass::condition, this);
        touch();
        gate::falls_asleep(this);
        gate::leave();
        mutex.unlock();
    }
    template <class Wait>
    std::cv_status wait_timed(unique_lock<Mutex>& lock, Wait wait) {
        if (!gate::takes_turns()) return outside(wait, lock);
        join(*lock.mutex());
        gate::enter(OperationKind::end_wait, ObjectClass::condition, this);
        touch();
        const bool is_out = gate::gives_up_waiting(this);
        gate::leave(0, 0, is_out);
        lock.mutex()->lock();
        return is_out ? std::cv_status::timeout : std::cv_status::no_timeout;
    }
    template <class Wait>
    std::cv_status outside(Wait wait, unique_lock<Mutex>& lock) {
        gate::enter(OperationKind::wait, ObjectClass::condition, this);
        touch();
        std::unique_lock<std::mutex> inner(lock.mutex()->inner(), std::adopt_lock);
        const Left left{inner};
        return wait(inner);
    }
    struct Left {
        std::unique_lock<std::mutex>& inner;
        ~Left() {
            inner.release();
            gate::leave();
        }
    };
    void touch() const { static_cast<void>(*static_cast<const volatile char*>(&alive_)); }  // as of a mutex

    std::condition_variable inner_;
    char alive_ = 1;
};

class OnceFlag {
public:
    explicit OnceFlag(cell_name name = {"once_flag"}) {
        name_cell(ObjectClass::flag, this, name, CellValue::opaque);
    }
    template <class Act>
    void call_once(Act&& act) {
        gate::enter(OperationKind::call_once, ObjectClass::flag, this);
        touch();
        bool is_mine = false;
        std::call_once(inner_, [&] {
            is_mine = true;
            gate::leave();
            Undone undone{this};
            std::forward<Act>(act)();
            undone.flag = nullptr;
        });
        if (!is_mine) return gate::leave(0, 0, true);
        gate::enter(OperationKind::unlock, ObjectClass::flag, this);
        gate::leave();
    }

private:
    struct Undone {
        const OnceFlag* flag;
        ~Undone() {
            if (flag != nullptr) gate::gives_flag_back(flag);
        }
    };
    void touch() const { static_cast<void>(*static_cast<const volatile char*>(&alive_)); }  // as of a mutex

    std::once_flag inner_;
    char alive_ = 1;
};

class Latch {
public:
    explicit Latch(std::ptrdiff_t expected, cell_name name = {"latch"}) : inner_(expected), left_(expected) {
        name_cell(ObjectClass::latch, this, name, CellValue::opaque);
        gate::made_latch(this, expected);
    }
    ~Latch() { gate::made_latch(this, 0); }  // what is here next, nobody has to wait for
    Latch(const Latch&) = delete;
    Latch& operator=(const Latch&) = delete;
    void count_down(std::ptrdiff_t by = 1, source = source::current()) {
        gate::enter(OperationKind::count_down, ObjectClass::latch, this);
        touch();
        // Order: relaxed. Partner: none; each count finds what those before it have left. Crosses: nothing.
        // Weaker: there is none.
        const auto left = left_.fetch_sub(by, std::memory_order_relaxed);
        if (by < 0 || by > left) gate::fails(to_text(FindingKind::invariant), too_far);
        gate::counts_down(this, by);
        if (by != 0) inner_.count_down(by);  // by 0 it puts nothing in order, to a sanitizer neither
        gate::leave();
    }
    void wait(source = source::current()) const {
        gate::enter(OperationKind::wait_for_latch, ObjectClass::latch, this);
        touch();
        if (!gate::must_lock_at_once()) {
            inner_.wait();
        } else if (!inner_.try_wait()) {
            gate::locks_itself_out();
        }
        gate::leave();
    }
    void arrive_and_wait(std::ptrdiff_t by = 1, source where = source::current()) {
        count_down(by, where);
        wait(where);
    }
    [[nodiscard]] static constexpr std::ptrdiff_t max() noexcept { return std::latch::max(); }

private:
    static constexpr const char* too_far = "a latch is counted down to 0 and no further";
    void touch() const { static_cast<void>(*static_cast<const volatile char*>(&alive_)); }  // as of a mutex

    std::latch inner_;
    std::atomic<std::ptrdiff_t> left_;
    char alive_ = 1;
};

}  // namespace revenant::model::threads::detail
