// Searches of the newest values only: what their loads read, and that they prove nothing.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/search/bounded.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;

struct Node {
    P::var<int> number{0};
};

/// T1 puts a node into the list; T2 looks, and may look at what was there before.
class StalePointer final : public Program {
public:
    void setup() override {
        head_ = P::make<P::atomic<Node*>>("list", nullptr, cell_name{"head"});
        node_ = P::make<Node>("node");
    }
    void thread(unsigned index) override {
        if (index == 0) {
            head_->store(node_, std::memory_order::relaxed);
        } else {
            static_cast<void>(head_->load(std::memory_order::relaxed));
        }
    }
    void teardown() override {
        P::destroy(head_);
        P::destroy(node_);
    }

private:
    P::atomic<Node*>* head_ = nullptr;
    Node* node_ = nullptr;
};

// What T2 has read, in all executions.
std::vector<std::string> looks(bool newest_only) {
    StalePointer program;
    search::BoundedSearch strategy(1);
    ExploreOptions options;
    options.newest_only = newest_only;
    options.budget_executions = 1;
    std::vector<std::string> seen;
    while (true) {
        const auto outcome = explore(program, 2, strategy, options);
        for (const auto& step : outcome.trace.steps) {
            if (step.thread == 1) seen.push_back(outcome.trace.describe(step));
        }
        if (outcome.ending != Ending::execution_budget) break;
    }
    std::sort(seen.begin(), seen.end());
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    return seen;
}

TEST_CASE("a stale pointer is told from one that is new, and is not read where only the newest is") {
    CHECK(looks(false) == std::vector<std::string>{"list#1.head load = node#1", "list#1.head load = null",
                                                   "list#1.head load = null (stale)"});
    CHECK(looks(true) == std::vector<std::string>{"list#1.head load = node#1", "list#1.head load = null"});
}

TEST_CASE("a search of the newest values only is exhaustive of these, and proves nothing") {
    StalePointer program;
    search::BoundedSearch strategy(5);
    ExploreOptions options;
    options.newest_only = true;
    const auto outcome = explore(program, 2, strategy, options);
    CHECK(outcome.verdict == Verdict::undecided);
    CHECK_FALSE(outcome.exhaustive);
    CHECK(outcome.exhaustive_of_newest);
}

}  // namespace
}  // namespace revenant::model::relacy
