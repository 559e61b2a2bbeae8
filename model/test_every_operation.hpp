// EveryOperation: a program with each operation that a Platform's atomics have, and the script of its one
// interleaving: for the tests of the worlds. The model's test compares the script with what the model does,
// the test of real threads follows it.
#pragma once

#include <cstdint>
#include <vector>

#include "model/program.hpp"
#include "model/threads/gate.hpp"
#include "model/trace.hpp"

namespace revenant::model {

enum class Colour : std::int8_t { none = -1, red = 1 };

/// T1 does all of it, T2 nothing.
template <class P>
class EveryOperation final : public Program {
public:
    void setup() override { all_ = P::template make<All>("all"); }
    void thread(unsigned index) override {
        if (index != 0) return;
        auto& all = *all_;
        all.number = 12;
        all.number.fetch_or(3);
        all.number.fetch_and(-2);
        all.number.fetch_xor(6);
        all.number -= 9;
        ++all.number;
        all.small.fetch_sub(1);
        all.colour.exchange(Colour::red);
        all.at.store(all.places);
        all.at.fetch_add(1);
        all.flag.test_and_set();
        static_cast<void>(all.flag.test());
        all.flag.clear();
        --all.refs;
        std::uint8_t seen = 255;
        all.small.compare_exchange_strong(seen, 7);
        all.real.fetch_add(0.5);
    }
    void teardown() override { P::destroy(all_); }

private:
    struct All {
        std::int64_t places[2] = {};
        typename P::template atomic<int> number{0, {"number"}};
        typename P::template atomic<std::uint8_t> small;
        typename P::template atomic<Colour> colour{Colour::none, {"colour"}};
        typename P::template atomic<std::int64_t*> at;
        typename P::atomic_flag flag{cell_name{"flag"}};
        typename P::template strong_count<int> refs{2};
        typename P::template atomic<double> real = 1.0;
    };
    All* all_ = nullptr;
};

/// What a trace says of them.
inline constexpr const char* every_operation_words = R"(all#1.number store 0→12
all#1.number fetch_or 12→15
all#1.number fetch_and 15→14
all#1.number fetch_xor 14→8
all#1.number fetch_sub 8→-1
all#1.number fetch_add -1→0
all#1.value fetch_sub 0→255
all#1.colour exchange -1→1
all#1.value#2 store null→all#1
all#1.value#2 fetch_add all#1→all#1+8
all#1.flag test_and_set 0→1
all#1.flag test = 1
all#1.flag clear 1→0
all#1.strong fetch_sub 2→1
all#1.value CAS 255→7
all#1.value#3 fetch_add
)";

/// What real threads are given.
inline std::vector<threads::ScriptStep> every_operation_steps() {
    using enum OperationKind;
    constexpr std::uint64_t below_0 = ~std::uint64_t{0};
    struct Row {
        OperationKind kind;
        std::uint16_t cell;
        std::uint64_t before, after;
        bool values = true;
    };
    constexpr Row rows[] = {
        {store, 0, 0, 12},          {fetch_or, 0, 12, 15},
        {fetch_and, 0, 15, 14},     {fetch_xor, 0, 14, 8},
        {fetch_sub, 0, 8, below_0}, {fetch_add, 0, below_0, 0},
        {fetch_sub, 1, 0, 255},     {exchange, 2, below_0, 1},
        {store, 3, 0, 1},           {fetch_add, 3, 1, 1},
        {exchange, 4, 0, 1},        {load, 4, 1, 0},
        {store, 4, 1, 0},           {fetch_sub, 5, 2, 1},
        {cas_strong, 1, 255, 7},    {fetch_add, 6, 1, 2, false},
    };
    std::vector<threads::ScriptStep> steps;
    const auto on_block = [&](int thread, OperationKind kind) {
        steps.push_back({.thread = thread, .kind = kind, .on_block = true, .target = 0});
    };
    on_block(setup_thread, allocate);
    for (const auto& row : rows) {
        steps.push_back({.thread = 0,
                         .kind = row.kind,
                         .values = row.values,
                         .target = row.cell,
                         .before = row.before,
                         .after = row.after});
    }
    on_block(teardown_thread, free);
    return steps;
}

}  // namespace revenant::model
