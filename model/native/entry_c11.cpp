// C11 threads: in libc they are POSIX threads by other names, and in other numbers of what went wrong.
#include <pthread.h>
#include <threads.h>

#include <bit>
#include <cerrno>

#include "model/native/entry_threads.hpp"
#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/sync.hpp"
#include "model/native/times.hpp"

namespace revenant::model::native {
namespace {

bool runs() { return machine().runs(); }
// … for mutexes: entry_mutex.cpp.
bool is_running() { return machine().is_running(); }
bool explores() { return machine().is_exploring(); }

// A mtx_t is a pthread_mutex_t, and says in the same place whether it is recursive.
Sync::MutexType type_of(const mtx_t* mutex) {
    const auto kind = reinterpret_cast<const pthread_mutex_t*>(mutex)->__data.__kind & 3;
    return kind == PTHREAD_MUTEX_RECURSIVE ? Sync::MutexType::recursive : Sync::MutexType::normal;
}

int result_of(int error) {
    switch (error) {
        case 0: return thrd_success;
        case EBUSY: return thrd_busy;
        case ETIMEDOUT: return thrd_timedout;
        case ENOMEM: return thrd_nomem;
        default: return thrd_error;
    }
}

}  // namespace

REVENANT_EXPORT int mtx_init(mtx_t* mutex, int type) {
    const int status = next_function<decltype(mtx_init)>("mtx_init")(mutex, type);
    if (explores()) sync().mutex(number_of(mutex)) = {};
    return status;
}
REVENANT_EXPORT void mtx_destroy(mtx_t* mutex) {
    if (explores()) sync().forget_mutex(number_of(mutex), REVENANT_PLACE);
}
REVENANT_EXPORT int mtx_lock(mtx_t* mutex) {
    if (is_running()) sync().lock(number_of(mutex), type_of(mutex), REVENANT_PLACE, REVENANT_FRAME);
    return thrd_success;
}
REVENANT_EXPORT int mtx_trylock(mtx_t* mutex) {
    if (!is_running()) return thrd_success;
    const bool takes = sync().try_lock(number_of(mutex), type_of(mutex), REVENANT_PLACE, REVENANT_FRAME);
    return takes ? thrd_success : thrd_busy;
}
REVENANT_EXPORT int mtx_timedlock(mtx_t* mutex, const timespec* time) {
    if (!runs()) return thrd_success;
    if (!is_time(time)) {  // as in libc, which asks only if it has to wait
        return sync().try_lock(number_of(mutex), type_of(mutex), REVENANT_PLACE, nullptr) ? thrd_success
                                                                                          : thrd_error;
    }
    const bool takes = sync().lock_until(number_of(mutex), type_of(mutex), deadline_at(time), REVENANT_PLACE);
    return takes ? thrd_success : thrd_timedout;
}
REVENANT_EXPORT int mtx_unlock(mtx_t* mutex) {
    if (is_running()) sync().unlock(number_of(mutex), type_of(mutex), REVENANT_PLACE);
    return thrd_success;
}

REVENANT_EXPORT int cnd_init(cnd_t* condition) {
    return next_function<decltype(cnd_init)>("cnd_init")(condition);
}
REVENANT_EXPORT void cnd_destroy(cnd_t* condition) {
    if (runs()) machine().access(number_of(condition), 1, true, REVENANT_PLACE);
}
REVENANT_EXPORT int cnd_wait(cnd_t* condition, mtx_t* mutex) {
    if (runs()) sync().wait(number_of(condition), number_of(mutex), no_deadline, REVENANT_PLACE);
    return thrd_success;
}
REVENANT_EXPORT int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* time) {
    if (!runs()) return thrd_success;
    if (!is_time(time)) return thrd_error;
    const bool in_time =
        sync().wait(number_of(condition), number_of(mutex), deadline_at(time), REVENANT_PLACE);
    return in_time ? thrd_success : thrd_timedout;
}
REVENANT_EXPORT int cnd_signal(cnd_t* condition) {
    if (runs()) sync().notify(number_of(condition), false, REVENANT_PLACE);
    return thrd_success;
}
REVENANT_EXPORT int cnd_broadcast(cnd_t* condition) {
    if (runs()) sync().notify(number_of(condition), true, REVENANT_PLACE);
    return thrd_success;
}

// The function returns an int in the register that a pointer would be in.
REVENANT_EXPORT int thrd_create(thrd_t* to, thrd_start_t start, void* argument) {
    return result_of(
        create_thread(to, nullptr, std::bit_cast<void* (*)(void*)>(start), argument, REVENANT_PLACE));
}
REVENANT_EXPORT int thrd_join(thrd_t thread, int* to) {
    void* result = nullptr;
    const int error = join_thread(thread, &result, REVENANT_PLACE);
    if (to != nullptr) *to = static_cast<int>(reinterpret_cast<std::intptr_t>(result));
    return result_of(error);
}
REVENANT_EXPORT int thrd_detach(thrd_t thread) { return result_of(pthread_detach(thread)); }
REVENANT_EXPORT void thrd_exit(int result) {
    pthread_exit(reinterpret_cast<void*>(static_cast<std::intptr_t>(result)));
}
REVENANT_EXPORT int thrd_sleep(const timespec* time, timespec* left) { return nanosleep(time, left); }
REVENANT_EXPORT void thrd_yield() {}
REVENANT_EXPORT void call_once(once_flag* flag, void (*routine)()) {
    run_once(reinterpret_cast<pthread_once_t*>(flag), routine, REVENANT_PLACE);
}
REVENANT_EXPORT int tss_create(tss_t* key, tss_dtor_t destroy) {
    return result_of(pthread_key_create(key, destroy));
}
REVENANT_EXPORT void tss_delete(tss_t key) { pthread_key_delete(key); }
REVENANT_EXPORT void* tss_get(tss_t key) { return pthread_getspecific(key); }
REVENANT_EXPORT int tss_set(tss_t key, void* value) { return result_of(pthread_setspecific(key, value)); }

}  // namespace revenant::model::native
