// EveryOperation: a program with each operation that a Platform's atomics and data have, and the script of
// its one interleaving: for the tests of the worlds. The model's test compares the script with what the model
// does, the test of real threads follows it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <revenant/platform.hpp>
#include "model/program.hpp"
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
        all.plain += 2;
        all.plain.write() = -7;
        all.text = "new";
        static_cast<void>(all.text.read());
        all.slots[1] = 3;
        all.list.write().push_back(1);
    }
    void teardown() override { P::destroy(all_); }

private:
    using Numbers = std::vector<int, typename P::template allocator<int>>;
    struct All {
        std::int64_t places[2] = {};
        typename P::template atomic<int> number{0, {"number"}};
        typename P::template atomic<std::uint8_t> small;
        typename P::template atomic<Colour> colour{Colour::none, {"colour"}};
        typename P::template atomic<std::int64_t*> at;
        typename P::atomic_flag flag{cell_name{"flag"}};
        typename P::template strong_count<int> refs{2};
        typename P::template atomic<double> real = 1.0;
        typename P::template var<int> plain{1, {"plain"}};
        typename P::template var<std::string> text{"old", {"text"}};
        cell_array<typename P::template var<int>, 2> slots{"slot"};
        typename P::template guarded<Numbers> list{cell_name{"list"},
                                                   typename Numbers::allocator_type("item")};
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
all#1.plain read = 1
all#1.plain write = 3
all#1.plain write
all#1.text write
all#1.text read
all#1.slot[1] write = 3
all#1.list write
make item#1
)";

/// The same as numbers, for real threads.
struct EveryStep {
    OperationKind kind;
    std::uint16_t target;
    std::uint64_t before = 0;
    std::uint64_t after = 0;
    bool compared = true;  ///< its values
    bool on_block = false;
    int thread = 0;
};
inline constexpr std::uint64_t minus_1 = ~std::uint64_t{0};
inline constexpr EveryStep every_operation_steps[] = {
    {OperationKind::allocate, 0, 0, 0, false, true, setup_thread},
    {OperationKind::store, 0, 0, 12},
    {OperationKind::fetch_or, 0, 12, 15},
    {OperationKind::fetch_and, 0, 15, 14},
    {OperationKind::fetch_xor, 0, 14, 8},
    {OperationKind::fetch_sub, 0, 8, minus_1},
    {OperationKind::fetch_add, 0, minus_1, 0},
    {OperationKind::fetch_sub, 1, 0, 255},
    {OperationKind::exchange, 2, minus_1, 1},
    {OperationKind::store, 3, 0, 1},
    {OperationKind::fetch_add, 3, 1, 1},
    {OperationKind::exchange, 4, 0, 1},
    {OperationKind::load, 4, 1, 0},
    {OperationKind::store, 4, 1, 0},
    {OperationKind::fetch_sub, 5, 2, 1},
    {OperationKind::cas_strong, 1, 255, 7},
    {OperationKind::fetch_add, 6, 0, 0, false},
    {OperationKind::read, 7, 1, 0},
    {OperationKind::write, 7, 0, 3},
    {OperationKind::write, 7, 0, 0, false},
    {OperationKind::write, 8, 0, 0, false},
    {OperationKind::read, 8, 0, 0, false},
    {OperationKind::write, 10, 0, 3},
    {OperationKind::write, 11, 0, 0, false},
    {OperationKind::allocate, 1, 0, 0, false, true},
    {OperationKind::free, 1, 0, 0, false, true, teardown_thread},
    {OperationKind::free, 0, 0, 0, false, true, teardown_thread},
};

}  // namespace revenant::model
