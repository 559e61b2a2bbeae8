#include "model/native/unused_result.hpp"

#include <capstone/capstone.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "model/native/fiber.hpp"
#include "model/native/layout.hpp"
#include "model/native/thread_pointer.hpp"

namespace revenant::model::native {
namespace {

constexpr std::size_t instruction_size_max = 15;

bool is_result(unsigned reg) {
    return reg == X86_REG_RAX || reg == X86_REG_EAX || reg == X86_REG_AX || reg == X86_REG_AL ||
           reg == X86_REG_AH;
}
bool is_all_of_result(unsigned reg) { return reg == X86_REG_RAX || reg == X86_REG_EAX; }

/// What an instruction does to the result.
enum class Use : std::uint8_t { none, touches, overwrites };

bool mentions(const cs_x86_op& operand) {
    if (operand.type == X86_OP_REG) return is_result(operand.reg);
    return operand.type == X86_OP_MEM && (is_result(operand.mem.base) || is_result(operand.mem.index));
}

// What puts something into its first operand whatever was there.
bool is_move(unsigned id) {
    return id == X86_INS_MOV || id == X86_INS_MOVABS || id == X86_INS_LEA || id == X86_INS_MOVZX ||
           id == X86_INS_MOVSX || id == X86_INS_MOVSXD;
}
// What ends a way, or goes another one than is followed here.
bool is_unclear(unsigned id) {
    return id == X86_INS_RET || id == X86_INS_SYSCALL || id == X86_INS_INT || id == X86_INS_LOOP ||
           id == X86_INS_LOOPE || id == X86_INS_LOOPNE;
}

class Disassembler {
public:
    Disassembler() {
        if (cs_open(CS_ARCH_X86, CS_MODE_64, &handle_) != CS_ERR_OK) {
            give_up(internal_error, "the disassembler does not begin");
        }
        cs_option(handle_, CS_OPT_DETAIL, CS_OPT_ON);
        instruction_ = cs_malloc(handle_);
    }
    Disassembler(const Disassembler&) = delete;
    Disassembler& operator=(const Disassembler&) = delete;

    /// Null: there is none.
    [[nodiscard]] const cs_insn* at(std::uintptr_t place) {
        const auto* code = reinterpret_cast<const std::uint8_t*>(place);
        auto size = instruction_size_max;
        std::uint64_t address = place;
        return cs_disasm_iter(handle_, &code, &size, &address, instruction_) ? instruction_ : nullptr;
    }
    [[nodiscard]] Use use_of(const cs_insn& instruction) const {
        const auto& x86 = instruction.detail->x86;
        const auto& first = x86.operands[0];
        if (x86.op_count == 2 && first.type == X86_OP_REG && is_all_of_result(first.reg)) {
            const auto& second = x86.operands[1];
            const bool is_zeroing = instruction.id == X86_INS_XOR || instruction.id == X86_INS_SUB;
            if (is_zeroing && second.type == X86_OP_REG && second.reg == first.reg) return Use::overwrites;
            if (is_move(instruction.id) && !mentions(second)) return Use::overwrites;
        }
        if (std::any_of(x86.operands, x86.operands + x86.op_count, mentions)) return Use::touches;
        cs_regs read{};
        cs_regs written{};
        std::uint8_t reads = 0;
        std::uint8_t writes = 0;
        if (cs_regs_access(handle_, &instruction, read, &reads, written, &writes) != CS_ERR_OK) {
            return Use::touches;
        }
        const bool is_touched =
            std::any_of(read, read + reads, is_result) || std::any_of(written, written + writes, is_result);
        return is_touched ? Use::touches : Use::none;
    }
    /// Whether it goes on elsewhere, or does so under a condition; calls aside.
    [[nodiscard]] bool is_jump(const cs_insn& instruction) const {
        return cs_insn_group(handle_, &instruction, CS_GRP_JUMP);
    }

private:
    csh handle_ = 0;
    cs_insn* instruction_ = nullptr;
};

Disassembler& disassembler() {
    static auto& instance = *new Disassembler;
    return instance;
}

/// The address that a jump or a call names, or 0.
std::uintptr_t target_of(const cs_insn& instruction) {
    const auto& operand = instruction.detail->x86.operands[0];
    return operand.type == X86_OP_IMM ? static_cast<std::uintptr_t>(operand.imm) : 0;
}

// A jump through memory: the linker's way to a function of another library. A function of the program itself
// may be known to the compiler to leave rax alone.
bool leaves_the_program(std::uintptr_t function) {
    const auto* found = disassembler().at(function);
    if (found != nullptr && found->id == X86_INS_ENDBR64) found = disassembler().at(function + found->size);
    return found != nullptr && found->id == X86_INS_JMP && found->detail->x86.operands[0].type == X86_OP_MEM;
}

/// The ways from a place, as far as they have been followed.
class Ways {
public:
    explicit Ways(std::uintptr_t place) { add(place); }

    /// Whether the result is lost on each of them.
    [[nodiscard]] bool all_lose_it() {
        for (std::size_t i = 0; i < count_; ++i) {
            if (!loses_it(places_[i])) return false;
        }
        return !has_too_many_;
    }

private:
    bool loses_it(std::uintptr_t place) {
        constexpr int instructions_max = 64;
        for (int i = 0; i < instructions_max; ++i) {
            const auto* const found = disassembler().at(place);
            if (found == nullptr || is_unclear(found->id)) return false;
            if (found->id == X86_INS_UD2) return true;
            const auto use = disassembler().use_of(*found);
            if (use != Use::none) return use == Use::overwrites;
            const auto after = place + found->size;
            const auto target = target_of(*found);
            const bool is_call = found->id == X86_INS_CALL;
            if (disassembler().is_jump(*found)) {
                if (target == 0) return false;
                const bool always = found->id == X86_INS_JMP;
                if (always && leaves_the_program(target)) return true;
                add(target);
                if (always) return true;
            }
            if (is_call && (target == 0 || leaves_the_program(target))) return true;
            place = after;
        }
        return false;
    }
    void add(std::uintptr_t place) {
        const auto end = places_.begin() + static_cast<std::ptrdiff_t>(count_);
        if (std::find(places_.begin(), end, place) != end) return;
        if (count_ == places_.size()) {
            has_too_many_ = true;
        } else {
            places_[count_++] = place;
        }
    }

    std::array<std::uintptr_t, 16> places_{};
    std::size_t count_ = 0;
    bool has_too_many_ = false;
};

// The disassembler needs a stack, and leaves on it what the program would find on its own.
struct Question {
    std::uintptr_t place;
    bool answer;
    Fiber asker;
    Fiber answerer;
};
Question question;

void answer() {
    while (true) {
        question.answer = Ways(question.place).all_lose_it();
        switch_to(question.answerer, question.asker);
    }
}

bool ask(std::uintptr_t place) {
    constexpr std::size_t stack_bytes = std::size_t{256} << 10;
    static char* const stack = static_cast<char*>(map_memory(0, stack_bytes, "no memory for a stack"));
    question.place = place;
    question.asker.thread_pointer = thread_pointer();
    question.answerer.thread_pointer = thread_pointer();
    prepare(question.answerer, stack + stack_bytes, answer);
    switch_to(question.asker, question.answerer);
    return question.answer;
}

struct Known {
    std::uintptr_t place = 0;
    bool is_unused = false;
};
std::array<Known, 1024> known;

}  // namespace

bool result_is_unused(std::uintptr_t place) {
    auto& entry = known[place % known.size()];
    if (entry.place != place) entry = {place, ask(place)};
    return entry.is_unused;
}

}  // namespace revenant::model::native
