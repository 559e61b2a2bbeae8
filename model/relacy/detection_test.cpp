// The detectors that are ours and not Relacy's: what a counter's role tells, and who speaks first.
#include <doctest/doctest.h>

#include <limits>

#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/relacy/test_orders.hpp"
#include "model/search/full.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;
using Counter = P::atomic<std::uint32_t>;
using std::memory_order;
constexpr auto max = std::numeric_limits<std::uint32_t>::max();

/// One counter; the first thread does something to it, the second nothing.
template <class Act>
class OnCounter final : public Program {
public:
    OnCounter(std::uint32_t initial, cell_role role) : initial_(initial), role_(role) {}
    void setup() override { counter_ = P::make<Counter>("object", initial_, cell_name{"count", role_}); }
    void thread(unsigned index) override {
        if (index == 0) Act::act(*counter_);
    }
    void teardown() override { P::destroy(counter_); }

private:
    std::uint32_t initial_;
    cell_role role_;
    Counter* counter_ = nullptr;
};

struct Add {
    static void act(Counter& counter) { counter.fetch_add(1, order); }
};
struct Subtract {
    static void act(Counter& counter) { counter.fetch_sub(1, order); }
};
struct Cas {
    static void act(Counter& counter) {
        std::uint32_t seen = 0;
        static_cast<void>(counter.compare_exchange_strong(seen, 1, order, order));
    }
};
struct Store {
    static void act(Counter& counter) { counter.store(1, order); }
};
struct Exchange {
    static void act(Counter& counter) { static_cast<void>(counter.exchange(1, order)); }
};
struct AddNothing {
    static void act(Counter& counter) { counter.fetch_add(0, order); }
};
struct SubtractTwo {
    static void act(Counter& counter) { counter.fetch_sub(2, order); }
};
struct FailedCas {
    static void act(Counter& counter) {
        std::uint32_t seen = 7;
        static_cast<void>(counter.compare_exchange_strong(seen, 8, order, order));
    }
};
struct AddThenAssert {
    static void act(Counter& counter) {
        const auto old = counter.fetch_add(1, order);
        P::check(old > 0, check_kind::assertion, "somebody holds it");
    }
};
struct AddThenOperate {
    static void act(Counter& counter) {
        counter.fetch_add(1, order);
        static_cast<void>(counter.load(order));
    }
};

template <class Act>
Outcome outcome(std::uint32_t initial, cell_role role) {
    OnCounter<Act> program(initial, role);
    search::FullSearch strategy;
    return explore(program, 2, strategy, {});
}

template <class Act>
std::string found(std::uint32_t initial, cell_role role) {
    const auto result = outcome<Act>(initial, role);
    return result.finding ? to_text(result.finding->kind) : to_text(result.verdict);
}

/// The first thread writes a value and waits for nobody; the second notes when that was.
class Rules final : public Program {
public:
    explicit Rules(bool ordered) : ordered_(ordered) {}
    void setup() override {
        moment_ = {};
        written_ = false;
        flag_ = P::make<P::atomic<int>>("flag", 0, cell_name{"raised"});
    }
    void thread(unsigned index) override {
        if (index == 0) {
            moment_ = P::now();
            written_ = true;
            flag_->store(1, std::memory_order::release);
        } else if (const bool raised = flag_->load(std::memory_order::acquire) == 1; raised || !ordered_) {
            P::require(!written_ || P::is_over(moment_), "what the first has done is over");
        }
    }
    void teardown() override { P::destroy(flag_); }

private:
    bool ordered_;
    bool written_ = false;
    P::Moment moment_;
    P::atomic<int>* flag_ = nullptr;
};

TEST_CASE("a rule of a scenario's is broken where it does not hold in every order") {
    CHECK(P::tells_moments);
    search::FullSearch strategy;
    Rules ordered(true);
    CHECK(explore(ordered, 2, strategy, {}).verdict == Verdict::correct);
    search::FullSearch again;
    Rules unordered(false);
    const auto outcome = explore(unordered, 2, again, {});
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::invariant);
    CHECK(outcome.finding->invariant == "what the first has done is over");
}

}  // namespace

TEST_CASE("a strong count that goes 0→1 is a resurrection, however it goes there") {
    CHECK(found<Add>(0, cell_role::strong_count) == "resurrection");
    CHECK(found<Cas>(0, cell_role::strong_count) == "resurrection");
    CHECK(found<Store>(0, cell_role::strong_count) == "resurrection");
    CHECK(found<Exchange>(0, cell_role::strong_count) == "resurrection");
    CHECK(found<AddNothing>(0, cell_role::strong_count) == "correct");
    CHECK(found<Add>(1, cell_role::strong_count) == "correct");
    CHECK(found<Cas>(1, cell_role::strong_count) == "correct");
    CHECK(found<FailedCas>(0, cell_role::strong_count) == "correct");
}

TEST_CASE("a weak count and a plain number may go 0→1") {
    CHECK(found<Add>(0, cell_role::weak_count) == "correct");
    CHECK(found<Add>(0, cell_role::plain) == "correct");
}

TEST_CASE("a counter that wraps is found, a plain number may wrap") {
    CHECK(found<Add>(max, cell_role::strong_count) == "counter-overflow");
    CHECK(found<Add>(max, cell_role::weak_count) == "counter-overflow");
    CHECK(found<Subtract>(0, cell_role::strong_count) == "counter-underflow");
    CHECK(found<SubtractTwo>(1, cell_role::strong_count) == "counter-underflow");
    CHECK(found<Subtract>(0, cell_role::weak_count) == "counter-underflow");
    CHECK(found<Add>(max, cell_role::plain) == "correct");
    CHECK(found<Subtract>(0, cell_role::plain) == "correct");
}

TEST_CASE("the code's own assertion speaks before the detector does") {
    CHECK(found<AddThenAssert>(0, cell_role::strong_count) == "assertion");
}

TEST_CASE("a finding that is raised at the next operation names the step that did it") {
    const auto result = outcome<AddThenOperate>(0, cell_role::strong_count);
    REQUIRE(result.finding);
    const auto& step = result.trace.steps[static_cast<std::size_t>(result.finding->step)];
    CHECK(result.trace.describe(step) == "object#1.count fetch_add 0→1");
}

TEST_CASE("a mutex that is destroyed without order after its use is a data race") {
    class Unordered final : public Program {
    public:
        explicit Unordered(memory_order flag) : flag_order_(flag) {}
        void setup() override {
            flag_ = P::make<Counter>("flag", 0u);
            mutex_ = P::make<P::mutex>("mutex");
        }
        void thread(unsigned index) override {
            if (index == 0) {
                mutex_->lock();
                mutex_->unlock();
            }
            if (flag_->fetch_add(1, flag_order_) == 1) P::destroy(mutex_);
        }
        void teardown() override { P::destroy(flag_); }

    private:
        memory_order flag_order_;
        Counter* flag_ = nullptr;
        P::mutex* mutex_ = nullptr;
    };
    search::FullSearch first;
    Unordered loose(memory_order::relaxed);
    const auto wrong = explore(loose, 2, first, {});
    REQUIRE(wrong.finding);
    CHECK(wrong.finding->kind == FindingKind::data_race);
    search::FullSearch second;
    Unordered ordered(memory_order::acq_rel);
    CHECK(explore(ordered, 2, second, {}).verdict == Verdict::correct);
}

TEST_CASE("a program that differs from one execution to the next is not called correct") {
    class Changing final : public Program {
    public:
        void setup() override { counter_ = P::make<Counter>("object", 0u); }
        void thread(unsigned) override {
            for (int i = 0; i < calls_ % 3; ++i) counter_->fetch_add(1, order);
            ++calls_;
        }
        void teardown() override { P::destroy(counter_); }

    private:
        int calls_ = 0;  // survives an execution
        Counter* counter_ = nullptr;
    };
    search::FullSearch strategy;
    Changing program;
    const auto result = explore(program, 2, strategy, {});
    CHECK(result.verdict == Verdict::undecided);
    CHECK(result.ending == Ending::diverged);
    CHECK(result.diverged_at >= 0);
}

TEST_CASE("a CAS stores, and a failed one acquires, whatever pair of orders it has") {
    class Publication final : public Program {
    public:
        Publication(memory_order success, memory_order failure) : success_(success), failure_(failure) {}
        void setup() override {
            flag_ = P::make<Counter>("flag", 0u);
            data_ = P::make<P::var<std::uint32_t>>("data", 0u);
        }
        void thread(unsigned index) override {
            std::uint32_t seen = index == 0 ? 0 : 7;
            if (index == 0) {
                data_->set(1);
                P::check(
                    flag_->compare_exchange_strong(seen, 1, memory_order::release, memory_order::acquire),
                    check_kind::assertion, "it was 0");
            } else if (!flag_->compare_exchange_weak(seen, 8, success_, failure_) && seen == 1) {
                P::check(data_->get() == 1, check_kind::assertion, "it was published");
            }
        }
        void teardown() override {
            P::destroy(flag_);
            P::destroy(data_);
        }

    private:
        memory_order success_;
        memory_order failure_;
        Counter* flag_ = nullptr;
        P::var<std::uint32_t>* data_ = nullptr;
    };
    const auto verdict = [](memory_order success, memory_order failure) {
        search::FullSearch strategy;
        Publication program(success, failure);
        return explore(program, 2, strategy, {}).verdict;
    };
    for (const auto success : {memory_order::relaxed, memory_order::acquire, memory_order::release,
                               memory_order::acq_rel, memory_order::seq_cst}) {
        CHECK(verdict(success, memory_order::acquire) == Verdict::correct);
        CHECK(verdict(success, memory_order::seq_cst) == Verdict::correct);
        CHECK(verdict(success, memory_order::relaxed) == Verdict::broken);
    }
}

TEST_CASE("a livelock ends the execution and is reported") {
    struct Spin {
        static void act(Counter& counter) {
            while (counter.load(order) == 1) continue;
        }
    };
    CHECK(found<Spin>(1, cell_role::plain) == "livelock");
}

/// Memory with a variable in it that is not destroyed with it, as the value of a control block is not while
/// strong references live.
struct LeakyBox {
    alignas(P::var<int>) std::byte storage[sizeof(P::var<int>)];
    P::var<int>* data = ::new (static_cast<void*>(storage)) P::var<int>(0, cell_name{"data"});
};
template <class Use>
class UseAfterFree final : public Program {
public:
    void setup() override { box_ = P::make<LeakyBox>("object"); }
    void thread(unsigned index) override {
        if (index != 0) return;
        auto* const data = box_->data;
        P::destroy(box_);
        Use::use(*data);
    }
    void teardown() override {}

private:
    LeakyBox* box_ = nullptr;
};
struct Read {
    static void use(P::var<int>& data) { static_cast<void>(data.get()); }
};
struct Write {
    static void use(P::var<int>& data) { data.set(1); }
};

template <class Use>
void check_use_after_free(const char* step) {
    for (const bool unordered_destroys_fail : {true, false}) {
        UseAfterFree<Use> program;
        search::FullSearch strategy;
        ExploreOptions options;
        options.unordered_destroys_fail = unordered_destroys_fail;
        const auto result = explore(program, 2, strategy, options);
        REQUIRE(result.finding);
        CHECK(result.finding->kind == FindingKind::use_after_free);
        const auto& last = result.trace.steps[static_cast<std::size_t>(result.finding->step)];
        CHECK(result.trace.describe(last) == step);
    }
}

TEST_CASE("what is freed with plain data in it that was not destroyed is a use after free, read or written") {
    check_use_after_free<Read>("object#1.data read");
    check_use_after_free<Write>("object#1.data write");
}

TEST_CASE("a count that is revived is no finding where the search is to go on") {
    for (const bool fails : {true, false}) {
        OnCounter<Add> program(0, cell_role::strong_count);
        search::FullSearch strategy;
        ExploreOptions options;
        options.revivals_fail = fails;
        const auto result = explore(program, 2, strategy, options);
        CHECK(result.finding.has_value() == fails);
        CHECK(result.schedule.revivals_pass == !fails);
    }
}

}  // namespace revenant::model::relacy
