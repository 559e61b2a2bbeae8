// tutorial/lost_update, the README's example: every thread adds one to a counter.
#pragma once

#include "scenarios/body.hpp"

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
struct LostUpdate {
    void operator()(scenario<P>& s) const {
        using Counter = typename P::template atomic<int>;
        auto& counter = s.template make<Counter>("counter", 0, cell_name{"value"});
        s.threads(s.count(), "increment", [&] { Increment::increment(counter); });
        s.at_end([&] {
            const auto all = static_cast<int>(s.count());
            s.require(counter.load(std::memory_order::relaxed) == all, "every increment counts");
        });
    }
};

}  // namespace revenant::scenarios
