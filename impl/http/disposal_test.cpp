// What the cache and the pool let go of ends once their mutex is free: the end of a last reference goes on to
// a registry, and the end of a connection to the network.
#include <doctest/doctest.h>

#include <chrono>
#include <source_location>
#include <utility>

#include <revenant/http/connection_pool.hpp>
#include <revenant/std_platform.hpp>
#include <revenant/tls/context_cache.hpp>

namespace revenant::disposal_tests {
namespace {

using namespace std::chrono_literals;

/// Whether this thread holds the mutex; there is one of them at a time.
bool is_held = false;
int ended = 0;
int ended_while_held = 0;

struct watched_platform : std_platform {
    class mutex {
    public:
        explicit mutex(cell_name) {}
        void lock(std::source_location) { is_held = true; }
        void unlock(std::source_location) { is_held = false; }
    };
};

/// Stands for a reference, a context and a connection: its end is noted.
class Ending {
public:
    Ending() = default;
    explicit Ending(const void* address) : address_(address) {}
    Ending(Ending&& other) noexcept : address_(std::exchange(other.address_, nullptr)) {}
    Ending& operator=(Ending&& other) noexcept {
        std::swap(address_, other.address_);
        return *this;
    }
    ~Ending() {
        if (address_ == nullptr) return;
        ++ended;
        if (is_held) ++ended_while_held;
    }
    [[nodiscard]] Ending clone(std::source_location = {}) const { return Ending(address_); }
    [[nodiscard]] const void* get() const { return address_; }
    explicit operator bool() const { return address_ != nullptr; }

private:
    const void* address_ = nullptr;
};

struct Fixture {
    const int places[2] = {};
    const Ending one{&places[0]};
    const Ending two{&places[1]};
    Fixture() { ended = ended_while_held = 0; }
};

TEST_CASE_FIXTURE(Fixture, "context_cache disposes of nothing under its mutex") {
    context_cache<Ending, Ending, watched_platform> cache({.entries_max = 1, .unused_max = 10ms});
    const auto enter = [&](const Ending& config, std::chrono::milliseconds now) {
        static_cast<void>(cache.insert(config, Ending(config.get()), now));
    };
    enter(one, 0ms);
    enter(one, 0ms);   // the second context is one too many
    enter(two, 0ms);   // evicts the first, for want of room
    enter(one, 20ms);  // evicts the second, which is too old
    static_cast<void>(cache.find(two, 40ms));
    CHECK(cache.size() == 0);
    enter(two, 40ms);
    cache.clear();
    CHECK(ended > 8);
    CHECK(ended_while_held == 0);
}

TEST_CASE_FIXTURE(Fixture, "connection_pool disposes of nothing under its mutex") {
    connection_pool<Ending, Ending, watched_platform> pool({.entries_max = 2, .idle_max = 10ms});
    const endpoint here{"example.test", 443};
    const auto give = [&](const Ending& config, std::chrono::milliseconds now) {
        Ending connection(config.get());
        return pool.release(here, config, connection, now);
    };
    CHECK(give(one, 0ms));
    CHECK(pool.take(here, one, 0ms));
    CHECK(give(one, 0ms));
    CHECK(give(two, 20ms));  // closes the first
    CHECK(!pool.take(here, one, 40ms));
    CHECK(pool.size() == 0);
    CHECK(give(one, 40ms));
    pool.close();
    CHECK(!give(one, 40ms));
    CHECK(ended >= 8);
    CHECK(ended_while_held == 0);
}

}  // namespace
}  // namespace revenant::disposal_tests
