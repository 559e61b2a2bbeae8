// load_to_confirm: the CAS behind it is a part of its step, weak or strong, and what comes after is
// explored as always.
#include <doctest/doctest.h>

#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/search/dpor.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;
using std::memory_order;

struct Weak {
    static bool exchange(P::atomic<int>& x, int& seen) {
        return x.compare_exchange_weak(seen, seen + 1, memory_order::acq_rel, memory_order::relaxed);
    }
};
struct Strong {
    static bool exchange(P::atomic<int>& x, int& seen) {
        return x.compare_exchange_strong(seen, seen + 1, memory_order::acq_rel, memory_order::relaxed);
    }
};

/// WRONG ON PURPOSE: each thread counts, then a message is passed without order.
template <class Cas>
class CountThenPass final : public Program {
    struct All {
        P::atomic<int> x{0, {"x"}};
        P::atomic<int> y{0, {"y"}};
        P::atomic<int> z{0, {"z"}};
    };

public:
    void setup() override { all_ = P::make<All>("object"); }
    void thread(unsigned index) override {
        while (true) {
            int seen = all_->x.load_to_confirm(memory_order::relaxed);
            if (Cas::exchange(all_->x, seen)) break;
        }
        if (index == 0) {
            all_->y.store(1, memory_order::relaxed);
            all_->z.store(1, memory_order::relaxed);
        } else if (all_->z.load(memory_order::relaxed) == 1) {
            P::check(all_->y.load(memory_order::relaxed) == 1, check_kind::assertion, "the message has come");
        }
    }
    void teardown() override { P::destroy(all_); }

private:
    All* all_ = nullptr;
};

TEST_CASE_TEMPLATE("what comes after a confirmed load is explored", Cas, Weak, Strong) {
    CountThenPass<Cas> program;
    search::Dpor strategy;
    const auto outcome = explore(program, 2, strategy, {});
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::assertion);
}

}  // namespace
}  // namespace revenant::model::relacy
