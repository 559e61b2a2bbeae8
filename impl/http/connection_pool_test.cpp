#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <revenant/debug_platform.hpp>
#include <revenant/http/connection_pool.hpp>
#include <revenant/std_platform.hpp>
#include "impl/registry/test_subjects.hpp"

namespace revenant::connection_pool_tests {
namespace {

using namespace std::chrono_literals;

/// Stands for a socket: counts those that are open.
class FakeConnection {
public:
    FakeConnection(std::atomic<int>& open, std::string opened_with)
        : open_(&open), opened_with_(std::move(opened_with)) {
        ++open;
    }
    FakeConnection(FakeConnection&& other) noexcept
        : open_(std::exchange(other.open_, nullptr)), opened_with_(std::move(other.opened_with_)) {}
    FakeConnection& operator=(FakeConnection&& other) noexcept {
        std::swap(open_, other.open_);
        std::swap(opened_with_, other.opened_with_);
        return *this;
    }
    ~FakeConnection() {
        if (open_ != nullptr) --*open_;
    }
    [[nodiscard]] bool is_open() const { return open_ != nullptr; }
    [[nodiscard]] const std::string& opened_with() const { return opened_with_; }

private:
    std::atomic<int>* open_;
    std::string opened_with_;
};

template <template <class> class Config, class Platform>
struct Fixture {
    registry_tests::Subject<Config<Platform>> subject;
    using Ref = decltype(subject.intern(""));
    using Pool = connection_pool<Ref, FakeConnection, Platform>;
    std::atomic<int> open{0};

    [[nodiscard]] FakeConnection connect(const std::string& text) { return {open, text}; }
    [[nodiscard]] static unsigned count(const Ref& config) {
        if constexpr (requires { config.strong_count(); }) {
            return config.strong_count();
        } else {
            return config->strong_count();
        }
    }
};

#define REVENANT_POOLS                                                                                      \
    Fixture<registry_tests::WeakConfig, std_platform>, Fixture<registry_tests::WeakConfig, debug_platform>, \
        Fixture<registry_tests::SharedConfig, std_platform>,                                                \
        Fixture<registry_tests::SharedConfig, debug_platform>

const endpoint here{"example.test", 443};

TEST_CASE_TEMPLATE("connection_pool gives back a connection of the same host, port and configuration", F,
                   REVENANT_POOLS) {
    F f;
    typename F::Pool pool;
    const auto one = f.subject.intern("one");
    const auto two = f.subject.intern("two");
    auto connection = f.connect("one");
    REQUIRE(pool.release(here, one, connection, 0ms));
    CHECK(!connection.is_open());
    CHECK(!pool.take({"example.test", 444}, one, 0ms));
    CHECK(!pool.take({"other.test", 443}, one, 0ms));
    CHECK(!pool.take({"example.test", 443, "proxy.test:3128"}, one, 0ms));
    CHECK(!pool.take(here, two, 0ms));
    CHECK(!pool.take(here, typename F::Ref{}, 0ms));
    const auto again = pool.take(here, one, 0ms);
    REQUIRE(again);
    CHECK(again->is_open());
    CHECK(again->opened_with() == "one");
    CHECK(pool.size() == 0);
    CHECK(f.open == 1);
}

TEST_CASE_TEMPLATE("connection_pool keeps connections without a configuration", F, REVENANT_POOLS) {
    F f;
    typename F::Pool pool;
    auto connection = f.connect("plain");
    REQUIRE(pool.release(here, typename F::Ref{}, connection, 0ms));
    CHECK(!pool.take(here, f.subject.intern("one"), 0ms));
    CHECK(pool.take(here, typename F::Ref{}, 0ms));
}

TEST_CASE_TEMPLATE("connection_pool takes the connection that was released last", F, REVENANT_POOLS) {
    F f;
    typename F::Pool pool;
    const auto one = f.subject.intern("one");
    auto first = f.connect("first");
    auto second = f.connect("second");
    REQUIRE(pool.release(here, one, first, 0ms));
    REQUIRE(pool.release(here, one, second, 0ms));
    CHECK(pool.take(here, one, 0ms)->opened_with() == "second");
    CHECK(pool.take(here, one, 0ms)->opened_with() == "first");
    CHECK(!pool.take(here, one, 0ms));
}

TEST_CASE_TEMPLATE("connection_pool holds one reference from release to reuse", F, REVENANT_POOLS) {
    F f;
    typename F::Pool pool;
    auto one = f.subject.intern("one");
    auto connection = f.connect("one");
    REQUIRE(pool.release(here, one, connection, 0ms));
    CHECK(F::count(one) == 2);
    one.reset();
    CHECK(f.subject.census.live == 1);
    one = f.subject.intern("one");
    CHECK(pool.take(here, one, 0ms));
    CHECK(F::count(one) == 1);
}

TEST_CASE_TEMPLATE("connection_pool touches neither reference nor connection when it keeps none", F,
                   REVENANT_POOLS) {
    F f;
    typename F::Pool pool({.entries_max = 1});
    const auto one = f.subject.intern("one");
    auto kept = f.connect("kept");
    auto refused = f.connect("refused");
    REQUIRE(pool.release(here, one, kept, 0ms));
    CHECK(!pool.release(here, one, refused, 0ms));
    CHECK(refused.is_open());
    CHECK(F::count(one) == 2);
    pool.clear();
    CHECK(F::count(one) == 1);
    CHECK(f.open == 1);
    auto another = f.connect("another");
    CHECK(pool.release(here, one, another, 0ms));
    pool.close();
    CHECK(F::count(one) == 1);
    CHECK(f.open == 1);
    CHECK(!pool.release(here, one, refused, 0ms));
    CHECK(refused.is_open());
    CHECK(F::count(one) == 1);
    CHECK(pool.size() == 0);
}

/// Counts its clones; a pool of these keeps nothing alive.
struct CountedReference {
    int* clones;
    [[nodiscard]] const void* get() const { return clones; }
    [[nodiscard]] CountedReference clone(std::source_location) const {
        ++*clones;
        return *this;
    }
};

// A clone that is dropped again would be no leak, but a last reference that dies where nobody expects it.
TEST_CASE("connection_pool clones a reference when it keeps a connection, and at no other time") {
    std::atomic<int> open{0};
    int clones = 0;
    const CountedReference config{&clones};
    connection_pool<CountedReference, FakeConnection, std_platform> pool({.entries_max = 1});
    FakeConnection kept(open, "kept");
    FakeConnection refused(open, "refused");
    CHECK(!pool.take(here, config, 0ms));
    REQUIRE(pool.release(here, config, kept, 0ms));
    CHECK(clones == 1);
    CHECK(!pool.release(here, config, refused, 0ms));
    CHECK(clones == 1);
    CHECK(pool.take(here, config, 0ms));
    CHECK(clones == 1);
    pool.close();
    CHECK(!pool.release(here, config, refused, 0ms));
    CHECK(clones == 1);
}

TEST_CASE_TEMPLATE("connection_pool closes what was idle for too long, and drops its reference", F,
                   REVENANT_POOLS) {
    F f;
    typename F::Pool pool({.idle_max = 10ms});
    auto one = f.subject.intern("one");
    const auto two = f.subject.intern("two");
    auto connection = f.connect("one");
    REQUIRE(pool.release(here, one, connection, 0ms));
    one.reset();
    CHECK(!pool.take(here, two, 10ms));
    CHECK(f.open == 1);
    CHECK(!pool.take(here, two, 11ms));
    CHECK(f.open == 0);
    CHECK(f.subject.census.live == 1);
    CHECK(f.subject.registry.size() == 1);
}

TEST_CASE_TEMPLATE("connection_pool takes an earlier time for the latest that it knows", F, REVENANT_POOLS) {
    F f;
    typename F::Pool pool({.idle_max = 10ms});
    const auto one = f.subject.intern("one");
    auto first = f.connect("first");
    REQUIRE(pool.release(here, one, first, 40ms));
    CHECK(pool.take(here, one, 50ms));
    auto second = f.connect("second");
    REQUIRE(pool.release(here, one, second, 0ms));
    CHECK(pool.take(here, one, 60ms));  // released at 50, whatever the caller thought
}

TEST_CASE_TEMPLATE("connection_pool gives many threads connections of their own configuration", F,
                   REVENANT_POOLS) {
    constexpr int threads = 4;
    constexpr int rounds = 2'000;
    F f;
    typename F::Pool pool({.entries_max = 2});
    std::atomic<int> wrong{0};
    std::vector<std::thread> workers;
    for (int t = 0; t < threads; ++t) {
        workers.emplace_back([&, t] {
            for (int round = 0; round < rounds; ++round) {
                const std::string text = (t + round) % 2 == 0 ? "even" : "odd";
                const auto config = f.subject.intern(text);
                auto connection = pool.take(here, config, 0ms);
                if (!connection) connection.emplace(f.connect(config->text()));
                if (connection->opened_with() != text) ++wrong;
                if (round % 3 != 0) static_cast<void>(pool.release(here, config, *connection, 0ms));
            }
        });
    }
    for (auto& worker : workers) worker.join();
    CHECK(wrong == 0);
    CHECK(f.open == static_cast<int>(pool.size()));
    pool.close();
    CHECK(f.open == 0);
    CHECK(f.subject.census.live == 0);
    CHECK(f.subject.registry.size() == 0);
    CHECK(reference_ledger::instance().report() == "");
}

}  // namespace
}  // namespace revenant::connection_pool_tests
