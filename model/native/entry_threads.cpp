// POSIX threads: creation, joining, keys. What std::thread is made of.
#include "model/native/entry_threads.hpp"

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <cerrno>

#include "model/native/export.hpp"
#include "model/native/layout.hpp"
#include "model/native/machine.hpp"
#include "model/native/start.hpp"
#include "model/native/sync.hpp"

namespace revenant::model::native {
namespace {

bool too_many_threads = false;

pthread_t handle_of(int thread) {
    return reinterpret_cast<pthread_t>(machine().runner(thread).fiber.thread_pointer);
}

_Unwind_Reason_Code at_each_frame(int, _Unwind_Action actions, _Unwind_Exception_Class, _Unwind_Exception*,
                                  _Unwind_Context*, void* result) {
    if ((actions & _UA_END_OF_STACK) != 0) machine().end_thread(result);
    return _URC_NO_REASON;
}

// Not an error, by POSIX, but undefined: libc looks behind the handle.
[[noreturn]] void no_thread(std::uintptr_t place) {
    const auto* const rule = "what is joined or detached is a thread";
    machine().fail({FindingKind::invariant, rule, 0, 0, -1, nobody, place});
}

// Once it has waited, as `repeated` may say, the other thread has ended.
int join(pthread_t handle, void** result, Repeated repeated, std::uintptr_t place) {
    auto& all = machine();
    const int number = thread_with(handle);
    if (number == nobody) no_thread(place);
    if (number == all.current()) return EDEADLK;
    auto& other = all.thread(number);
    if (repeated == Repeated::no) {
        if (other.detached || other.joined) return EINVAL;
        other.joined = true;
        if (other.state != Thread::State::ended) {
            all.alike.waits_for_end();
            other.joiner = all.current();
            all.block_for_end(place);
        } else {
            all.follow(all.current(), number);
        }
    }
    all.self().happened.join(other.happened);
    all.self().time = std::max(all.self().time, other.time);
    all.alike.joined(number, result != nullptr && other.result != nullptr);
    if (result != nullptr) *result = other.result;
    return 0;
}

}  // namespace

bool has_had_too_many_threads() { return too_many_threads; }

int thread_with(pthread_t handle) {
    const auto& all = machine();
    for (int i = 0; i < static_cast<int>(all.threads_made()); ++i) {
        if (handle_of(i) == handle) return i;
    }
    return nobody;
}

// The handle is there before the thread begins: so has it C++ of std::thread, C of thrd_create, and glibc of
// all.
int create_thread(pthread_t* to, const pthread_attr_t* attributes, void* (*start)(void*), void* argument,
                  std::uintptr_t place) {
    auto& all = machine();
    if (!all.is_running()) {
        if (phase() == Phase::own_main && !is_own_code(place)) {
            give_up(usage_error,
                    "a test has started a thread outside of REVENANT_EXPLORE_HERE, where nothing is atomic: "
                    "`revenant explore` explores tests as a whole");
        }
        return next_function<decltype(pthread_create)>("pthread_create")(to, attributes, start, argument);
    }
    if (all.repeats_at_once(place)) {
        const auto made = static_cast<int>(all.answer().value);
        all.repeat_spawn(made, start, argument);
        *to = handle_of(made);
        return 0;
    }
    int detached = PTHREAD_CREATE_JOINABLE;
    if (attributes != nullptr) pthread_attr_getdetachstate(attributes, &detached);
    all.access(reinterpret_cast<std::uintptr_t>(to), sizeof *to, true, place);
    const int made = all.spawn(start, argument, detached == PTHREAD_CREATE_DETACHED);
    if (made == nobody) {
        too_many_threads = true;
        all.not_modelled(
            "more than " + std::to_string(program_threads_max) +
            " threads at a time (one that has ended and been joined makes room" +
            (program_threads_max < 128 ? ", and REVENANT_MANY_THREADS=1 in the environment)" : ")"));
    }
    all.returns(place, static_cast<unsigned>(made));
    *to = handle_of(made);
    return 0;
}

int join_thread(pthread_t handle, void** result, std::uintptr_t place) {
    auto& all = machine();
    if (!all.is_running()) return next_function<decltype(pthread_join)>("pthread_join")(handle, result);
    const auto repeated = all.repeat(place);
    if (repeated == Repeated::answered) {
        const auto error = static_cast<int>(all.answer().value);
        if (result != nullptr && error == 0) {
            *result = reinterpret_cast<void*>(static_cast<std::uintptr_t>(all.answer().stored));
        }
        return error;
    }
    const int error = join(handle, result, repeated, place);
    // What nobody asks for may have been on the thread's stack.
    const auto got = error == 0 && result != nullptr ? reinterpret_cast<std::uintptr_t>(*result) : 0;
    all.returns(place, static_cast<unsigned>(error), false, got);
    return error;
}

REVENANT_EXPORT int pthread_create(pthread_t* to, const pthread_attr_t* attributes, void* (*start)(void*),
                                   void* argument) {
    return create_thread(to, attributes, start, argument, REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_join(pthread_t handle, void** result) {
    return join_thread(handle, result, REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_detach(pthread_t handle) {
    auto& all = machine();
    if (!all.runs()) return next_function<decltype(pthread_detach)>("pthread_detach")(handle);
    const int number = thread_with(handle);
    if (number == nobody) no_thread(REVENANT_PLACE);
    all.thread(number).detached = true;
    all.alike.detached(number);
    return 0;
}

REVENANT_EXPORT void pthread_exit(void* result) {
    auto& all = machine();
    if (!all.runs()) {
        next_function<void(void*)>("pthread_exit")(result);
        __builtin_unreachable();
    }
    // As in libc: the destructors of what lies on the stack run.
    _Unwind_ForcedUnwind(&all.runner().unwinding, at_each_frame, result);
    all.end_thread(result);
}

REVENANT_EXPORT int sched_yield() {
    auto& all = machine();
    if (all.is_exploring()) all.yields();
    return 0;
}
REVENANT_EXPORT int gettid() {
    auto& all = machine();
    if (!all.is_running()) return next_function<int()>("gettid")();
    if (all.is_exploring()) all.alike.asks_for_its_name();
    return first_thread_id + all.current();
}
REVENANT_EXPORT pthread_t pthread_self() {
    auto& all = machine();
    if (!all.is_running()) return reinterpret_cast<pthread_t>(thread_pointer());
    if (all.is_exploring()) all.alike.asks_for_its_name();
    return handle_of(all.current());
}

REVENANT_EXPORT int pthread_key_create(pthread_key_t* key, void (*destroy)(void*)) {
    if (!machine().runs() && (phase() != Phase::before_main || is_own_code(REVENANT_PLACE))) {
        return next_function<decltype(pthread_key_create)>("pthread_key_create")(key, destroy);
    }
    *key = sync().make_key(destroy);
    return 0;
}
REVENANT_EXPORT int pthread_key_delete(pthread_key_t key) {
    if (sync().is_key(key)) {
        sync().forget_key(key);
        return 0;
    }
    return next_function<decltype(pthread_key_delete)>("pthread_key_delete")(key);
}
REVENANT_EXPORT void* pthread_getspecific(pthread_key_t key) {
    if (sync().is_key(key)) return sync().key_value(key);
    return next_function<decltype(pthread_getspecific)>("pthread_getspecific")(key);
}
REVENANT_EXPORT int pthread_setspecific(pthread_key_t key, const void* value) {
    if (sync().is_key(key)) {
        sync().key_value(key) = const_cast<void*>(value);
        return 0;
    }
    return next_function<decltype(pthread_setspecific)>("pthread_setspecific")(key, value);
}

// A thread_local variable with a destructor has been made.
REVENANT_EXPORT int __cxa_thread_atexit_impl(void (*destroy)(void*), void* object, void* library) {
    auto& all = machine();
    if (!all.runs()) {
        using Function = int(void (*)(void*), void*, void*);
        return next_function<Function>("__cxa_thread_atexit_impl")(destroy, object, library);
    }
    all.runner().at_end.emplace_back(destroy, object);
    return 0;
}

}  // namespace revenant::model::native
