// Atomic operations on an object of any size or alignment (a class of three bytes, say, or of twelve), which
// the compiler leaves to libatomic. Its locks make them indivisible: one step each, up to 16 bytes.
#include <cstring>
#include <string>

#include "model/native/atomics.hpp"
#include "model/native/export.hpp"
#include "model/native/orders.hpp"

namespace revenant::model::native {
namespace {

Value value_at(const void* at, std::size_t size) {
    Value value = 0;
    std::memcpy(&value, at, size);
    return value;
}
Atomics::Target target_of(std::size_t size, const volatile void* at, std::uintptr_t place,
                          const void* frame) {
    if (size > sizeof(Value)) {
        machine().not_modelled("an atomic of " + std::to_string(size) + " bytes (more than 16)");
    }
    return {number_of(at), size, place, frame};
}
// Before the first execution there is one thread.
void copy(void* to, const volatile void* from, std::size_t size) {
    std::memcpy(to, const_cast<const void*>(from), size);
}

}  // namespace

REVENANT_EXPORT_AS(void, __atomic_load, (std::size_t size, const volatile void* at, void* to, int order)) {
    if (!machine().is_running()) return copy(to, at, size);
    const auto value = atomics().load(target_of(size, at, REVENANT_PLACE, REVENANT_FRAME), order_of(order));
    copy(to, &value, size);
}
REVENANT_EXPORT_AS(void, __atomic_store, (std::size_t size, void* at, const void* from, int order)) {
    if (!machine().is_running()) return copy(at, from, size);
    atomics().store(target_of(size, at, REVENANT_PLACE, nullptr), value_at(from, size), order_of(order));
}
REVENANT_EXPORT_AS(void, __atomic_exchange,
                   (std::size_t size, void* at, const void* from, void* to, int order)) {
    if (!machine().is_running()) {
        copy(to, at, size);
        return copy(at, from, size);
    }
    const auto target = target_of(size, at, REVENANT_PLACE, REVENANT_FRAME);
    const auto before = atomics().change(target, Change::exchange, value_at(from, size), order_of(order));
    copy(to, &before, size);
}
REVENANT_EXPORT_AS(bool, __atomic_compare_exchange,
                   (std::size_t size, void* at, void* expected, const void* desired, int success,
                    int failure)) {
    if (!machine().is_running()) {
        const bool is_equal = std::memcmp(at, expected, size) == 0;
        is_equal ? copy(at, desired, size) : copy(expected, at, size);
        return is_equal;
    }
    auto target = target_of(size, at, REVENANT_PLACE, REVENANT_FRAME);
    target.found_at = number_of(expected);
    auto value = value_at(expected, size);
    const bool stored = atomics().compare_exchange(target, value, value_at(desired, size), order_of(success),
                                                   order_of(failure), false);
    if (!stored) copy(expected, &value, size);
    return stored;
}

}  // namespace revenant::model::native
