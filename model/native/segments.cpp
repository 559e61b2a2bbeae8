#include "model/native/segments.hpp"

#include <link.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "model/native/export.hpp"
#include "model/native/heap.hpp"
#include "model/native/libcs_own.hpp"

namespace revenant::model::native {
namespace {

/// A module's variables, and where its threads' own lie from the thread pointer.
struct Module {
    std::vector<Segments::Range> writable;
    std::intptr_t thread_offset = 0;
    std::size_t thread_bytes = 0;
};

constexpr std::uintptr_t page = 4096;

void add_without(std::vector<Segments::Range>& ranges, std::uintptr_t begin, std::uintptr_t end,
                 std::uintptr_t hole_begin, std::uintptr_t hole_end) {
    if (hole_begin >= end || hole_end <= begin) {
        if (begin < end) ranges.push_back({begin, end});
        return;
    }
    if (begin < hole_begin) ranges.push_back({begin, hole_begin});
    if (hole_end < end) ranges.push_back({hole_end, end});
}

int visit_module(dl_phdr_info* info, std::size_t, void* to) {
    if (is_of_the_process(info->dlpi_name)) return 0;
    auto& modules = *static_cast<std::vector<Module>*>(to);
    Module module;
    std::uintptr_t sealed_begin = 0;  // what the loader has made read-only after relocating it
    std::uintptr_t sealed_end = 0;
    for (int i = 0; i < info->dlpi_phnum; ++i) {
        const auto& header = info->dlpi_phdr[i];
        if (header.p_type != PT_GNU_RELRO) continue;
        sealed_begin = info->dlpi_addr + header.p_vaddr;
        sealed_end = (sealed_begin + header.p_memsz) & ~(page - 1);
        sealed_begin &= ~(page - 1);
    }
    for (int i = 0; i < info->dlpi_phnum; ++i) {
        const auto& header = info->dlpi_phdr[i];
        const auto begin = info->dlpi_addr + header.p_vaddr;
        if (header.p_type == PT_LOAD && (header.p_flags & PF_W) != 0) {
            add_without(module.writable, begin, begin + header.p_memsz, sealed_begin, sealed_end);
        }
        if (header.p_type == PT_TLS && info->dlpi_tls_data != nullptr) {
            module.thread_offset = reinterpret_cast<std::intptr_t>(info->dlpi_tls_data) -
                                   reinterpret_cast<std::intptr_t>(__builtin_thread_pointer());
            module.thread_bytes = header.p_memsz;
        }
    }
    modules.push_back(std::move(module));
    return 0;
}

void remember_now(Segments::Range& range) {
    const auto* const begin = reinterpret_cast<const unsigned char*>(range.begin);
    range.image.assign(begin, begin + (range.end - range.begin));
}

using Vector [[gnu::vector_size(16)]] = long long;

// A thread's variables begin anywhere.
Vector vector_at(const unsigned char* bytes) {
    Vector vector;
    __builtin_memcpy(&vector, bytes, sizeof vector);  // no call, though built-in functions are off here
    return vector;
}

// A line of the cache that is as it was.
bool is_equal(const unsigned char* now, const unsigned char* before) {
    const auto differs = [&](std::size_t at) { return vector_at(now + at) ^ vector_at(before + at); };
    const auto difference = differs(0) | differs(16) | differs(32) | differs(48);
    return (difference[0] | difference[1]) == 0;
}

// Most of it has not changed: reading is cheaper than writing to pages that are shared with nobody yet.
void put_back(const Segments::Range& range) {
    constexpr std::size_t line = 4 * sizeof(Vector);
    auto* const begin = reinterpret_cast<unsigned char*>(range.begin);
    const auto* const image = range.image.data();
    std::size_t at = 0;
    for (; at + line <= range.image.size(); at += line) {
        if (!is_equal(begin + at, image + at)) std::memcpy(begin + at, image + at, line);
    }
    std::memcpy(begin + at, image + at, range.image.size() - at);
}

}  // namespace

bool is_of_the_process(const char* name) {
    using std::string_view_literals::operator""sv;
    std::string_view file = name;
    if (const auto slash = file.rfind('/'); slash != file.npos) file.remove_prefix(slash + 1);
    for (const auto library :
         {"libc.so"sv, "ld-linux"sv, "linux-vdso"sv, "libgcc_s."sv, "librevenant_native"sv, "libtsan."sv,
          "libclang_rt.tsan"sv, "libubsan."sv, "libpthread."sv, "libdl."sv, "libunwind."sv}) {
        if (file.starts_with(library)) return true;
    }
    return false;
}

namespace {

struct CodeRange {
    std::uintptr_t begin;
    std::uintptr_t end;
    bool is_of_the_process;
};
constexpr std::size_t codes_max = 16;
constinit std::array<CodeRange, codes_max> codes{};
constinit std::size_t codes_count = 0;

bool has_exceptions(std::string_view file) { return file.find("/libc++abi.") != file.npos; }

int visit_code(dl_phdr_info* info, std::size_t, void*) {
    const bool is_of_process = is_of_the_process(info->dlpi_name);
    if (!is_of_process && !has_exceptions(info->dlpi_name)) return 0;
    for (int i = 0; i < info->dlpi_phnum && codes_count < codes_max; ++i) {
        const auto& header = info->dlpi_phdr[i];
        if (header.p_type != PT_LOAD || (header.p_flags & PF_X) == 0) continue;
        const auto begin = info->dlpi_addr + header.p_vaddr;
        codes[codes_count++] = {begin, begin + header.p_memsz, is_of_process};
    }
    return 0;
}

bool lies_in_code(std::uintptr_t place, bool is_of_process) {
    return std::any_of(codes.begin(), codes.begin() + codes_count, [&](const CodeRange& code) {
        return place >= code.begin && place < code.end && code.is_of_the_process == is_of_process;
    });
}

}  // namespace

void find_code_of_the_process() { dl_iterate_phdr(visit_code, nullptr); }

bool is_code_of_the_process(std::uintptr_t place) { return is_own_code(place) || lies_in_code(place, true); }

bool is_code_of_exceptions(std::uintptr_t place) { return lies_in_code(place, false); }

void Segments::remember(const std::vector<void*>& lenders) {
    std::vector<Module> modules;
    dl_iterate_phdr(visit_module, &modules);
    for (auto& module : modules) {
        for (auto& range : module.writable) variables_.push_back(std::move(range));
    }
    variables_.push_back({number_of(&libcs_own), number_of(&libcs_own + 1)});
    if (Heap::end_of_before() > arena_begin) variables_.push_back({arena_begin, Heap::end_of_before()});
    for (auto& range : variables_) remember_now(range);
    const auto own = reinterpret_cast<std::uintptr_t>(__builtin_thread_pointer());
    for (std::size_t i = 0; i < lenders.size(); ++i) {
        for (const auto& module : modules) {
            if (module.thread_bytes == 0) continue;
            const auto begin = reinterpret_cast<std::uintptr_t>(lenders[i]) +
                               static_cast<std::uintptr_t>(module.thread_offset);
            if (i == 0) {  // the main thread goes on with what its variables were before main
                std::memcpy(reinterpret_cast<void*>(begin),
                            reinterpret_cast<void*>(own + static_cast<std::uintptr_t>(module.thread_offset)),
                            module.thread_bytes);
            }
            thread_variables_.push_back({begin, begin + module.thread_bytes});
            thread_variables_.back().thread = static_cast<unsigned>(i);
            remember_now(thread_variables_.back());
        }
    }
}

void Segments::put_back(unsigned threads) const {
    for (const auto& range : variables_) native::put_back(range);
    for (const auto& range : thread_variables_) {
        if (range.thread < threads) native::put_back(range);
    }
}

void Segments::put_back_thread(unsigned thread) const {
    for (const auto& range : thread_variables_) {
        if (range.thread == thread) native::put_back(range);
    }
}

}  // namespace revenant::model::native
