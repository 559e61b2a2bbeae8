// What a client promises when all is well, on each registry: the wrong ones are right without a race.
#include <doctest/doctest.h>

#include <future>
#include <string>
#include <vector>

#include <revenant/debug_platform.hpp>
#include <revenant/tls/wrong_config_registries.hpp>
#include "impl/http/test_world.hpp"

namespace revenant::http {
namespace {

#define REVENANT_EVERY_CONFIGS                                                                    \
    weak_std, weak_configs<tls_config, debug_platform>, shared_configs<tls_config, std_platform>, \
        legacy_configs<tls_config, std_platform>, strong_configs<tls_config, std_platform>

TEST_CASE_TEMPLATE("a client answers, straight and through a proxy, and keeps nothing", C,
                   REVENANT_EVERY_CONFIGS) {
    const test_world world;
    C configs;
    {
        client<C> own(configs);
        for (const bool reuse : {false, true}) {
            for (request asked : {world.to_backend(), world.through_proxy()}) {
                asked.keep_alive = reuse;
                CHECK(text_of(own.submit(asked, trusting(world.authority)).get()) == "hello");
            }
        }
        CHECK(own.pooled() == 2);
        CHECK(own.cached() == 1);
        CHECK(configs.size() == 1);
        own.forget();
        CHECK(own.pooled() == 0);
        CHECK(own.cached() == 0);
        CHECK(configs.size() == 0);
        CHECK(text_of(own.submit(world.to_backend(), trusting(world.authority)).get()) == "hello");
    }
    CHECK(configs.size() == 0);
    CHECK(reference_ledger::instance().report() == "");
}

TEST_CASE("a client reads every kind of reply") {
    const test_world world;
    weak_std configs;
    client<weak_std> own(configs);
    for (const std::string path : {"/", "/chunked", "/until-end", "/close"}) {
        CAPTURE(path);
        CHECK(text_of(own.submit(world.to_backend(path), trusting(world.authority)).get()) == "hello");
    }
    request post = world.through_proxy("/echo");
    post.method = "POST";
    post.body = std::string(100'000, 'x');
    CHECK(text_of(own.submit(post, trusting(world.authority)).get()) == post.body);
    CHECK(text_of(own.submit(world.to_backend("/client"), trusting(world.authority)).get()) == "nobody");
}

TEST_CASE("a client reuses a connection, and only for the same host, proxy and configuration") {
    const test_world world;
    weak_std configs;
    client<weak_std> own(configs);
    const auto ask = [&](request asked, tls_config config) {
        CHECK(text_of(own.submit(std::move(asked), std::move(config)).get()) == "hello");
        return world.backend.accepted();
    };
    CHECK(ask(world.to_backend(), trusting(world.authority)) == 1);
    CHECK(ask(world.to_backend(), trusting(world.authority)) == 1);
    CHECK(ask(world.through_proxy(), trusting(world.authority)) == 2);
    CHECK(ask(world.through_proxy(), trusting(world.authority)) == 2);
    tls_settings other;
    REQUIRE(other.cas.add(secret_text(world.authority.certificate())));
    other.low_memory = true;
    CHECK(ask(world.to_backend(), config_of(std::move(other))) == 3);
    request once = world.to_backend();
    once.keep_alive = false;
    CHECK(ask(once, trusting(world.authority)) == 4);
    CHECK(own.pooled() == 3);
}

TEST_CASE("a client asks again when the peer has ended the connection that it kept") {
    const test_world world;
    weak_std configs;
    client<weak_std> own(configs);
    // /close announces nothing: the client keeps what the backend is about to end.
    for (int time = 1; time <= 5; ++time) {
        CHECK(text_of(own.submit(world.to_backend("/close"), trusting(world.authority)).get()) == "hello");
        CHECK(world.backend.accepted() == time);
    }
}

TEST_CASE("a client shows its own certificate, through a proxy as well") {
    const test_authority authority;
    const test_backend backend(authority.issue("localhost"), authority);
    const test_proxy proxy;
    weak_std configs;
    client<weak_std> own(configs);
    const auto identity = authority.issue("client.test");
    const auto ask = [&](bool with_key, std::optional<endpoint> through) {
        tls_settings settings;
        REQUIRE(settings.cas.add(secret_text(authority.certificate())));
        if (with_key) {
            REQUIRE(settings.keys.add(secret_text(identity.key)));
            REQUIRE(settings.chains.add(secret_text(identity.certificate)));
        }
        const request asked{
            .to = {"localhost", backend.port()}, .path = "/client", .proxy = std::move(through)};
        return text_of(own.submit(asked, config_of(std::move(settings))).get());
    };
    CHECK(ask(true, std::nullopt) == "client.test");
    CHECK(ask(true, endpoint{"127.0.0.1", proxy.port()}) == "client.test");
    CHECK(ask(false, std::nullopt).find("certificate required") != std::string::npos);
}

TEST_CASE("a client speaks HTTP without TLS") {
    const test_world world;
    const test_backend plain(world.identity, backend_fault::plain);
    weak_std configs;
    client<weak_std> own(configs);
    std::promise<outcome> answered;
    own.fetch({.to = {"127.0.0.1", plain.port()}},
              [&](outcome result) { answered.set_value(std::move(result)); });
    CHECK(text_of(answered.get_future().get()) == "hello");
    CHECK(configs.size() == 0);
}

TEST_CASE("many threads share a client") {
    constexpr int threads = 4;
    constexpr int rounds = 25;
    const test_world world;
    weak_std configs;
    std::atomic<int> wrong{0};
    {
        client<weak_std> own(configs);
        const tls_config config = trusting(world.authority);
        std::vector<std::thread> callers;
        for (int t = 0; t < threads; ++t) {
            callers.emplace_back([&, t] {
                for (int round = 0; round < rounds; ++round) {
                    request asked = t % 2 == 0 ? world.to_backend() : world.through_proxy();
                    asked.keep_alive = round % 2 == 0;
                    if (text_of(own.submit(std::move(asked), config.clone()).get()) != "hello") ++wrong;
                }
            });
        }
        for (auto& caller : callers) caller.join();
    }
    CHECK(wrong == 0);
    CHECK(configs.size() == 0);
}

}  // namespace
}  // namespace revenant::http
