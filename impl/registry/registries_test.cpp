// The contract of the registries. On one thread the wrong ones keep it as well; what happens to a
// dying entry, and to many threads, is asked of the right ones only.
#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <revenant/debug_platform.hpp>
#include <revenant/std_platform.hpp>
#include "impl/registry/test_subjects.hpp"
#include "impl/test_child.hpp"

namespace revenant::registry_tests {
namespace {

#define REVENANT_RIGHT_REGISTRIES                                           \
    Subject<WeakConfig<std_platform>>, Subject<WeakConfig<debug_platform>>, \
        Subject<SharedConfig<std_platform>>, Subject<SharedConfig<debug_platform>>
#define REVENANT_EVERY_REGISTRY                                                     \
    Subject<LegacyConfig<std_platform>>, Subject<LegacyConfig<debug_platform>>,     \
        Subject<StrongConfig<std_platform>>, Subject<StrongConfig<debug_platform>>, \
        REVENANT_RIGHT_REGISTRIES

template <class Registry>
void check_nothing_left(Registry& subject) {
    CHECK(subject.registry.size() == 0);
    CHECK(subject.census.live == 0);
    CHECK(reference_ledger::instance().report() == "");
}

TEST_CASE_TEMPLATE("registry is empty before the first intern", S, REVENANT_EVERY_REGISTRY) {
    S subject;
    check_nothing_left(subject);
}

TEST_CASE_TEMPLATE("registry gives equal contents one address", S, REVENANT_EVERY_REGISTRY) {
    S subject;
    const auto first = subject.intern("one");
    const auto second = subject.intern("one");
    CHECK(first.get() == second.get());
    CHECK(first->serial() == 1);
    CHECK(first->text() == "one");
    CHECK(subject.registry.size() == 1);
}

TEST_CASE_TEMPLATE("registry disposes of the duplicate at once", S, REVENANT_EVERY_REGISTRY) {
    S subject;
    const auto first = subject.intern("one");
    CHECK(subject.census.live == 1);
    const auto second = subject.intern("one");
    CHECK(subject.census.made == 2);
    CHECK(subject.census.live == 1);
}

TEST_CASE_TEMPLATE("registry keeps different contents of one hash apart", S, REVENANT_EVERY_REGISTRY) {
    S subject;
    const auto one = subject.intern("one");
    auto two = subject.intern("two");
    const auto four = subject.intern("four");
    REQUIRE(one->content_hash() == two->content_hash());
    CHECK(one.get() != two.get());
    CHECK(subject.registry.size() == 3);
    CHECK(two->text() == "two");

    two.reset();
    CHECK(subject.registry.size() == 2);
    CHECK(subject.intern("one").get() == one.get());
    CHECK(subject.intern("four").get() == four.get());
}

TEST_CASE_TEMPLATE("registry keeps an entry until its last release, and nothing after it", S,
                   REVENANT_EVERY_REGISTRY) {
    S subject;
    auto first = subject.intern("one");
    auto second = subject.intern("one");
    auto third = second.clone();
    first.reset();
    second.reset();
    CHECK(subject.registry.size() == 1);
    CHECK(third->text() == "one");
    CHECK(subject.intern("one").get() == third.get());
    third.reset();
    check_nothing_left(subject);
}

TEST_CASE_TEMPLATE("registry makes a new object of a content that has died", S, REVENANT_EVERY_REGISTRY) {
    S subject;
    for (int life = 1; life <= 3; ++life) {
        const auto held = subject.intern("one");
        CHECK(held->serial() == life);
        CHECK(held->text() == "one");
        CHECK(subject.census.live == 1);
        CHECK(subject.registry.size() == 1);
    }
    check_nothing_left(subject);
}

// The production race on one thread: a dying entry, still in the map, meets an intern.
TEST_CASE_TEMPLATE("registry replaces a dying entry, whose removal leaves the new one alone", S,
                   REVENANT_RIGHT_REGISTRIES) {
    S subject;
    auto dying = subject.intern("one");
    decltype(dying) fresh;
    subject.census.before_removal = [&] { fresh = subject.intern("one"); };
    dying.reset();
    REQUIRE(fresh);
    CHECK(fresh->serial() == 2);
    CHECK(fresh->text() == "one");
    CHECK(subject.census.live == 1);
    CHECK(subject.registry.size() == 1);
    CHECK(subject.intern("one").get() == fresh.get());
    fresh.reset();
    check_nothing_left(subject);
}

TEST_CASE("legacy_registry revives a dying entry, and the assertion in ref() fires") {
    const auto end = test_child::run([] {
        Subject<LegacyConfig<std_platform>> subject;
        auto dying = subject.intern("one");
        subject.census.before_removal = [&] { static_cast<void>(subject.intern("one").leak()); };
        dying.reset();
    });
    CHECK(end.aborted);
    CHECK(end.stderr_text.find("ref() of an object whose count was 0") != std::string::npos);
}

TEST_CASE_TEMPLATE("registry does not remove what was never interned", S, REVENANT_RIGHT_REGISTRIES) {
    S subject;
    const auto held = subject.intern("one");
    using Entry = std::remove_cvref_t<decltype(*held)>;
    Entry stranger(subject.registry, subject.census, "one");
    subject.registry.remove(stranger);
    CHECK(subject.registry.size() == 1);
    CHECK(subject.intern("one").get() == held.get());
}

// Every thread holds each key for a moment only, so that the counts go through 0 again and again.
TEST_CASE_TEMPLATE("registry gives many threads whole objects, one a content, and keeps none", S,
                   REVENANT_RIGHT_REGISTRIES) {
    constexpr int threads = 4;
    constexpr int rounds = 8'000;
    const std::array<std::string, 3> keys{"one", "two", "a longer key, which lives on the heap"};
    S subject;
    std::atomic<int> ready{0};
    std::atomic<int> wrong{0};
    std::vector<std::thread> pool;
    for (int t = 0; t < threads; ++t) {
        pool.emplace_back([&, t] {
            ++ready;
            while (ready < threads) std::this_thread::yield();
            for (int round = 0; round < rounds; ++round) {
                const auto& key = keys[static_cast<std::size_t>(t + round) % keys.size()];
                const auto held = subject.intern(key);
                const auto again = subject.intern(key);
                if (held->text() != key || again.get() != held.get()) ++wrong;
            }
        });
    }
    for (auto& thread : pool) thread.join();
    CHECK(wrong == 0);
    CHECK(subject.census.made == threads * rounds * 2);
    check_nothing_left(subject);
}

}  // namespace
}  // namespace revenant::registry_tests
