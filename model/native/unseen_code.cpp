#include "model/native/unseen_code.hpp"

#include <capstone/capstone.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string_view>

#include "model/native/export.hpp"
#include "model/native/points.hpp"
#include "model/native/symbol_table.hpp"

namespace revenant::model::native {
namespace {

using std::string_view;

// The compiler's own, and test frameworks: they have no data that the threads of a test share.
bool is_of_no_concern(string_view source) {
    constexpr string_view wholes[] = {
        "",           "crtstuff.c", "abi-note.c", "init.c",           "start.S",         "crti.S",   "crtn.S",
        "elf-init.c", "atexit.c",   "libgcc2.c",  "pthread_atfork.c", "at_quick_exit.c", "cpuinfo.c"};
    constexpr string_view beginnings[] = {"crt1.",   "Scrt1.",       "rcrt1.", "gcrt1.", "tsan_preinit.",
                                          "unwind-", "eh_",          "gtest",  "gmock",  "catch_",
                                          "doctest", "<artificial>", "_gcov",  "libgcov"};
    const auto begins = [&](string_view part) { return source.starts_with(part); };
    return std::find(std::begin(wholes), std::end(wholes), source) != std::end(wholes) ||
           std::any_of(std::begin(beginnings), std::end(beginnings), begins);
}

/// Sources as the table of symbols has them: each with what is local to it behind it.
class Sources {
public:
    void look_at(const Elf64_Sym& symbol, string_view name) {
        if (ELF64_ST_TYPE(symbol.st_info) == STT_FILE) {
            end();
            source_ = name;
            is_seen_ = is_of_no_concern(name);
        }
        // By g++ and by Clang. The number behind counts the functions of the source that run before main.
        if (name.starts_with("_sub_I_00099_") || name == "tsan.module_ctor") is_seen_ = true;
    }
    std::vector<std::string> finish() {
        end();
        return std::move(unseen_);
    }

private:
    void end() {
        if (!is_seen_) unseen_.push_back(source_);
        is_seen_ = true;
    }
    std::string source_;
    bool is_seen_ = true;
    std::vector<std::string> unseen_;
};

constexpr std::uint8_t two_bytes = 0x0f;
constexpr std::uint8_t of_registers = 0xc0;  // of the byte that says what is accessed

// Whether the prefix stands there with what may follow it: opcodes that change memory.
bool may_have_locked_instruction(const std::uint8_t* code, std::size_t size) {
    constexpr std::uint8_t lock_prefix = 0xf0;
    constexpr std::uint8_t opcodes[] = {0x00, 0x01, 0x08, 0x09, two_bytes, 0x10, 0x11, 0x18,
                                        0x19, 0x20, 0x21, 0x28, 0x29,      0x30, 0x31, 0x80,
                                        0x81, 0x83, 0x86, 0x87, 0xf6,      0xf7, 0xfe, 0xff};
    const auto is_prefix = [](std::uint8_t byte) { return byte == 0x66 || (byte & 0xf0) == 0x40; };
    const auto* const end = code + size;
    for (const auto* at = code; at != end; ++at) {
        at = std::find(at, end, lock_prefix);
        if (at == end) return false;
        const auto* opcode = std::find_if_not(at + 1, end, is_prefix);
        if (opcode == end ||
            std::find(std::begin(opcodes), std::end(opcodes), *opcode) == std::end(opcodes)) {
            continue;
        }
        if (*opcode == two_bytes) ++opcode;
        if (end - opcode > 1 && opcode[1] < of_registers) return true;
    }
    return false;
}

// … or an exchange with memory, which is locked without a prefix. Behind 0x0f its opcodes are jumps.
bool may_have_exchange(const std::uint8_t* code, std::size_t size) {
    for (std::size_t i = 0; i + 1 < size; ++i) {
        const bool is_opcode = (code[i] & 0xfe) == 0x86 && (i == 0 || code[i - 1] != two_bytes);
        if (is_opcode && code[i + 1] < of_registers) return true;
    }
    return false;
}

// Instruction by instruction, as all that may be part of a number. Where the first of them ends, or 0.
std::uintptr_t first_locked_instruction(const std::uint8_t* code, std::size_t size) {
    if (!may_have_locked_instruction(code, size) && !may_have_exchange(code, size)) return 0;
    csh handle = 0;
    if (cs_open(CS_ARCH_X86, CS_MODE_64, &handle) != CS_ERR_OK) return 0;
    cs_option(handle, CS_OPT_DETAIL, CS_OPT_ON);
    auto* const instruction = cs_malloc(handle);
    std::uint64_t address = 0;
    bool is_locked = false;
    while (!is_locked && cs_disasm_iter(handle, &code, &size, &address, instruction)) {
        const auto& x86 = instruction->detail->x86;
        const bool is_exchange = instruction->id == X86_INS_XCHG &&
                                 (x86.operands[0].type == X86_OP_MEM || x86.operands[1].type == X86_OP_MEM);
        is_locked = x86.prefix[0] == X86_PREFIX_LOCK || is_exchange;
    }
    cs_free(instruction, 1);
    cs_close(&handle);
    return is_locked ? reinterpret_cast<std::uintptr_t>(code) : 0;
}

}  // namespace

UnseenCode unseen_code() {
    UnseenCode found;
    Sources sources;
    for_each_symbol_of_the_program([&](const Elf64_Sym& symbol, string_view name) {
        sources.look_at(symbol, name);
        if (name == "__gcov_init") found.has_counters = true;
        if (ELF64_ST_TYPE(symbol.st_info) != STT_FUNC || symbol.st_size == 0) return;
        const auto* const code = reinterpret_cast<const std::uint8_t*>(place_of(symbol.st_value));
        const auto locked = first_locked_instruction(code, symbol.st_size);
        if (locked != 0) found.instructions.push_back(locked);
    });
    found.sources = sources.finish();
    return found;
}

}  // namespace revenant::model::native
