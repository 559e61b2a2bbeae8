// The members of std::atomic in the model world: what they return, what a trace says of them, and what a
// count's role tells.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "impl/cells/test_atomics.hpp"
#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/relacy/test_claims.hpp"
#include "model/search/bounded.hpp"
#include "model/search/full.hpp"
#include "model/test_every_operation.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;

TEST_CASE("relacy_platform.atomic has the members of std::atomic") {
    Claims program([](auto claim) { claims_of_atomics<P>(claim); });
    search::BoundedSearch strategy(0);
    ExploreOptions options;
    options.budget_executions = 1;
    const auto outcome = explore(program, 2, strategy, options);
    CHECK_MESSAGE(!outcome.finding, (outcome.finding ? outcome.finding->sentence : ""));
    CHECK(program.made > 40);
}

TEST_CASE("a trace has each operation by its name with the values before and after") {
    EveryOperation<P> program;
    search::FullSearch strategy;
    const auto outcome = explore(program, 2, strategy, {});
    CHECK(outcome.verdict == Verdict::correct);
    std::string words;
    for (const auto& step : outcome.trace.steps) {
        if (step.thread == 0) words += outcome.trace.describe(step) + "\n";
    }
    CHECK(words == every_operation_words);
}

TEST_CASE("what real threads follow are the steps of the model") {
    EveryOperation<P> program;
    search::BoundedSearch strategy(0);
    const auto outcome = explore(program, 2, strategy, {});
    const auto& steps = outcome.trace.steps;
    REQUIRE(steps.size() == std::size(every_operation_steps));
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto& op = steps[i].operation;
        const auto& expected = every_operation_steps[i];
        const bool is_pointer = outcome.trace.value_of(op) == CellValue::pointer;
        const auto word = [&](std::uint64_t value) { return is_pointer ? pointer_target(value) : value; };
        CAPTURE(outcome.trace.in_words(steps[i]));
        CHECK(steps[i].thread == expected.thread);
        CHECK(op.kind == expected.kind);
        CHECK(op.target == expected.target);
        CHECK(op.on_block == expected.on_block);
        if (!expected.compared) continue;
        CHECK(word(op.before) == expected.before);
        CHECK(word(op.after) == expected.after);
    }
}

/// T1 does something to a count that stands at a value.
template <class Act>
class OnCount final : public Program {
public:
    explicit OnCount(int initial) : initial_(initial) {}
    void setup() override { refs_ = P::make<P::strong_count<int>>("object", initial_); }
    void thread(unsigned index) override {
        if (index == 0) Act()(*refs_);
    }
    void teardown() override { P::destroy(refs_); }

private:
    int initial_;
    P::strong_count<int>* refs_ = nullptr;
};

template <class Act>
std::string found(int initial, Act) {
    OnCount<Act> program(initial);
    search::FullSearch strategy;
    const auto outcome = explore(program, 2, strategy, {});
    return outcome.finding ? to_text(outcome.finding->kind) : "nothing";
}

TEST_CASE("a count with a sign is judged by the direction in which it goes, however that is written") {
    constexpr auto max = std::numeric_limits<int>::max();
    CHECK(found(0, [](auto& refs) { ++refs; }) == "resurrection");
    CHECK(found(0, [](auto& refs) { refs = 1; }) == "resurrection");
    CHECK(found(0, [](auto& refs) { refs |= 1; }) == "resurrection");
    CHECK(found(1, [](auto& refs) { refs += -1; }) == "nothing");
    CHECK(found(1, [](auto& refs) { refs.fetch_sub(-1); }) == "nothing");
    CHECK(found(0, [](auto& refs) { --refs; }) == "counter-underflow");
    CHECK(found(1, [](auto& refs) { refs += -2; }) == "counter-underflow");
    CHECK(found(max, [](auto& refs) { refs++; }) == "counter-overflow");
}

}  // namespace
}  // namespace revenant::model::relacy
