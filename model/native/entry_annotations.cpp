// The words in which programs tell ThreadSanitizer what it cannot see: Annotate…, __tsan_acquire and its kin.
//
// A mutex that is made of atomics is explored as what it is made of: that it is a mutex need not be believed.
// Nor are races that are said to be harmless: they are told, and what lies behind them is explored.
#include <cstddef>
#include <cstdint>

#include "model/native/annotations.hpp"
#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/recorder.hpp"

namespace revenant::model::native {
namespace {

using search::Access;
using search::AccessKind;

// Releases commute with nothing on the address, acquires with each other.
void happens_before(const volatile void* address, std::uintptr_t place) {
    auto& all = machine();
    if (!all.runs()) return;
    const auto at = number_of(address);
    const Access access{AccessKind::write, all.objects.number(at, ObjectKind::annotation), no_id};
    all.announce(OperationKind::store, access, at, place);
    annotations().release(at, all.self().happened);
    all.take(access);
    if (all.recorder == nullptr) return;
    all.recorder->noted(OperationKind::store, "happens before", at, ObjectKind::annotation, place);
}

void happens_after(const volatile void* address, std::uintptr_t place) {
    auto& all = machine();
    if (!all.runs()) return;
    const auto at = number_of(address);
    const Access access{AccessKind::read, all.objects.number(at, ObjectKind::annotation), no_id};
    all.announce(OperationKind::load, access, at, place);
    annotations().acquire(at, all.self().happened);
    all.take(access);
    if (all.recorder == nullptr) return;
    all.recorder->noted(OperationKind::load, "happens after", at, ObjectKind::annotation, place);
}

}  // namespace

void happens_in_turn(const volatile void* address, const char* words, std::uintptr_t place) {
    auto& all = machine();
    const auto at = number_of(address);
    const Access access{AccessKind::write, all.objects.number(at, ObjectKind::annotation), no_id};
    all.announce(OperationKind::store, access, at, place);
    annotations().acquire(at, all.self().happened);
    annotations().release(at, all.self().happened);
    all.take(access);
    if (all.recorder == nullptr) return;
    all.recorder->noted(OperationKind::store, words, at, ObjectKind::annotation, place);
}

REVENANT_EXPORT void __tsan_acquire(void* address) { happens_after(address, REVENANT_PLACE); }
REVENANT_EXPORT void __tsan_release(void* address) { happens_before(address, REVENANT_PLACE); }

#define REVENANT_MUTEX_WORD(name) \
    REVENANT_EXPORT void __tsan_mutex_##name(void*, unsigned) {}
REVENANT_MUTEX_WORD(create)
REVENANT_MUTEX_WORD(destroy)
REVENANT_MUTEX_WORD(pre_lock)
REVENANT_MUTEX_WORD(pre_signal)
REVENANT_MUTEX_WORD(post_signal)
REVENANT_MUTEX_WORD(pre_divert)
REVENANT_MUTEX_WORD(post_divert)
REVENANT_EXPORT void __tsan_mutex_post_lock(void*, unsigned, int) {}
REVENANT_EXPORT int __tsan_mutex_pre_unlock(void*, unsigned) { return 0; }
REVENANT_MUTEX_WORD(post_unlock)

// Those that begin so are called with the file and line of the call.
REVENANT_EXPORT void AnnotateHappensBefore(const char*, int, const volatile void* address) {
    happens_before(address, REVENANT_PLACE);
}
REVENANT_EXPORT void AnnotateHappensAfter(const char*, int, const volatile void* address) {
    happens_after(address, REVENANT_PLACE);
}
REVENANT_EXPORT void AnnotateBenignRace(const char*, int, const volatile void*, const char*) {}
REVENANT_EXPORT void AnnotateBenignRaceSized(const char*, int, const volatile void*, std::size_t,
                                             const char*) {}
REVENANT_EXPORT void AnnotateIgnoreReadsBegin(const char*, int) {}
REVENANT_EXPORT void AnnotateIgnoreReadsEnd(const char*, int) {}
REVENANT_EXPORT void AnnotateIgnoreWritesBegin(const char*, int) {}
REVENANT_EXPORT void AnnotateIgnoreWritesEnd(const char*, int) {}
REVENANT_EXPORT void AnnotateIgnoreSyncBegin(const char*, int) {}
REVENANT_EXPORT void AnnotateIgnoreSyncEnd(const char*, int) {}
REVENANT_EXPORT void AnnotateEnableRaceDetection(const char*, int, int) {}
REVENANT_EXPORT void AnnotateFlushState(const char*, int) {}
REVENANT_EXPORT void AnnotateNewMemory(const char*, int, const volatile void*, std::size_t) {}
REVENANT_EXPORT void AnnotateNoOp(const char*, int, const volatile void*) {}
REVENANT_EXPORT void AnnotatePublishMemoryRange(const char*, int, const volatile void*, std::size_t) {}
REVENANT_EXPORT void AnnotateUnpublishMemoryRange(const char*, int, const volatile void*, std::size_t) {}
REVENANT_EXPORT void AnnotateThreadName(const char*, int, const char*) {}
REVENANT_EXPORT void AnnotateMemoryIsInitialized(const char*, int, const volatile void*, std::size_t) {}
REVENANT_EXPORT void AnnotateMemoryIsUninitialized(const char*, int, const volatile void*, std::size_t) {}
REVENANT_EXPORT void AnnotateRWLockCreate(const char*, int, const volatile void*) {}
REVENANT_EXPORT void AnnotateRWLockCreateStatic(const char*, int, const volatile void*) {}
REVENANT_EXPORT void AnnotateRWLockDestroy(const char*, int, const volatile void*) {}
REVENANT_EXPORT void AnnotateRWLockAcquired(const char*, int, const volatile void*, long) {}
REVENANT_EXPORT void AnnotateRWLockReleased(const char*, int, const volatile void*, long) {}
REVENANT_EXPORT void AnnotateMutexIsNotPHB(const char*, int, const volatile void*) {}
REVENANT_EXPORT void AnnotateMutexIsUsedAsCondVar(const char*, int, const volatile void*) {}
REVENANT_EXPORT void AnnotateCondVarWait(const char*, int, const volatile void*, const volatile void*) {}
REVENANT_EXPORT void AnnotateCondVarSignal(const char*, int, const volatile void*) {}
REVENANT_EXPORT void AnnotateCondVarSignalAll(const char*, int, const volatile void*) {}
REVENANT_EXPORT void AnnotateExpectRace(const char*, int, const volatile void*, const char*) {}
REVENANT_EXPORT void AnnotateFlushExpectedRaces(const char*, int) {}
REVENANT_EXPORT void AnnotatePCQCreate(const char*, int, const volatile void*) {}
REVENANT_EXPORT void AnnotatePCQDestroy(const char*, int, const volatile void*) {}
REVENANT_EXPORT void AnnotatePCQGet(const char*, int, const volatile void*) {}
REVENANT_EXPORT void AnnotatePCQPut(const char*, int, const volatile void*) {}
REVENANT_EXPORT void AnnotateTraceMemory(const char*, int, const volatile void*) {}

REVENANT_EXPORT void WTFAnnotateHappensBefore(const char*, int, const volatile void* address) {
    happens_before(address, REVENANT_PLACE);
}
REVENANT_EXPORT void WTFAnnotateHappensAfter(const char*, int, const volatile void* address) {
    happens_after(address, REVENANT_PLACE);
}
REVENANT_EXPORT void WTFAnnotateBenignRaceSized(const char*, int, const volatile void*, std::size_t,
                                                const char*) {}
REVENANT_EXPORT int RunningOnValgrind() { return 0; }

}  // namespace revenant::model::native
