// What stands behind a call, in machine code, and whether it has any use for the result.
#include "model/native/unused_result.hpp"

#include <doctest/doctest.h>

#include <iterator>

extern "C" {
extern const char behind_overwritten[], behind_read[], behind_stored[], behind_returned[], behind_zeroed[],
    behind_part[], behind_library_call[], behind_last_call[], behind_own_call[], behind_either_way[],
    behind_one_way[], behind_conditional[], behind_pushed[], behind_pointer_call[], behind_loop[];
}

// Never run. `abort` is reached as a function of another library, `own_function` is one of this program.
asm(R"(
    .text
own_function:
    ret
behind_overwritten:
    mov %rbx, %rdi
    mov $1, %eax
    ret
behind_read:
    mov $1, %ecx
    cmp $1, %eax
    mov $2, %eax
    ret
behind_stored:
    mov %eax, -8(%rsp)
    mov $2, %eax
    ret
behind_returned:
    nop
    ret
behind_zeroed:
    xor %eax, %eax
    ret
behind_part:
    mov $1, %al
    mov $2, %eax
    ret
behind_library_call:
    mov %rbx, %rdi
    call abort@PLT
    mov %eax, %ecx
    ret
behind_last_call:
    add $8, %rsp
    jmp abort@PLT
behind_own_call:
    call own_function
    mov %eax, %ecx
    ret
behind_either_way:
    test %ebx, %ebx
    je 1f
    mov $1, %eax
    ret
1:  xor %eax, %eax
    ret
behind_one_way:
    test %ebx, %ebx
    je 1f
    mov $1, %eax
    ret
1:  mov %eax, %ebx
    ret
behind_conditional:
    cmove %ebx, %eax
    mov $2, %eax
    ret
behind_pushed:
    push %rax
    mov $2, %eax
    ret
behind_pointer_call:
    call *(%rbx)
    mov %eax, %ecx
    ret
behind_loop:
    nop
    jmp behind_loop
)");

namespace revenant::model::native {
namespace {

TEST_CASE("a result is unused if every way loses it before anything reads it") {
    const struct {
        const char* place;
        const char* name;
        bool is_unused;
    } rows[] = {
        {behind_overwritten, "overwritten", true},
        {behind_read, "compared", false},
        {behind_stored, "stored", false},
        {behind_returned, "returned", false},
        {behind_zeroed, "set to 0", true},
        {behind_part, "overwritten in part", false},
        {behind_library_call, "a library's function is called", true},
        {behind_last_call, "a library's function is called last", true},
        {behind_own_call, "a function of the program is called", false},
        {behind_either_way, "overwritten on two ways", true},
        {behind_one_way, "read on one of two ways", false},
        {behind_conditional, "overwritten under a condition", false},
        {behind_pushed, "pushed", false},
        {behind_pointer_call, "a function is called by its pointer", true},
        {behind_loop, "an endless loop", true},
    };
    REQUIRE(std::size(rows) != 0);
    for (const auto& row : rows) {
        INFO(std::string(row.name));
        CHECK(result_is_unused(reinterpret_cast<std::uintptr_t>(row.place)) == row.is_unused);
    }
}

}  // namespace
}  // namespace revenant::model::native
