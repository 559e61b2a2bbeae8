// The parts of libc++'s futures that count who refers to their state: those for void, which lie in its
// library. What takes the state's mutex, or waits at its condition variable, is libc++'s own.
//
// Nothing is thrown from here, as this library's exceptions are another one's: whatever throws is done by
// libc++.
#include <pthread.h>

#include <cstddef>

#include "model/native/entry_libcxx.hpp"
#include "model/native/machine.hpp"
#include "model/native/sync.hpp"

namespace revenant::model::native {

/// __assoc_sub_state.
struct FutureState {
    static constexpr unsigned constructed = 1;
    static constexpr unsigned future_attached = 2;
    SharedCount count;
    void* exception;
    pthread_mutex_t mutex;
    pthread_cond_t condition;
    unsigned state;

    [[nodiscard]] bool has_value() const { return (state & constructed) != 0 || exception != nullptr; }
};
static_assert(offsetof(FutureState, mutex) == 24 && offsetof(FutureState, state) == 112);

/// A std::promise<void>, std::future<void> or std::shared_future<void>.
struct FutureHandle {
    FutureState* state;
};

namespace {

/// Gives up the reference, whatever happens before.
struct Released {
    FutureState& state;
    std::uintptr_t place;
    ~Released() { release_shared(state.count, place); }
};

void release_future(const FutureHandle& handle, std::uintptr_t place) {
    if (handle.state != nullptr) release_shared(handle.state->count, place);
}

/// Whether there was none yet.
bool attach_future(FutureState& state, std::uintptr_t place) {
    const bool runs = machine().is_running();
    const auto mutex = number_of(&state.mutex);
    if (runs) sync().lock(mutex, Sync::MutexType::normal, place, nullptr);
    const bool is_first = (state.state & FutureState::future_attached) == 0;
    if (is_first) {
        add_reference(state.count.owners, place);
        state.state |= FutureState::future_attached;
    }
    if (runs) sync().unlock(mutex, Sync::MutexType::normal, place);
    return is_first;
}

bool is_waited_for(FutureState& state, std::uintptr_t place) {
    auto& owners = state.count.owners;
    if (!machine().is_running()) return owners > 0;
    const Atomics::Target target{number_of(&owners), sizeof owners, place};
    return static_cast<long>(atomics().load(target, std::memory_order::relaxed)) > 0;
}

constexpr auto promise_made = "_ZNSt3__17promiseIvEC1Ev";
constexpr auto promise_broken = "_ZNSt3__17promiseIvED1Ev";
constexpr auto exception_set = "_ZNSt3__117__assoc_sub_state13set_exceptionESt13exception_ptr";

// libc++ makes the exception: for a promise that is made for it, for which somebody seems to wait.
void break_promise(FutureState& state) {
    FutureHandle other;
    next_function<void(FutureHandle*)>(promise_made)(&other);
    other.state->count.owners = 1;
    next_function<void(FutureHandle*)>(promise_broken)(&other);
    next_function<void(FutureState*, void**)>(exception_set)(&state, &other.state->exception);
    other.state->count.call(SharedCount::on_zero_shared);
}

void end_promise(const FutureHandle& promise, std::uintptr_t place) {
    if (promise.state == nullptr) return;
    auto& state = *promise.state;
    if (!state.has_value() && is_waited_for(state, place)) break_promise(state);
    release_shared(state.count, place);
}

void make_future(FutureHandle& future, FutureState* state, std::uintptr_t place) {
    future.state = state;
    if (attach_future(*state, place)) return;
    next_function<void(FutureHandle*, FutureState*)>("_ZNSt3__16futureIvEC1EPNS_17__assoc_sub_stateE")(
        &future, state);
}

}  // namespace

REVENANT_IN_LIBCXX("6futureIvEC1EPNS_17__assoc_sub_stateE", void, future_made, FutureHandle* future,
                   FutureState* state) {
    make_future(*future, state, REVENANT_PLACE);
}
REVENANT_IN_LIBCXX("6futureIvEC2EPNS_17__assoc_sub_stateE", void, future_made_base, FutureHandle* future,
                   FutureState* state) {
    make_future(*future, state, REVENANT_PLACE);
}
REVENANT_IN_LIBCXX("6futureIvED1Ev", void, future_ends, FutureHandle* future) {
    release_future(*future, REVENANT_PLACE);
}
REVENANT_IN_LIBCXX("6futureIvED2Ev", void, future_ends_base, FutureHandle* future) {
    release_future(*future, REVENANT_PLACE);
}
REVENANT_IN_LIBCXX("6futureIvE3getEv", void, future_get, FutureHandle* future) {
    if (future->state == nullptr)
        return next_function<void(FutureHandle*)>("_ZNSt3__16futureIvE3getEv")(future);
    auto& state = *future->state;
    future->state = nullptr;
    const Released released{state, REVENANT_PLACE};
    next_function<void(FutureState*)>("_ZNSt3__117__assoc_sub_state4copyEv")(&state);
}

REVENANT_IN_LIBCXX("13shared_futureIvED1Ev", void, shared_future_ends, FutureHandle* future) {
    release_future(*future, REVENANT_PLACE);
}
REVENANT_IN_LIBCXX("13shared_futureIvED2Ev", void, shared_future_ends_base, FutureHandle* future) {
    release_future(*future, REVENANT_PLACE);
}
REVENANT_IN_LIBCXX("13shared_futureIvEaSERKS1_", FutureHandle*, shared_future_assigned, FutureHandle* to,
                   const FutureHandle* from) {
    if (from->state != nullptr) add_reference(from->state->count.owners, REVENANT_PLACE);
    release_future(*to, REVENANT_PLACE);
    to->state = from->state;
    return to;
}

REVENANT_IN_LIBCXX("7promiseIvED1Ev", void, promise_ends, FutureHandle* promise) {
    end_promise(*promise, REVENANT_PLACE);
}
REVENANT_IN_LIBCXX("7promiseIvED2Ev", void, promise_ends_base, FutureHandle* promise) {
    end_promise(*promise, REVENANT_PLACE);
}

// A promise that is set at its thread's exit is set there in the library: by libstdc++ with an atomic, by
// libc++ 19 with its count of references.
namespace {

void refuse_at_thread_exit() {
    if (machine().runs()) machine().not_modelled("a promise that is set at its thread's exit");
}

}  // namespace

REVENANT_IN_LIBCXX("15__thread_struct27__make_ready_at_thread_exitEPNS_17__assoc_sub_stateE", void,
                   ready_at_thread_exit, void* thread, FutureState* state) {
    refuse_at_thread_exit();
    next_function<void(void*, FutureState*)>(
        "_ZNSt3__115__thread_struct27__make_ready_at_thread_exitEPNS_17__assoc_sub_stateE")(thread, state);
}
REVENANT_TAKES_PLACE void libstdcxx_ready_at_thread_exit(void* state) asm(
    "_ZNSt13__future_base13_State_baseV211_Make_ready6_M_setEv");
void libstdcxx_ready_at_thread_exit(void* state) {
    refuse_at_thread_exit();
    next_function<void(void*)>("_ZNSt13__future_base13_State_baseV211_Make_ready6_M_setEv")(state);
}

}  // namespace revenant::model::native
