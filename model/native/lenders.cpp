#include "model/native/lenders.hpp"

#include <linux/futex.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdio>

#include "model/native/export.hpp"
#include "model/native/layout.hpp"

// Stays where another stack has been left: takes up what revenant_native_switch has saved there, and goes no
// further. With a word in rsi it stops for the debugger first; let go on, it sets the word and wakes its
// waiter. The second label has a frame that a debugger can unwind: the return address is on top of the stack.
asm(R"(
    .text
    .globl revenant_native_stay
    .hidden revenant_native_stay
    .type revenant_native_stay, @function
revenant_native_stay:
    movq %rdi, %rsp
    ldmxcsr (%rsp)
    fldcw 4(%rsp)
    addq $8, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    jmp revenant_native_stopped
    .size revenant_native_stay, . - revenant_native_stay

    .globl revenant_native_stopped
    .hidden revenant_native_stopped
    .type revenant_native_stopped, @function
revenant_native_stopped:
    .cfi_startproc
    testq %rsi, %rsi
    jz 1f
    int3
    movl $1, (%rsi)
    movq %rsi, %rdi
    movl $129, %esi  # FUTEX_WAKE_PRIVATE
    movl $1, %edx
    movl $202, %eax  # futex
    syscall
1:  movl $34, %eax   # pause
    syscall
    jmp 1b
    .cfi_endproc
    .size revenant_native_stopped, . - revenant_native_stopped
)");

extern "C" void revenant_native_stay(void* stack, void* word) __attribute__((visibility("hidden")));

namespace revenant::model::native {
namespace {

// No function of libc's: those that this library has in place of them are for the program's threads.
long system_call(long number, const void* first, long second, long third) {
    long result = 0;
    register long fourth asm("r10") = 0;
    asm volatile("syscall"
                 : "=a"(result)
                 : "a"(number), "D"(first), "S"(second), "d"(third), "r"(fourth)
                 : "rcx", "r11", "memory");
    return result;
}

using Flag = std::atomic<std::uint32_t>;

// seq_cst throughout: a lender sleeps and wakes once in the life of a process.
void wait_for(const Flag& flag) {
    while (flag == 0) system_call(SYS_futex, &flag, FUTEX_WAIT_PRIVATE, 0);
}
void set(Flag& flag) {
    flag = 1;
    system_call(SYS_futex, &flag, FUTEX_WAKE_PRIVATE, 1);
}

struct Lender {
    void* thread_pointer = nullptr;
    Flag is_ready = 0;
    Flag is_called = 0;         ///< by a debugger: to stand where its fiber does
    void* stack = nullptr;      ///< … which has been left here
    Flag* let_go_on = nullptr;  ///< … to be set when somebody lets the thread go on
    char name[16] = {};         ///< … and what it is called
};

std::array<Lender, threads_max>& lenders() {
    static auto& all = *new std::array<Lender, threads_max>;
    return all;
}

void* lend(void* to) {
    auto& own = *static_cast<Lender*>(to);
    own.thread_pointer = __builtin_thread_pointer();
    set(own.is_ready);
    wait_for(own.is_called);
    system_call(SYS_prctl, reinterpret_cast<void*>(PR_SET_NAME), reinterpret_cast<long>(own.name), 0);
    revenant_native_stay(own.stack, own.let_go_on);
    return nullptr;
}

}  // namespace

std::vector<void*> borrow_threads() {
    const auto create = next_function<decltype(pthread_create)>("pthread_create");
    sigset_t all_signals;
    sigset_t before;
    sigfillset(&all_signals);
    pthread_sigmask(SIG_SETMASK, &all_signals, &before);
    for (int i = 0; i < threads_max; ++i) {
        pthread_attr_t attributes;
        pthread_attr_init(&attributes);
        pthread_attr_setstack(&attributes, reinterpret_cast<void*>(lender_stack_of(i)), lender_stack_size);
        pthread_t made;
        if (create(&made, &attributes, lend, &lenders()[static_cast<std::size_t>(i)]) != 0) {
            give_up(internal_error, "the system does not give as many threads as are needed");
        }
        pthread_attr_destroy(&attributes);
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    std::vector<void*> pointers;
    for (const auto& lender : lenders()) {
        wait_for(lender.is_ready);
        pointers.push_back(lender.thread_pointer);
    }
    return pointers;
}

void show_to_debugger(const Machine& machine) {
    static Flag let_go_on = 0;
    for (unsigned i = 0; i < machine.threads_made(); ++i) {
        const auto& thread = machine.threads()[i];
        const bool fails = static_cast<int>(i) == machine.failure().thread;
        if (thread.state == Thread::State::ended || fails) continue;
        auto& lender = lenders()[i];
        lender.stack = machine.runner(static_cast<int>(i)).fiber.stack_pointer;
        std::snprintf(lender.name, sizeof lender.name, "T%u", i + 1);
        set(lender.is_called);
    }
    // The one that fails comes last: all others are in their places by the time that a person looks at them.
    const auto failing = static_cast<std::size_t>(machine.failure().thread);
    auto& lender = lenders()[failing];
    lender.stack = machine.runner(static_cast<int>(failing)).fiber.stack_pointer;
    lender.let_go_on = &let_go_on;
    std::snprintf(lender.name, sizeof lender.name, "T%zu", failing + 1);
    set(lender.is_called);
    wait_for(let_go_on);
}

}  // namespace revenant::model::native
