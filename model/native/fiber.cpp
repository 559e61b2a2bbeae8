#include "model/native/fiber.hpp"

#include <cstdint>

#include "model/native/thread_pointer.hpp"

// Saves what a call preserves, the control words of the two floating-point units included, and takes up what
// the other stack has saved. Almost always the words are the same: to load them takes longer than to look.
asm(R"(
    .text
    .globl revenant_native_switch
    .hidden revenant_native_switch
    .type revenant_native_switch, @function
revenant_native_switch:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    subq $8, %rsp
    stmxcsr (%rsp)
    fnstcw 4(%rsp)
    movl (%rsp), %eax
    movzwl 4(%rsp), %ecx
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    cmpl (%rsp), %eax
    je 1f
    ldmxcsr (%rsp)
1:  cmpw 4(%rsp), %cx
    je 2f
    fldcw 4(%rsp)
2:  addq $8, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
    .size revenant_native_switch, . - revenant_native_switch

    .globl revenant_native_entry
    .hidden revenant_native_entry
    .type revenant_native_entry, @function
revenant_native_entry:
    .cfi_startproc
    .cfi_undefined rip
    callq *%r12
    ud2
    .cfi_endproc
    .size revenant_native_entry, . - revenant_native_entry
)");

extern "C" {
void revenant_native_switch(void** save, void* go_on) __attribute__((visibility("hidden")));
void revenant_native_entry() __attribute__((visibility("hidden")));
}

namespace revenant::model::native {

void prepare(Fiber& fiber, void* stack_end, void (*entry)()) {
    // From the top: nothing, the return address, six registers (r12 has the entry), the control words.
    auto* const top = static_cast<std::uint64_t*>(stack_end) - 2;
    auto* stack = top;
    *--stack = reinterpret_cast<std::uint64_t>(&revenant_native_entry);
    for (int i = 0; i < 2; ++i) *--stack = 0;  // rbp, rbx
    *--stack = reinterpret_cast<std::uint64_t>(entry);
    for (int i = 0; i < 3; ++i) *--stack = 0;  // r13 to r15
    std::uint32_t floating[2] = {0, 0};
    asm volatile("stmxcsr %0\n\tfnstcw %1" : "=m"(floating[0]), "=m"(floating[1]));
    *--stack = floating[0] | static_cast<std::uint64_t>(floating[1]) << 32;
    fiber.stack_pointer = stack;
}

void switch_to(Fiber& from, Fiber& to) {
    hand_thread_pointer_on(from, to);
    revenant_native_switch(&from.stack_pointer, to.stack_pointer);
}

}  // namespace revenant::model::native
