// What programs that were written for other model checkers call: assumptions, assertions, values that nobody
// knows, sections that nobody interrupts.
#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/recorder.hpp"
#include "model/native/sync.hpp"

namespace revenant::model::native {
namespace {

bool runs() { return machine().runs(); }

void check(bool holds, const char* words) {
    if (runs() && !holds) machine().fail({FindingKind::assertion, words, 0, 0, -1});
}

/// What all sections that nobody interrupts have in common: a mutex. Only its address is used.
const char atomic_sections = 0;
std::uintptr_t section() { return reinterpret_cast<std::uintptr_t>(&atomic_sections); }

// A step of its own, or the search would not come back to it. No other thread can tell when it is taken.
bool any_bool(std::uintptr_t place) {
    if (!runs()) return false;
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
    if (runs()) {
        machine().not_modelled(std::string(function) +
                               ": it has too many values to try each; __VERIFIER_nondet_bool has two");
    }
    return {};
}

}  // namespace

REVENANT_EXPORT void __VERIFIER_assume(int holds) {
    if (runs() && holds == 0) machine().stop_thread();
}
REVENANT_EXPORT void __VERIFIER_assert(int holds) { check(holds != 0, "__VERIFIER_assert"); }
REVENANT_EXPORT void __VERIFIER_error() { check(false, "__VERIFIER_error"); }
REVENANT_EXPORT void reach_error() { check(false, "reach_error"); }

REVENANT_EXPORT void __VERIFIER_atomic_begin() {
    if (runs()) sync().lock(section(), Sync::MutexType::normal, REVENANT_PLACE, nullptr);
}
REVENANT_EXPORT void __VERIFIER_atomic_end() {
    if (runs()) sync().unlock(section(), Sync::MutexType::normal, REVENANT_PLACE);
}

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
