// tutorial/lost_update, the README's example: every thread adds one to a counter.
#pragma once

#include "model/program.hpp"
#include "scenarios/calls.hpp"
#include "scenarios/witness.hpp"

namespace revenant::scenarios {

/// WRONG ON PURPOSE: between the load and the store another thread's increment is lost.
struct LoadThenStore {
    template <class Counter>
    static void increment(Counter& counter) {
        const int seen = counter.load(std::memory_order::seq_cst);
        counter.store(seen + 1, std::memory_order::seq_cst);
    }
};

struct FetchAdd {
    template <class Counter>
    static void increment(Counter& counter) {
        counter.fetch_add(1, std::memory_order::relaxed);
    }
};

template <class P, class Increment>
class LostUpdate final : public model::Program {
    using Counter = typename P::template atomic<int>;

public:
    explicit LostUpdate(unsigned threads) : threads_(threads) {}

    void setup() override { counter_ = P::template make<Counter>("counter", 0, cell_name{"value"}); }
    void thread(unsigned) override {
        calls<P>("increment");
        Increment::increment(*counter_);
    }
    [[nodiscard]] unsigned symmetry_class(unsigned) const override { return 0; }
    void teardown() override {
        if (counter_->load(std::memory_order::relaxed) != static_cast<int>(threads_)) {
            violated<P>(model::FindingKind::invariant, "every increment counts");
        }
        P::destroy(counter_);
    }

private:
    unsigned threads_;
    Counter* counter_ = nullptr;
};

}  // namespace revenant::scenarios
