// The condition variable of the model world. It hands nothing on by itself: who waits sees what the mutex
// hands on.
//
// Who is woken, whether a thread wakes up by itself (once in an execution), and when the time is out: choices
// of the search. No clock takes part. A thread's time may be out at any moment once in an execution; after
// that, only when nobody else is able to do anything.
//
// This header is clean: Relacy is behind the .cpp.
#pragma once

#include <chrono>
#include <condition_variable>

#include <revenant/model/relacy/mutexes.hpp>

namespace revenant::model::relacy::detail {

class ConditionVariable : public Waitable {
public:
    explicit ConditionVariable(cell_name name = {"condition"});
    ~ConditionVariable();
    void notify_one(source where = source::current());
    void notify_all(source where = source::current());

    void wait(unique_lock<Mutex>& lock, source where = source::current()) {
        static_cast<void>(wait(*lock.mutex(), false, where));
    }
    template <class Predicate>
    void wait(unique_lock<Mutex>& lock, Predicate holds, source where = source::current()) {
        while (!holds()) wait(lock, where);
    }
    template <class Rep, class Period>
    std::cv_status wait_for(unique_lock<Mutex>& lock, const std::chrono::duration<Rep, Period>&,
                            source where = source::current()) {
        return status(wait(*lock.mutex(), true, where));
    }
    template <class Rep, class Period, class Predicate>
    bool wait_for(unique_lock<Mutex>& lock, const std::chrono::duration<Rep, Period>&, Predicate holds,
                  source where = source::current()) {
        return wait_until_holds(lock, holds, where);
    }
    template <class Clock, class Duration>
    std::cv_status wait_until(unique_lock<Mutex>& lock, const std::chrono::time_point<Clock, Duration>&,
                              source where = source::current()) {
        return status(wait(*lock.mutex(), true, where));
    }
    template <class Clock, class Duration, class Predicate>
    bool wait_until(unique_lock<Mutex>& lock, const std::chrono::time_point<Clock, Duration>&,
                    Predicate holds, source where = source::current()) {
        return wait_until_holds(lock, holds, where);
    }

private:
    /// False: the time is out.
    bool wait(Lockable& mutex, bool has_deadline, source where);
    [[nodiscard]] bool end_wait(source where);
    void notify(OperationKind kind, source where);
    static std::cv_status status(bool in_time) {
        return in_time ? std::cv_status::no_timeout : std::cv_status::timeout;
    }
    template <class Predicate>
    bool wait_until_holds(unique_lock<Mutex>& lock, Predicate& holds, source where) {
        while (!holds()) {
            if (!wait(*lock.mutex(), true, where)) return holds();
        }
        return true;
    }
};

}  // namespace revenant::model::relacy::detail
