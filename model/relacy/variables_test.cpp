// Plain data of any type, containers and their nodes in the model world: what holds of them, and what is
// found on them.
#include <doctest/doctest.h>

#include <list>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "impl/cells/test_variables.hpp"
#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/relacy/test_claims.hpp"
#include "model/search/bounded.hpp"
#include "model/search/full.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;

TEST_CASE("relacy_platform.var, guarded and allocator hold anything, and leave nothing behind") {
    Claims program([](auto claim) { claims_of_variables<P>(claim); });
    search::BoundedSearch strategy(0);
    const auto outcome = explore(program, 2, strategy, {});
    CHECK_MESSAGE(!outcome.finding, (outcome.finding ? outcome.finding->sentence : ""));
    CHECK(program.made > 20);
}

/// Two threads do something to what they share, under a mutex or not.
template <class Shared, class Act>
class Sharing final : public Program {
public:
    Sharing(bool locks, Act act) : locks_(locks), act_(act) {}
    void setup() override {
        shared_ = P::make<Shared>("shared");
        mutex_ = P::make<P::mutex>("lock");
    }
    void thread(unsigned index) override {
        if (locks_) mutex_->lock();
        act_(*shared_, index);
        if (locks_) mutex_->unlock();
    }
    void teardown() override {
        P::destroy(shared_);
        P::destroy(mutex_);
    }

private:
    bool locks_;
    Act act_;
    Shared* shared_ = nullptr;
    P::mutex* mutex_ = nullptr;
};

template <class Shared, class Act>
Outcome outcome_of(bool locks, Act act) {
    Sharing<Shared, Act> program(locks, act);
    search::FullSearch strategy;
    return explore(program, 2, strategy, {});
}

template <class Shared, class Act>
void races_unless_locked(Act act) {
    const auto unlocked = outcome_of<Shared>(false, act);
    REQUIRE(unlocked.finding);
    CHECK(unlocked.finding->kind == FindingKind::data_race);
    CHECK(outcome_of<Shared>(true, act).verdict == Verdict::correct);
}

TEST_CASE("a data race on plain data of any type is found, however it is accessed") {
    using Text = P::var<std::string>;
    races_unless_locked<Text>([](Text& text, unsigned) { text = "a"; });
    races_unless_locked<Text>([](Text& text, unsigned) { text += "a"; });
    races_unless_locked<Text>([](Text& text, unsigned) { text.write().clear(); });
    races_unless_locked<Text>([](Text& text, unsigned) { text.update([](auto& t) { t += "b"; }); });
    races_unless_locked<Text>([](Text& text, unsigned index) {
        if (index == 0) {
            text.set("c");
        } else {
            static_cast<void>(text.read());
        }
    });
    using Number = P::var<int>;
    races_unless_locked<Number>([](Number& number, unsigned) { ++number; });
    races_unless_locked<Number>([](Number& number, unsigned index) {
        if (index == 0) {
            number.write() = 1;
        } else {
            P::check(number >= 0, check_kind::assertion, "only a race is wrong");
        }
    });
    const auto readers = [](Text& text, unsigned) { static_cast<void>(text.read()); };
    CHECK(outcome_of<Text>(false, readers).verdict == Verdict::correct);
}

TEST_CASE("a data race on a guarded container is found") {
    using Map = P::guarded<std::unordered_map<int, std::string>>;
    races_unless_locked<Map>(
        [](Map& map, unsigned index) { map.write().emplace(static_cast<int>(index), "entry"); });
    races_unless_locked<Map>([](Map& map, unsigned index) {
        if (index == 0) {
            map.update([](auto& entries) { return entries.erase(7); });
        } else {
            static_cast<void>(map.read().find(7));
        }
    });
    const auto readers = [](Map& map, unsigned) { static_cast<void>(map.read().size()); };
    CHECK(outcome_of<Map>(false, readers).verdict == Verdict::correct);
}

struct CountedNode {
    P::strong_count<int> refs{1};
};
using Nodes = std::list<CountedNode, P::allocator<CountedNode>>;

std::string found(const Outcome& outcome) {
    return outcome.finding ? to_text(outcome.finding->kind) : "nothing";
}

TEST_CASE("the nodes of a container are objects: a use after the free, and a leak, are found") {
    const auto use_after_erase = [](Nodes& nodes, unsigned index) {
        if (index != 0) return;
        auto& last = nodes.emplace_back();
        nodes.pop_back();
        ++last.refs;
    };
    const auto use = outcome_of<Nodes>(true, use_after_erase);
    CHECK(found(use) == "use-after-free");
    const auto& step = use.trace.steps[static_cast<std::size_t>(use.finding->step)];
    CHECK(use.trace.describe(step) == "node#1.strong fetch_add");

    const auto leaks = [](Nodes&, unsigned index) {
        if (index == 0)
            static_cast<void>(std::allocator_traits<P::allocator<int>>::allocate(
                *std::make_unique<P::allocator<int>>("lost"), 1));
    };
    CHECK(found(outcome_of<Nodes>(true, leaks)) == "leak");

    const auto frees_twice = [](Nodes&, unsigned index) {
        P::allocator<int> memory{"twice"};
        if (index != 0) return;
        int* const number = memory.allocate(1);
        memory.deallocate(number, 1);
        memory.deallocate(number, 1);
    };
    CHECK(found(outcome_of<Nodes>(true, frees_twice)) == "double-free");
}

}  // namespace
}  // namespace revenant::model::relacy
