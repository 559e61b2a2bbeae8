// The contract of shared_ptr and weak_ptr on one thread, and history's two wrong upgrades beside
// the right one. The interleavings are the scenarios' business.
#include <revenant/refcount/shared_ptr.hpp>

#include <doctest/doctest.h>

#include <string>
#include <type_traits>
#include <utility>

#include <revenant/debug_platform.hpp>
#include <revenant/refcount/wrong_upgrades.hpp>
#include <revenant/std_platform.hpp>

namespace revenant {
namespace {

/// Platforms that write F into `events` when a block goes; the value writes D.
std::string events;

template <class Base>
struct recording : Base {
    template <class T>
    static void destroy(T* object, std::source_location where = std::source_location::current()) {
        events += 'F';
        Base::destroy(object, where);
    }
};

struct value {
    explicit value(int n) : number(n) {}
    ~value() { events += 'D'; }
    int number;
};

#define REVENANT_EVERY_PLATFORM recording<std_platform>, recording<debug_platform>

template <class P>
shared_ptr<value, P> make(int number) {
    events.clear();
    return shared_ptr<value, P>::make("value", number);
}

TEST_CASE_TEMPLATE("shared_ptr and weak_ptr are null by default; all that null gives is null", P,
                   REVENANT_EVERY_PLATFORM) {
    shared_ptr<value, P> null;
    const shared_ptr<value, P> from_nullptr = nullptr;
    CHECK_FALSE(null);
    CHECK(null == from_nullptr);
    CHECK(null.get() == nullptr);
    CHECK(null.strong_count() == 0);
    CHECK(null.weak_count() == 0);
    CHECK_FALSE(null.clone());
    CHECK_FALSE(null.downgrade());
    CHECK(null.leak() == nullptr);
    null.reset();

    weak_ptr<value, P> weak;
    CHECK_FALSE(weak);
    CHECK(weak.strong_count() == 0);
    CHECK(weak.value_address() == nullptr);
    CHECK_FALSE(weak.clone());
    CHECK_FALSE(weak.upgrade());
    weak.reset();
}

TEST_CASE_TEMPLATE("shared_ptr.make gives one strong reference to a value", P, REVENANT_EVERY_PLATFORM) {
    const auto held = make<P>(7);
    REQUIRE(held);
    CHECK(held->number == 7);
    CHECK(&*held == held.get());
    CHECK(held.strong_count() == 1);
    CHECK(held.weak_count() == 0);
}

TEST_CASE_TEMPLATE("shared_ptr ends its value and then its block, once, with the last clone", P,
                   REVENANT_EVERY_PLATFORM) {
    auto first = make<P>(1);
    auto second = first.clone();
    CHECK(second == first);
    CHECK(first.strong_count() == 2);
    first.reset();
    CHECK_FALSE(first);
    CHECK(events == "");
    CHECK(second.strong_count() == 1);
    second.reset();
    CHECK(events == "DF");
}

TEST_CASE_TEMPLATE("weak_ptr keeps the block and not the value", P, REVENANT_EVERY_PLATFORM) {
    auto held = make<P>(1);
    value* const address = held.get();
    auto weak = held.downgrade();
    auto another = weak.clone();
    CHECK(held.weak_count() == 2);
    CHECK(held.strong_count() == 1);
    held.reset();
    CHECK(events == "D");
    CHECK(weak.strong_count() == 0);
    CHECK(weak.value_address() == address);
    weak.reset();
    CHECK(events == "D");
    another.reset();
    CHECK(events == "DF");
}

TEST_CASE_TEMPLATE("weak_ptr.upgrade is strong while the value lives, and empty after that", P,
                   REVENANT_EVERY_PLATFORM) {
    auto held = make<P>(5);
    const auto weak = held.downgrade();
    auto upgraded = weak.upgrade();
    CHECK(upgraded == held);
    CHECK(held.strong_count() == 2);
    held.reset();
    CHECK(upgraded->number == 5);
    upgraded.reset();
    CHECK(events == "D");
    CHECK_FALSE(weak.upgrade());
    CHECK(weak.strong_count() == 0);
}

TEST_CASE_TEMPLATE("shared_ptr.leak and adopt move a reference without counting", P,
                   REVENANT_EVERY_PLATFORM) {
    auto held = make<P>(1);
    auto* const block = held.leak();
    CHECK_FALSE(held);
    CHECK(events == "");
    auto adopted = shared_ptr<value, P>::adopt(block);
    CHECK(adopted.strong_count() == 1);
    adopted.reset();
    CHECK(events == "DF");
}

TEST_CASE_TEMPLATE("moves change no count and leave null behind", P, REVENANT_EVERY_PLATFORM) {
    CHECK_FALSE(std::is_copy_constructible_v<shared_ptr<value, P>>);
    CHECK_FALSE(std::is_copy_constructible_v<weak_ptr<value, P>>);
    auto first = make<P>(1);
    auto second = std::move(first);
    CHECK_FALSE(first);
    CHECK(second.strong_count() == 1);
    auto weak = second.downgrade();
    auto moved_weak = std::move(weak);
    CHECK_FALSE(weak);
    CHECK(second.weak_count() == 1);
}

TEST_CASE_TEMPLATE("a move assignment drops what was held before", P, REVENANT_EVERY_PLATFORM) {
    auto target = make<P>(1);
    auto weak = target.downgrade();
    auto source = shared_ptr<value, P>::make("value", 2);
    target = std::move(source);
    CHECK(events == "D");
    CHECK(target->number == 2);
    weak = target.downgrade();
    CHECK(events == "DF");
    CHECK(target.weak_count() == 1);
}

TEST_CASE_TEMPLATE("a move onto itself changes nothing", P, REVENANT_EVERY_PLATFORM) {
    auto held = make<P>(1);
    auto& same = held;
    held = std::move(same);
    REQUIRE(held);
    CHECK(held.strong_count() == 1);
    auto weak = held.downgrade();
    auto& same_weak = weak;
    weak = std::move(same_weak);
    CHECK(weak);
    CHECK(held.weak_count() == 1);
    CHECK(events == "");
}

/// What an upgrade does to the weak count. Put right by hand afterwards: a test may not leak.
template <template <class, class> class Weak>
int weak_references_added() {
    const auto here = std::source_location::current();
    auto held = make<recording<std_platform>>(1);
    Weak<value, recording<std_platform>> weak(held.downgrade());
    const auto before = held.weak_count();
    auto* const block = weak.upgrade().leak();
    CHECK(held.strong_count() == 2);
    const int added = static_cast<int>(held.weak_count()) - static_cast<int>(before);
    for (int i = added; i < 0; ++i) block->weak_ref(here);
    for (int i = added; i > 0; --i) block->weak_deref(here);
    block->strong_deref(here);
    return added;
}

TEST_CASE("upgrade leaves the weak count alone; history's wrong ones add one or consume one") {
    CHECK(weak_references_added<weak_ptr>() == 0);
    CHECK(weak_references_added<weak_ptr_upgrade_adds_weak>() == 1);
    CHECK(weak_references_added<weak_ptr_upgrade_consumes_weak>() == -1);
    CHECK(events == "DF");
}

}  // namespace
}  // namespace revenant
