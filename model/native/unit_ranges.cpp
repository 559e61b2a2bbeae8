#include "model/native/unit_ranges.hpp"

#include <cstddef>

namespace revenant::model::native {
namespace {

using Compare = int(const void*, const void*);

/// Code that a unit has, as libbacktrace keeps it. One sort has them by their begins, the longest first.
struct UnitRange {
    std::uintptr_t begin;
    std::uintptr_t end;
    const void* unit;
};

bool sorts_unit_ranges(std::size_t size, Compare* compare) {
    if (!module_read || size != sizeof(UnitRange)) return false;
    const UnitRange longer{1, 9, nullptr};
    const UnitRange shorter{1, 5, nullptr};
    const UnitRange later{2, 5, nullptr};
    return compare(&longer, &shorter) < 0 && compare(&longer, &later) < 0 && compare(&shorter, &later) < 0;
}

// Two sources have a function, the linker keeps one, and both units have it as theirs. libbacktrace finds the
// last range that begins before a place, and no other: one within another hides what that has behind it. From
// its begin on all becomes the other's, whose unit describes the function as well. The order stays. A
// function that the linker has put in no other's place begins where the module does, and no code is there.
void hide_none(UnitRange* ranges, std::size_t count) {
    const UnitRange* around = nullptr;
    for (auto* range = ranges; range != ranges + count; ++range) {
        if (range->begin == *module_read) continue;
        if (around != nullptr && range->end < around->end) *range = {range->begin, around->end, around->unit};
        around = range;
    }
}

}  // namespace

extern "C" {

void __real_backtrace_qsort(void* begin, std::size_t count, std::size_t size, Compare* compare);
/// In place of libbacktrace's own (the linker's `--wrap`).
void __wrap_backtrace_qsort(void* begin, std::size_t count, std::size_t size, Compare* compare);
void __wrap_backtrace_qsort(void* begin, std::size_t count, std::size_t size, Compare* compare) {
    __real_backtrace_qsort(begin, count, size, compare);
    if (sorts_unit_ranges(size, compare)) hide_none(static_cast<UnitRange*>(begin), count);
}
}

}  // namespace revenant::model::native
