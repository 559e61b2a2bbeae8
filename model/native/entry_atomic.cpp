// What the compiler calls for an atomic operation (-fsanitize=thread), and what it leaves to libatomic.
#include "model/native/atomics.hpp"
#include "model/native/export.hpp"
#include "model/native/orders.hpp"
#include "model/native/spin.hpp"

namespace revenant::model::native {
namespace {

__extension__ using U128 = unsigned __int128;
using U8 = std::uint8_t;
using U16 = std::uint16_t;
using U32 = std::uint32_t;
using U64 = std::uint64_t;

template <class T>
Atomics::Target target(volatile T* at, std::uintptr_t place, const void* frame) {
    return {reinterpret_cast<std::uintptr_t>(at), sizeof(T), place, frame};
}

// Before the first execution there is one thread, and nothing to choose.
bool runs() { return machine().is_running(); }

template <class T>
T change(volatile T* at, Change how, T operand, int order, std::uintptr_t place, const void* frame) {
    if (runs())
        return static_cast<T>(atomics().change(target(at, place, frame), how, operand, order_of(order)));
    const T before = *at;
    switch (how) {
        case Change::exchange: *at = operand; break;
        case Change::add: *at = static_cast<T>(before + operand); break;
        case Change::sub: *at = static_cast<T>(before - operand); break;
        case Change::bit_and: *at = static_cast<T>(before & operand); break;
        case Change::bit_or: *at = static_cast<T>(before | operand); break;
        case Change::bit_xor: *at = static_cast<T>(before ^ operand); break;
        case Change::bit_nand: *at = static_cast<T>(~(before & operand)); break;
    }
    return before;
}

/// What a program expects lies anywhere: a pair of pointers is aligned as a pointer is.
template <class T>
struct __attribute__((packed)) Anywhere {
    T value;
};

template <class T>
bool compare_exchange(volatile T* at, void* expected_at, T desired, int success, int failure, bool weak,
                      std::uintptr_t place, const void* frame) {
    auto& expected = *static_cast<Anywhere<T>*>(expected_at);
    if (!runs()) {
        if (*at == expected.value) {
            *at = desired;
            return true;
        }
        expected.value = *at;
        return false;
    }
    Value value = expected.value;
    auto to = target(at, place, frame);
    to.found_at = reinterpret_cast<std::uintptr_t>(expected_at);
    const bool stored =
        atomics().compare_exchange(to, value, desired, order_of(success), order_of(failure), weak);
    if (!stored && expected.value != static_cast<T>(value)) {
        expected.value = static_cast<T>(value);
        if (machine().is_exploring()) {
            spin().found_another(machine().current(), reinterpret_cast<std::uintptr_t>(expected_at));
        }
    }
    return stored;
}

}  // namespace

#define REVENANT_CHANGE(bits, name, how)                                                                     \
    REVENANT_EXPORT U##bits __tsan_atomic##bits##_##name(volatile U##bits* at, U##bits operand, int order) { \
        return change(at, how, operand, order, REVENANT_PLACE, REVENANT_FRAME);                              \
    }
#define REVENANT_ATOMIC(bits)                                                                               \
    REVENANT_EXPORT U##bits __tsan_atomic##bits##_load(const volatile U##bits* at, int order) {             \
        auto* const from = const_cast<volatile U##bits*>(at);                                               \
        if (!runs()) return *from;                                                                          \
        return static_cast<U##bits>(                                                                        \
            atomics().load(target(from, REVENANT_PLACE, REVENANT_FRAME), order_of(order)));                 \
    }                                                                                                       \
    REVENANT_EXPORT void __tsan_atomic##bits##_store(volatile U##bits* at, U##bits value, int order) {      \
        if (!runs()) {                                                                                      \
            *at = value;                                                                                    \
        } else {                                                                                            \
            atomics().store(target(at, REVENANT_PLACE, nullptr), value, order_of(order));                   \
        }                                                                                                   \
    }                                                                                                       \
    REVENANT_CHANGE(bits, exchange, Change::exchange)                                                       \
    REVENANT_CHANGE(bits, fetch_add, Change::add)                                                           \
    REVENANT_CHANGE(bits, fetch_sub, Change::sub)                                                           \
    REVENANT_CHANGE(bits, fetch_and, Change::bit_and)                                                       \
    REVENANT_CHANGE(bits, fetch_or, Change::bit_or)                                                         \
    REVENANT_CHANGE(bits, fetch_xor, Change::bit_xor)                                                       \
    REVENANT_CHANGE(bits, fetch_nand, Change::bit_nand)                                                     \
    REVENANT_EXPORT int __tsan_atomic##bits##_compare_exchange_strong(                                      \
        volatile U##bits* at, U##bits* expected, U##bits desired, int success, int failure) {               \
        return compare_exchange(at, expected, desired, success, failure, false, REVENANT_PLACE,             \
                                REVENANT_FRAME)                                                             \
                   ? 1                                                                                      \
                   : 0;                                                                                     \
    }                                                                                                       \
    REVENANT_EXPORT int __tsan_atomic##bits##_compare_exchange_weak(                                        \
        volatile U##bits* at, U##bits* expected, U##bits desired, int success, int failure) {               \
        return compare_exchange(at, expected, desired, success, failure, true, REVENANT_PLACE,              \
                                REVENANT_FRAME)                                                             \
                   ? 1                                                                                      \
                   : 0;                                                                                     \
    }                                                                                                       \
    REVENANT_EXPORT U##bits __tsan_atomic##bits##_compare_exchange_val(                                     \
        volatile U##bits* at, U##bits expected, U##bits desired, int success, int failure) {                \
        static_cast<void>(compare_exchange(at, &expected, desired, success, failure, false, REVENANT_PLACE, \
                                           REVENANT_FRAME));                                                \
        return expected;                                                                                    \
    }
REVENANT_ATOMIC(8)
REVENANT_ATOMIC(16)
REVENANT_ATOMIC(32)
REVENANT_ATOMIC(64)
REVENANT_ATOMIC(128)

REVENANT_EXPORT void __tsan_atomic_thread_fence(int order) {
    if (runs()) atomics().fence(order_of(order), REVENANT_PLACE);
}
REVENANT_EXPORT void __tsan_atomic_signal_fence(int) {}

REVENANT_EXPORT U128 __atomic_load_16(const volatile void* at, int order) {
    return __tsan_atomic128_load(static_cast<const volatile U128*>(at), order);
}
REVENANT_EXPORT void __atomic_store_16(volatile void* at, U128 value, int order) {
    __tsan_atomic128_store(static_cast<volatile U128*>(at), value, order);
}
REVENANT_EXPORT U128 __atomic_exchange_16(volatile void* at, U128 value, int order) {
    return __tsan_atomic128_exchange(static_cast<volatile U128*>(at), value, order);
}
REVENANT_EXPORT bool __atomic_compare_exchange_16(volatile void* at, void* expected, U128 desired, bool weak,
                                                  int success, int failure) {
    return compare_exchange(static_cast<volatile U128*>(at), expected, desired, success, failure, weak,
                            REVENANT_PLACE, REVENANT_FRAME);
}

}  // namespace revenant::model::native
