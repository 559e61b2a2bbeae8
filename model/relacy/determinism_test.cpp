// A test that is not deterministic is found, and the first step that differed is named.
#include <doctest/doctest.h>

#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/search/dpor.hpp"
#include "model/search/full.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;
using std::memory_order;

/// WRONG ON PURPOSE: what a thread does depends on how often the program has been run.
class CountsItsRuns final : public Program {
public:
    void setup() override {
        ++runs_;
        x_ = P::make<P::atomic<int>>("object", 0, cell_name{"x"});
        y_ = P::make<P::atomic<int>>("object", 0, cell_name{"y"});
    }
    void thread(unsigned) override {
        if (runs_ == 3) {
            y_->store(1, memory_order::seq_cst);
        } else {
            static_cast<void>(x_->load(memory_order::seq_cst));
        }
        x_->fetch_add(1, memory_order::seq_cst);
        x_->fetch_add(1, memory_order::seq_cst);
    }
    void teardown() override {
        P::destroy(x_);
        P::destroy(y_);
    }

private:
    unsigned runs_ = 0;
    P::atomic<int>* x_ = nullptr;
    P::atomic<int>* y_ = nullptr;
};

TEST_CASE_TEMPLATE("a step that depends on something else than the choices is named", Strategy,
                   search::FullSearch, search::Dpor) {
    CountsItsRuns program;
    Strategy strategy;
    const auto outcome = explore(program, 2, strategy, {});
    CHECK(outcome.ending == Ending::diverged);
    CHECK(outcome.verdict == Verdict::undecided);
    CHECK_FALSE(outcome.exhaustive);
    INFO(outcome.difference);
    CHECK(outcome.difference.find("object#2.y store 0→1 at model/relacy/determinism_test.cpp:") !=
          std::string::npos);
    CHECK(outcome.difference.find("object#1.x load = ") != std::string::npos);
}

}  // namespace
}  // namespace revenant::model::relacy
