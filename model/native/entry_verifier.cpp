// What programs that were written for other model checkers call: assumptions, assertions, values that nobody
// knows, sections that nobody interrupts.
#include <pthread.h>

#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/recorder.hpp"
#include "model/native/sync.hpp"

namespace revenant::model::native {
namespace {

void check(bool holds, const char* words, std::uintptr_t place) {
    if (holds || !machine().runs()) return;
    machine().fail({FindingKind::assertion, words, 0, 0, -1, nobody, place});
}

/// What all sections that nobody interrupts have in common: a mutex. Only its address is used.
const char atomic_sections = 0;
std::uintptr_t section() { return reinterpret_cast<std::uintptr_t>(&atomic_sections); }

// A step of its own, or the search would not come back to it. No other thread can tell when it is taken.
bool any_bool(std::uintptr_t place) {
    if (!machine().runs()) return false;
    auto& all = machine();
    const search::Access access;
    all.announce(OperationKind::yield, access, 0, place);
    const bool value = all.choose(ChoiceKind::value, 2) != 0;
    all.take(access);
    if (all.recorder != nullptr) all.recorder->asked(value ? "any value: true" : "any value: false", place);
    return value;
}

template <class T>
T any_of_many(const char* function) {
    if (machine().runs()) {
        machine().not_modelled(std::string(function) +
                               ": it has too many values to try each; __VERIFIER_nondet_bool has two");
    }
    return {};
}

}  // namespace

REVENANT_EXPORT void __VERIFIER_assume(int holds) {
    if (holds == 0 && machine().is_running()) machine().stop_thread();
}
REVENANT_EXPORT void __VERIFIER_assert(int holds) { check(holds != 0, "__VERIFIER_assert", REVENANT_PLACE); }
REVENANT_EXPORT void __VERIFIER_error() { check(false, "__VERIFIER_error", REVENANT_PLACE); }
REVENANT_EXPORT void reach_error() { check(false, "reach_error", REVENANT_PLACE); }

REVENANT_EXPORT void __VERIFIER_atomic_begin() {
    if (machine().is_running()) sync().lock(section(), Sync::MutexType::normal, REVENANT_PLACE, nullptr);
}
REVENANT_EXPORT void __VERIFIER_atomic_end() {
    if (machine().is_running()) sync().unlock(section(), Sync::MutexType::normal, REVENANT_PLACE);
}

// What GenMC's header (genmc.h) makes of the above, and of its own words.
REVENANT_EXPORT void __VERIFIER_assume_internal(bool holds, char) { __VERIFIER_assume(holds ? 1 : 0); }
REVENANT_EXPORT long __VERIFIER_thread_create(const void*, void* (*start)(void*), void* argument) {
    pthread_t made{};
    static_cast<void>(pthread_create(&made, nullptr, start, argument));
    return static_cast<long>(made);
}
// It finds out itself which threads are alike.
REVENANT_EXPORT long __VERIFIER_thread_create_symmetric(const void*, void* (*start)(void*), void* argument,
                                                        long) {
    return __VERIFIER_thread_create(nullptr, start, argument);
}
REVENANT_EXPORT void* __VERIFIER_thread_join(long thread) {
    void* result = nullptr;
    static_cast<void>(pthread_join(static_cast<pthread_t>(thread), &result));
    return result;
}
REVENANT_EXPORT long __VERIFIER_thread_self() { return static_cast<long>(pthread_self()); }
// Hints for its search, which this one has no use for. What is optional it may leave out.
REVENANT_EXPORT void __VERIFIER_annotate_begin(int) {}
REVENANT_EXPORT void __VERIFIER_annotate_end(int) {}
REVENANT_EXPORT void __VERIFIER_loop_begin() {}
REVENANT_EXPORT void __VERIFIER_spin_start() {}
REVENANT_EXPORT int __VERIFIER_opt_begin() { return 0; }
REVENANT_EXPORT void __VERIFIER_method_begin(const char*, int) {}
REVENANT_EXPORT void __VERIFIER_method_end(const char*, int) {}

REVENANT_EXPORT bool __VERIFIER_nondet_bool() { return any_bool(REVENANT_PLACE); }

#define REVENANT_ANY(name, type) \
    REVENANT_EXPORT type __VERIFIER_nondet_##name() { return any_of_many<type>("__VERIFIER_nondet_" #name); }
REVENANT_ANY(char, char)
REVENANT_ANY(uchar, unsigned char)
REVENANT_ANY(short, short)
REVENANT_ANY(ushort, unsigned short)
REVENANT_ANY(int, int)
REVENANT_ANY(uint, unsigned)
REVENANT_ANY(unsigned, unsigned)
REVENANT_ANY(long, long)
REVENANT_ANY(ulong, unsigned long)
REVENANT_ANY(longlong, long long)
REVENANT_ANY(ulonglong, unsigned long long)
REVENANT_ANY(float, float)
REVENANT_ANY(double, double)
REVENANT_ANY(pointer, void*)

}  // namespace revenant::model::native
