#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <revenant/debug_platform.hpp>
#include <revenant/std_platform.hpp>
#include <revenant/tls/context_cache.hpp>
#include "impl/registry/test_subjects.hpp"

namespace revenant::context_cache_tests {
namespace {

using namespace std::chrono_literals;

/// Stands for a TLS context: knows from which text it was made, and who still owns it.
class FakeContext {
public:
    FakeContext() = default;
    explicit FakeContext(const std::string& text) : text_(std::make_shared<const std::string>(text)) {}
    FakeContext(FakeContext&&) noexcept = default;
    FakeContext& operator=(FakeContext&&) noexcept = default;
    [[nodiscard]] FakeContext clone() const {
        FakeContext another;
        another.text_ = text_;
        return another;
    }
    explicit operator bool() const { return text_ != nullptr; }
    [[nodiscard]] const std::string& text() const { return *text_; }
    [[nodiscard]] long owners() const { return text_.use_count(); }

private:
    std::shared_ptr<const std::string> text_;
};

template <template <class> class Config, class Platform>
struct Fixture {
    using P = Platform;
    registry_tests::Subject<Config<P>> subject;
    using Ref = decltype(subject.intern(""));
    using Cache = context_cache<Ref, FakeContext, P>;
};

#define REVENANT_CACHES                                                                                     \
    Fixture<registry_tests::WeakConfig, std_platform>, Fixture<registry_tests::WeakConfig, debug_platform>, \
        Fixture<registry_tests::SharedConfig, std_platform>,                                                \
        Fixture<registry_tests::SharedConfig, debug_platform>

TEST_CASE_TEMPLATE("context_cache finds what was inserted, and nothing of another configuration", F,
                   REVENANT_CACHES) {
    F f;
    typename F::Cache cache;
    const auto one = f.subject.intern("one");
    const auto two = f.subject.intern("two");
    CHECK(!cache.find(one, 0ms));
    CHECK(cache.insert(one, FakeContext("one"), 0ms).text() == "one");
    CHECK(cache.find(one, 0ms).text() == "one");
    CHECK(!cache.find(two, 0ms));
    CHECK(cache.size() == 1);
}

TEST_CASE_TEMPLATE("context_cache goes on with the context that was inserted first", F, REVENANT_CACHES) {
    F f;
    typename F::Cache cache;
    const auto one = f.subject.intern("one");
    const auto first = cache.insert(one, FakeContext("first"), 0ms);
    CHECK(cache.insert(one, FakeContext("second"), 0ms).text() == "first");
    CHECK(cache.size() == 1);
    CHECK(first.owners() == 2);
}

TEST_CASE_TEMPLATE("context_cache makes a context once, and enters no empty one", F, REVENANT_CACHES) {
    F f;
    typename F::Cache cache;
    const auto one = f.subject.intern("one");
    CHECK(!cache.find_or_make(one, 0ms, [] { return FakeContext(); }));
    CHECK(cache.size() == 0);
    int made = 0;
    const auto make = [&] { return ++made, FakeContext(one->text()); };
    CHECK(cache.find_or_make(one, 0ms, make).text() == "one");
    CHECK(cache.find_or_make(one, 0ms, make).text() == "one");
    CHECK(made == 1);
}

// What the address as a key is worth: the configuration stays at it for as long as the entry is there.
TEST_CASE_TEMPLATE("context_cache holds one reference from insert to eviction", F, REVENANT_CACHES) {
    F f;
    typename F::Cache cache;
    auto one = f.subject.intern("one");
    static_cast<void>(cache.insert(one, FakeContext("one"), 0ms));
    const void* const address = one.get();
    one.reset();
    CHECK(f.subject.census.live == 1);
    CHECK(f.subject.intern("one").get() == address);
    CHECK(cache.find(f.subject.intern("one"), 0ms).text() == "one");
    cache.clear();
    CHECK(cache.size() == 0);
    CHECK(f.subject.census.live == 0);
    CHECK(f.subject.registry.size() == 0);
    CHECK(reference_ledger::instance().report() == "");
}

TEST_CASE_TEMPLATE("context_cache evicts on any lookup what was unused for more than 30 minutes", F,
                   REVENANT_CACHES) {
    F f;
    typename F::Cache cache;
    auto one = f.subject.intern("one");
    auto two = f.subject.intern("two");
    static_cast<void>(cache.insert(one, FakeContext("one"), 0min));
    static_cast<void>(cache.insert(two, FakeContext("two"), 0min));
    CHECK(cache.find(two, 29min));
    CHECK(cache.find(two, 30min));
    CHECK(cache.size() == 2);
    one.reset();
    CHECK(f.subject.census.live == 2);
    CHECK(cache.find(two, 30min + 1ms));
    CHECK(cache.size() == 1);
    CHECK(f.subject.census.live == 1);
    CHECK(cache.find(two, 60min + 1ms));
    CHECK(!cache.find(two, 90min + 2ms));
    CHECK(cache.size() == 0);
}

TEST_CASE_TEMPLATE("context_cache takes an earlier time for the latest that it knows", F, REVENANT_CACHES) {
    F f;
    typename F::Cache cache;
    const auto one = f.subject.intern("one");
    const auto two = f.subject.intern("two");
    static_cast<void>(cache.insert(one, FakeContext("one"), 40min));
    static_cast<void>(cache.insert(two, FakeContext("two"), 0min));
    CHECK(cache.find(one, 70min));
    CHECK(cache.find(two, 70min));  // which was used at 40, whatever the caller thought
    CHECK(cache.find(two, 0min));
    CHECK(cache.size() == 2);
}

TEST_CASE_TEMPLATE("context_cache has at most 60 entries, and evicts the one unused for longest", F,
                   REVENANT_CACHES) {
    F f;
    typename F::Cache cache;
    std::vector<typename F::Ref> configs;
    for (int i = 0; i < 60; ++i) {
        configs.push_back(f.subject.intern(std::to_string(i)));
        static_cast<void>(cache.insert(configs.back(), FakeContext(configs.back()->text()), 0ms));
    }
    CHECK(cache.find(configs[0], 0ms));
    CHECK(cache.size() == 60);
    const auto another = f.subject.intern("another");
    static_cast<void>(cache.insert(another, FakeContext("another"), 0ms));
    CHECK(cache.size() == 60);
    CHECK(cache.find(configs[0], 0ms));
    CHECK(!cache.find(configs[1], 0ms));
    CHECK(cache.find(configs[2], 0ms));
}

TEST_CASE("context_cache of no entries hands back what it is given") {
    Fixture<registry_tests::WeakConfig, std_platform> f;
    decltype(f)::Cache cache({.entries_max = 0});
    const auto one = f.subject.intern("one");
    CHECK(cache.insert(one, FakeContext("one"), 0ms).text() == "one");
    CHECK(cache.size() == 0);
}

// A cache of one entry, so that threads evict each other's. Each lets its reference go at once.
TEST_CASE_TEMPLATE("context_cache serves many threads the context of their own configuration", F,
                   REVENANT_CACHES) {
    constexpr int threads = 4;
    constexpr int rounds = 2'000;
    F f;
    typename F::Cache cache({.entries_max = 1});
    std::atomic<int> wrong{0};
    std::vector<std::thread> pool;
    for (int t = 0; t < threads; ++t) {
        pool.emplace_back([&, t] {
            for (int round = 0; round < rounds; ++round) {
                const std::string text = (t + round) % 2 == 0 ? "even" : "odd";
                const auto config = f.subject.intern(text);
                const auto context =
                    cache.find_or_make(config, 0ms, [&] { return FakeContext(config->text()); });
                if (context.text() != text) ++wrong;
            }
        });
    }
    for (auto& thread : pool) thread.join();
    CHECK(wrong == 0);
    CHECK(cache.size() == 1);
    cache.clear();
    CHECK(f.subject.census.live == 0);
    CHECK(f.subject.registry.size() == 0);
}

}  // namespace
}  // namespace revenant::context_cache_tests
