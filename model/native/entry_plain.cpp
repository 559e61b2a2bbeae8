// What the compiler calls before a plain access (-fsanitize=thread), and the functions of libc that make
// many.
#include "model/native/entry_plain.hpp"

#include <cstring>

#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/points.hpp"

namespace revenant::model::native {
namespace {

// Of an instruction, or of a call, that may be a step of the search.
void plain(const void* address, std::size_t size, bool is_write, std::uintptr_t place) {
    auto& all = machine();
    if (!all.is_exploring()) return;
    const auto at = reinterpret_cast<std::uintptr_t>(address);
    Points::has(place) && size != 0 ? access_at_point(at, size, is_write, place)
                                    : all.access(at, size, is_write, place);
}

void plain_of_libc(const void* address, std::size_t size, bool is_write, std::uintptr_t place) {
    if (!is_own_code(place)) plain(address, size, is_write, place);
}

struct __attribute__((packed, may_alias)) Word {
    std::uint64_t word;
};

template <class T>
T get(const void* from) {
    T value;
    __builtin_memcpy(&value, from, sizeof value);
    return value;
}
// Up to twice its size: the first of it and the last, which may overlap.
template <class T>
void copy_ends(void* to, const void* from, std::size_t size) {
    const auto first = get<T>(from);
    const auto last = get<T>(static_cast<const char*>(from) + size - sizeof(T));
    __builtin_memcpy(to, &first, sizeof first);
    __builtin_memcpy(static_cast<char*>(to) + size - sizeof(T), &last, sizeof last);
}
using Vector [[gnu::vector_size(16)]] = long long;

// Without a call of libc's functions, which are these. What is short would take `rep` longest.
void* copy(void* to, const void* from, std::size_t size) {
    constexpr std::size_t short_max = 256;
    void* const result = to;
    if (size <= short_max && size >= sizeof(Vector)) {
        const auto last = get<Vector>(static_cast<const char*>(from) + size - sizeof(Vector));
        auto* const last_to = static_cast<char*>(to) + size - sizeof(Vector);
        for (; static_cast<char*>(to) < last_to; to = static_cast<char*>(to) + sizeof(Vector)) {
            const auto vector = get<Vector>(from);
            __builtin_memcpy(to, &vector, sizeof vector);
            from = static_cast<const char*>(from) + sizeof(Vector);
        }
        __builtin_memcpy(last_to, &last, sizeof last);
        return result;
    }
    if (size < sizeof(Vector)) {
        if (size >= 8) {
            copy_ends<std::uint64_t>(to, from, size);
        } else if (size >= 4) {
            copy_ends<std::uint32_t>(to, from, size);
        } else if (size >= 2) {
            copy_ends<std::uint16_t>(to, from, size);
        } else if (size == 1) {
            copy_ends<std::uint8_t>(to, from, size);
        }
        return result;
    }
    asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size)::"memory");
    return result;
}
void* copy_down(void* to, const void* from, std::size_t size) {
    auto* last = static_cast<char*>(to) + size - 1;
    const auto* last_from = static_cast<const char*>(from) + size - 1;
    asm volatile("std\n\trep movsb\n\tcld" : "+D"(last), "+S"(last_from), "+c"(size)::"memory");
    return to;
}
void* move(void* to, const void* from, std::size_t size) {
    const auto distance = reinterpret_cast<std::uintptr_t>(to) - reinterpret_cast<std::uintptr_t>(from);
    return distance < size && distance != 0 ? copy_down(to, from, size) : copy(to, from, size);
}
void* fill(void* to, int value, std::size_t size) {
    void* const result = to;
    asm volatile("rep stosb" : "+D"(to), "+c"(size) : "a"(value) : "memory");
    return result;
}
int compare(const void* a, const void* b, std::size_t size) {
    const auto* x = static_cast<const unsigned char*>(a);
    const auto* y = static_cast<const unsigned char*>(b);
    // By words as long as they are equal: the program's variables are compared before each execution.
    while (size >= sizeof(Word) &&
           reinterpret_cast<const Word*>(x)->word == reinterpret_cast<const Word*>(y)->word) {
        x += sizeof(Word);
        y += sizeof(Word);
        size -= sizeof(Word);
    }
    for (; size != 0; --size, ++x, ++y) {
        if (*x != *y) return *x < *y ? -1 : 1;
    }
    return 0;
}

}  // namespace

void announce_plain(const void* address, std::size_t size, bool is_write, std::uintptr_t place) {
    plain(address, size, is_write, place);
}

#define REVENANT_PLAIN(size)                                                                               \
    REVENANT_EXPORT void __tsan_read##size(void* at) { plain(at, size, false, REVENANT_PLACE); }           \
    REVENANT_EXPORT void __tsan_write##size(void* at) { plain(at, size, true, REVENANT_PLACE); }           \
    REVENANT_EXPORT void __tsan_unaligned_read##size(void* at) { plain(at, size, false, REVENANT_PLACE); } \
    REVENANT_EXPORT void __tsan_unaligned_write##size(void* at) { plain(at, size, true, REVENANT_PLACE); } \
    REVENANT_EXPORT void __tsan_read_write##size(void* at) { plain(at, size, true, REVENANT_PLACE); }      \
    REVENANT_EXPORT void __tsan_unaligned_read_write##size(void* at) {                                     \
        plain(at, size, true, REVENANT_PLACE);                                                             \
    }                                                                                                      \
    REVENANT_EXPORT void __tsan_volatile_read##size(void* at) { plain(at, size, false, REVENANT_PLACE); }  \
    REVENANT_EXPORT void __tsan_volatile_write##size(void* at) { plain(at, size, true, REVENANT_PLACE); }
REVENANT_PLAIN(1)
REVENANT_PLAIN(2)
REVENANT_PLAIN(4)
REVENANT_PLAIN(8)
REVENANT_PLAIN(16)

REVENANT_EXPORT void __tsan_init() {}
REVENANT_EXPORT void __tsan_func_entry(void* caller) {
    auto& all = machine();
    if (all.is_running() && all.recorder != nullptr) {
        all.runner().calls.push_back(reinterpret_cast<std::uintptr_t>(caller));
    }
}
REVENANT_EXPORT void __tsan_func_exit() {
    auto& all = machine();
    if (!all.is_running() || all.recorder == nullptr) return;
    if (auto& calls = all.runner().calls; !calls.empty()) calls.pop_back();
}
REVENANT_EXPORT void __tsan_ignore_thread_begin() {}
REVENANT_EXPORT void __tsan_ignore_thread_end() {}
REVENANT_EXPORT void __tsan_read_range(void* at, unsigned long size) {
    plain(at, size, false, REVENANT_PLACE);
}
REVENANT_EXPORT void __tsan_write_range(void* at, unsigned long size) {
    plain(at, size, true, REVENANT_PLACE);
}
REVENANT_EXPORT void __tsan_vptr_read(void** at) { plain(at, sizeof *at, false, REVENANT_PLACE); }
// A destructor that sets the pointer to what it is already races with nobody who calls a virtual function.
REVENANT_EXPORT void __tsan_vptr_update(void** at, void* value) {
    if (*at != value) plain(at, sizeof *at, true, REVENANT_PLACE);
}

REVENANT_EXPORT void* memcpy(void* to, const void* from, std::size_t size) {
    plain_of_libc(from, size, false, REVENANT_PLACE);
    plain_of_libc(to, size, true, REVENANT_PLACE);
    return copy(to, from, size);
}
REVENANT_EXPORT void* memmove(void* to, const void* from, std::size_t size) {
    plain_of_libc(from, size, false, REVENANT_PLACE);
    plain_of_libc(to, size, true, REVENANT_PLACE);
    return move(to, from, size);
}
REVENANT_EXPORT void bcopy(const void* from, void* to, std::size_t size) {
    plain_of_libc(from, size, false, REVENANT_PLACE);
    plain_of_libc(to, size, true, REVENANT_PLACE);
    move(to, from, size);
}
REVENANT_EXPORT void* memset(void* to, int value, std::size_t size) {
    plain_of_libc(to, size, true, REVENANT_PLACE);
    return fill(to, value, size);
}
REVENANT_EXPORT void* mempcpy(void* to, const void* from, std::size_t size) {
    plain_of_libc(from, size, false, REVENANT_PLACE);
    plain_of_libc(to, size, true, REVENANT_PLACE);
    return static_cast<char*>(copy(to, from, size)) + size;
}
REVENANT_EXPORT void bzero(void* to, std::size_t size) {
    plain_of_libc(to, size, true, REVENANT_PLACE);
    fill(to, 0, size);
}
REVENANT_EXPORT void explicit_bzero(void* to, std::size_t size) {
    plain_of_libc(to, size, true, REVENANT_PLACE);
    fill(to, 0, size);
}
REVENANT_EXPORT int memcmp(const void* a, const void* b, std::size_t size) {
    plain_of_libc(a, size, false, REVENANT_PLACE);
    plain_of_libc(b, size, false, REVENANT_PLACE);
    return compare(a, b, size);
}
REVENANT_EXPORT int bcmp(const void* a, const void* b, std::size_t size) {
    plain_of_libc(a, size, false, REVENANT_PLACE);
    plain_of_libc(b, size, false, REVENANT_PLACE);
    return compare(a, b, size);
}
REVENANT_EXPORT void* __tsan_memcpy(void* to, const void* from, std::size_t size) {
    plain_of_libc(from, size, false, REVENANT_PLACE);
    plain_of_libc(to, size, true, REVENANT_PLACE);
    return copy(to, from, size);
}
REVENANT_EXPORT void* __tsan_memmove(void* to, const void* from, std::size_t size) {
    plain_of_libc(from, size, false, REVENANT_PLACE);
    plain_of_libc(to, size, true, REVENANT_PLACE);
    return move(to, from, size);
}
REVENANT_EXPORT void* __tsan_memset(void* to, int value, std::size_t size) {
    plain_of_libc(to, size, true, REVENANT_PLACE);
    return fill(to, value, size);
}

}  // namespace revenant::model::native
