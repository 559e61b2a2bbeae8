// The litmus tests of model/litmus/ on std::atomic: a test for each row, which says so where an execution has
// the outcome that the row asks for.
#include <array>
#include <atomic>
#include <revenant/explore.hpp>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "model/litmus/parse.hpp"
#include "model/litmus/table.hpp"

namespace revenant::model::litmus {
namespace {

struct Memory {
    std::array<std::atomic<int>, 3> atomics{};
    int plain = 0;
    Values values{};  // each register is one thread's

    std::atomic<int>& atomic(char location) { return atomics[static_cast<std::size_t>(location - 'x')]; }
};

int compare_exchange(std::atomic<int>& cell, const Statement& s) {
    int seen = s.expected;
    const bool stored = s.weak ? cell.compare_exchange_weak(seen, s.operand, s.order, s.failure_order)
                               : cell.compare_exchange_strong(seen, s.operand, s.order, s.failure_order);
    return s.succeeded ? static_cast<int>(stored) : seen;
}

void execute(const Statement& s, Memory& memory) {
    if (s.guard != 0 && memory.values[index_of(s.guard)] != s.guard_value) return;
    const bool is_plain = s.location == plain_location;
    int result = 0;
    switch (s.kind) {
        case StatementKind::fence: std::atomic_thread_fence(s.order); return;
        case StatementKind::store:
            if (is_plain) {
                memory.plain = s.operand;
            } else {
                memory.atomic(s.location).store(s.operand, s.order);
            }
            return;
        case StatementKind::load:
            result = is_plain ? memory.plain : memory.atomic(s.location).load(s.order);
            break;
        case StatementKind::add: result = memory.atomic(s.location).fetch_add(s.operand, s.order); break;
        case StatementKind::exchange: result = memory.atomic(s.location).exchange(s.operand, s.order); break;
        case StatementKind::cas: result = compare_exchange(memory.atomic(s.location), s); break;
    }
    memory.values[index_of(s.target)] = result;
}

// Parsed before main: what an execution does is done anew in the next.
const auto programs = [] {
    std::vector<Parsed> made;
    for (const auto& test : table()) made.push_back(*parse(test.program, test.outcome));
    return made;
}();

template <std::size_t index>
void run() {
    const auto& program = programs[index];
    Memory memory;
    std::vector<std::thread> started;
    for (const auto& thread : program.threads) {
        started.emplace_back([&memory, &thread] {
            for (const auto& statement : thread) execute(statement, memory);
        });
    }
    for (auto& thread : started) thread.join();
    for (const char location : {'x', 'y', 'z'}) {
        memory.values[index_of(location)] = memory.atomic(location).load(std::memory_order::relaxed);
    }
    REVENANT_ENSURE(program.data_race || !holds(program.outcome, memory.values));
}

constexpr std::size_t rows_max = 80;

template <std::size_t... indices>
bool register_all(std::index_sequence<indices...>) {
    using Run = void (*)();
    constexpr Run runs[] = {run<indices>...};
    for (std::size_t i = 0; i < table().size(); ++i) {
        revenant_register_test(std::string(table()[i].name).c_str(), runs[i]);
    }
    return true;
}

const bool is_registered = register_all(std::make_index_sequence<rows_max>());

}  // namespace
}  // namespace revenant::model::litmus
