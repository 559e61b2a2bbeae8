// Fibers that switch in the middle of what they do with thread_local variables keep their own; and who has
// none gets no thread pointer.
#include "model/native/thread_pointer.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

#include "model/native/fiber.hpp"

namespace revenant::model::native {
namespace {

// A real thread that lends its pointer for as long as this lives.
class Lender {
public:
    Lender() {
        std::promise<void*> pointer;
        auto given = pointer.get_future();
        thread_ = std::thread([this, &pointer] {
            pointer.set_value(thread_pointer());
            over_.get_future().wait();
        });
        pointer_ = given.get();
    }
    ~Lender() {
        over_.set_value();
        thread_.join();
    }
    Lender(const Lender&) = delete;
    Lender& operator=(const Lender&) = delete;
    [[nodiscard]] void* pointer() const { return pointer_; }

private:
    std::promise<void> over_;
    std::thread thread_;
    void* pointer_ = nullptr;
};

int lent = 0;  // how often a fault has given somebody a thread pointer

void on_fault(int signal, siginfo_t* what, void*) {
    if (lends_thread_pointer(reinterpret_cast<std::uintptr_t>(what->si_addr))) {
        ++lent;
    } else {
        std::signal(signal, SIG_DFL);
    }
}

// What SIGSEGV calls, on a stack of its own: no fiber's may change.
class Faults {
public:
    Faults() {
        lent = 0;
        stack_t on{};
        on.ss_sp = stack_.data();
        on.ss_size = stack_.size();
        sigaltstack(&on, nullptr);
        struct sigaction action {};
        action.sa_sigaction = on_fault;
        action.sa_flags = SA_ONSTACK | SA_NODEFER | SA_SIGINFO;
        sigaction(SIGSEGV, &action, &before_);
    }
    ~Faults() {
        sigaction(SIGSEGV, &before_, nullptr);
        stack_t off{};
        off.ss_flags = SS_DISABLE;
        sigaltstack(&off, nullptr);
    }
    Faults(const Faults&) = delete;
    Faults& operator=(const Faults&) = delete;

private:
    struct sigaction before_ {};
    std::vector<char> stack_ = std::vector<char>(std::size_t{64} << 10);
};

constexpr int fibers_max = 2;
Fiber engine;
std::array<Fiber, fibers_max> fibers;
std::array<std::vector<char>, fibers_max> stacks;
int plain[fibers_max];
thread_local int own = 7;

void rest(int fiber) { switch_to(fibers[static_cast<std::size_t>(fiber)], engine); }
void go_on(int fiber) { switch_to(engine, fibers[static_cast<std::size_t>(fiber)]); }

void prepare_fiber(int number, const Lender& lender, void (*entry)()) {
    auto& fiber = fibers[static_cast<std::size_t>(number)];
    auto& stack = stacks[static_cast<std::size_t>(number)];
    stack.assign(std::size_t{256} << 10, 0);
    fiber = {};
    fiber.thread_pointer = lender.pointer();
    const auto end = (reinterpret_cast<std::uintptr_t>(stack.data()) + stack.size()) & ~std::uintptr_t{15};
    prepare(fiber, reinterpret_cast<void*>(end), entry);
}

template <int number>
void does_without() {
    while (true) {
        ++plain[number];
        rest(number);
    }
}

template <int number>
void has_its_own() {
    while (true) {
        auto* const before = &own;
        errno = 100 + number;
        try {
            own += number + 1;
            rest(number);
            throw std::runtime_error("thrown by one fiber while another one handles its own");
        } catch (const std::runtime_error&) {
            rest(number);
            plain[number] = before == &own && errno == 100 + number ? own : -1;
        }
        rest(number);
    }
}

TEST_CASE("who touches no thread_local variable gets no thread pointer") {
    const Faults faults;
    const Lender first;
    const Lender second;
    prepare_fiber(0, first, does_without<0>);
    prepare_fiber(1, second, does_without<1>);
    plain[0] = plain[1] = 0;
    engine.thread_pointer = thread_pointer();
    int faults_in_the_loop = -1;
    {
        const ThreadPointersOnDemand on_demand(true);
        for (int i = 0; i < 1000; ++i) {
            go_on(0);
            go_on(1);
        }
        faults_in_the_loop = lent;
    }
    CHECK(faults_in_the_loop == 0);
    CHECK(plain[0] == 1000);
    CHECK(plain[1] == 1000);
}

TEST_CASE("who touches one has its own, at its own address, and exceptions of its own") {
    for (const bool are_dear : {false, true}) {
        CAPTURE(are_dear);
        const Faults faults;
        const Lender first;
        const Lender second;
        prepare_fiber(0, first, has_its_own<0>);
        prepare_fiber(1, second, has_its_own<1>);
        own = 7;
        errno = 1;
        engine.thread_pointer = thread_pointer();
        constexpr int rounds = 100;
        int wrong = 0;
        {
            const ThreadPointersOnDemand on_demand(are_dear);
            for (int i = 1; i <= rounds; ++i) {
                for (int part = 0; part < 3; ++part) {
                    go_on(0);
                    go_on(1);
                }
                if (plain[0] != 7 + i || plain[1] != 7 + 2 * i) ++wrong;
            }
        }
        CHECK(wrong == 0);
        CHECK(own == 7);
        CHECK(errno == 1);
        // Who asks often soon gets it without a fault.
        if (are_dear) CHECK(lent > 0);
        CHECK(lent < rounds);
    }
}

TEST_CASE("errno is found beside a thread pointer") {
    errno = 12;
    CHECK(errno_of(thread_pointer()) == 12);
    const Lender other;
    CHECK(&errno_of(other.pointer()) != &errno);
}

}  // namespace
}  // namespace revenant::model::native
