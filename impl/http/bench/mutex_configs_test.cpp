// What is measured against must be right as well, or the comparison says nothing.
#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "impl/http/bench/mutex_configs.hpp"
#include "impl/http/test_world.hpp"

namespace revenant::http {
namespace {

using configs_type = mutex_configs<tls_config, std_platform>;

tls_config named(const std::string& name) {
    tls_settings settings;
    settings.server_name = secret_text(name);
    return config_of(std::move(settings));
}

TEST_CASE("mutex_configs gives equal contents one address, and keeps nothing") {
    configs_type configs;
    auto one = configs.intern(named("one.test"));
    auto again = configs.intern(named("one.test"));
    const auto two = configs.intern(named("two.test"));
    CHECK(one.get() == again.get());
    CHECK(one.get() != two.get());
    CHECK(configs.size() == 2);
    one.reset();
    CHECK(configs.size() == 2);
    again.reset();
    CHECK(configs.size() == 1);
    CHECK(configs.intern(named("one.test"))->content().settings().server_name.view() == "one.test");
}

TEST_CASE("mutex_configs survives threads that intern while others let go") {
    constexpr int threads = 4;
    constexpr int rounds = 5'000;
    configs_type configs;
    std::atomic<int> wrong{0};
    std::vector<std::thread> callers;
    for (int t = 0; t < threads; ++t) {
        callers.emplace_back([&, t] {
            for (int round = 0; round < rounds; ++round) {
                const std::string name = (t + round) % 2 == 0 ? "even.test" : "odd.test";
                const auto held = configs.intern(named(name));
                if (held->content().settings().server_name.view() != name) ++wrong;
            }
        });
    }
    for (auto& caller : callers) caller.join();
    CHECK(wrong == 0);
    CHECK(configs.size() == 0);
}

TEST_CASE("a client answers on mutex_configs, with and without its pool") {
    const test_world world;
    configs_type configs;
    {
        client<configs_type> own(configs);
        for (const bool reuse : {false, true, true}) {
            request asked = world.through_proxy();
            asked.keep_alive = reuse;
            CHECK(text_of(own.submit(asked, trusting(world.authority)).get()) == "hello");
        }
        CHECK(own.pooled() == 1);
        CHECK(own.cached() == 1);
        CHECK(configs.size() == 1);
    }
    CHECK(configs.size() == 0);
}

}  // namespace
}  // namespace revenant::http
