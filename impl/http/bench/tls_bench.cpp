// tls_bench: what interning, the cache of contexts and the pool of connections save a client; on loopback,
// against a proxy and a server in the same process, one request at a time. The table at the end has the
// medians of this run and their ratios.
//
// A request here brings a configuration of its own, as those of the original client do: it is cloned, and its
// fields are hashed, in every line of the table. A handshake's time is that of both ends.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <revenant/http/client.hpp>
#include <revenant/std_platform.hpp>
#include <revenant/tls/config_registries.hpp>
#include "impl/http/bench/curl.hpp"
#include "impl/http/bench/mutex_configs.hpp"
#include "impl/http/bench/ratio_table.hpp"
#include "impl/http/test_backend.hpp"
#include "impl/http/test_proxy.hpp"

namespace revenant::http {
namespace {

using Weak = weak_configs<tls_config, std_platform>;
using Shared = shared_configs<tls_config, std_platform>;
using Map = mutex_configs<tls_config, std_platform>;

struct World {
    test_authority authority;
    test_backend backend{authority.issue("localhost")};
    test_proxy proxy;
    tls_config config = trusting(authority, authority.issue("client.test"));
    Curl curl{backend.port(), proxy.port(), authority.certificate()};
};

void clone(benchmark::State& state, const World& world) {
    for (auto _ : state) benchmark::DoNotOptimize(world.config.clone().content_hash());
    state.SetItemsProcessed(state.iterations());
}

template <class Configs>
void intern(benchmark::State& state, const World& world) {
    Configs configs;
    const auto held = configs.intern(world.config.clone());
    for (auto _ : state) {
        const auto found = configs.intern(world.config.clone());
        if (found.get() == held.get()) continue;
        state.SkipWithError("two configurations of one content");
        break;
    }
    state.SetItemsProcessed(state.iterations());
}

void make_context(benchmark::State& state, const World& world) {
    for (auto _ : state) {
        const auto made = client_context::make(world.config.clone());
        if (made) continue;
        state.SkipWithError(made.error().c_str());
        break;
    }
    state.SetItemsProcessed(state.iterations());
}

template <class Configs>
void reuse_context(benchmark::State& state, const World& world) {
    Configs configs;
    context_cache<typename Configs::reference, client_context, std_platform> cache;
    for (auto _ : state) {
        const auto config = configs.intern(world.config.clone());
        const auto context = cache.find_or_make(config, std::chrono::milliseconds(0), [&] {
            auto made = client_context::make(config->content());
            return made ? std::move(made).value() : client_context();
        });
        if (context) continue;
        state.SkipWithError("no context");
        break;
    }
    state.SetItemsProcessed(state.iterations());
}

struct Savings {
    bool pool;
    bool contexts;
};

template <class Configs>
void fetch(benchmark::State& state, const World& world, Savings savings) {
    Configs configs;
    client<Configs> own(configs, {.reuse_contexts = savings.contexts});
    const request asked{.to = {"localhost", world.backend.port()},
                        .proxy = endpoint{"127.0.0.1", world.proxy.port()},
                        .keep_alive = savings.pool};
    for (auto _ : state) {
        const outcome result = own.submit(asked, world.config.clone()).get();
        const auto* const error = std::get_if<request_error>(&result);
        if (error == nullptr) continue;
        state.SkipWithError(error->line().c_str());
        break;
    }
    state.SetItemsProcessed(state.iterations());
}

void curl(benchmark::State& state, const World& world, int requests) {
    const int before = world.backend.accepted();
    for (auto _ : state) {
        if (world.curl.ask(requests)) continue;
        state.SkipWithError("curl fails");
        return;
    }
    state.SetItemsProcessed(state.iterations() * requests);
    const bool kept = world.backend.accepted() - before == static_cast<int>(state.iterations());
    if (!kept) state.SkipWithError("curl has opened more than one connection");
}

constexpr auto interned = "configuration: interned, weak";
constexpr auto made = "context: made for each request";
constexpr auto plain = "tunnel: contexts made, no pool";
constexpr auto cached = "tunnel: contexts cached, no pool";
constexpr auto pooled = "tunnel: pool";
constexpr int curl_requests = 200;  // enough to make the start of the process small

struct Measured {
    Compared line;
    std::function<void(benchmark::State&, const World&)> run;
    bool waits;  ///< for others: measured in real time, not in that of one thread
};

template <class Configs>
auto fetching(Savings savings) {
    return [=](benchmark::State& state, const World& world) { fetch<Configs>(state, world, savings); };
}
auto asking_curl(int requests) {
    return [=](benchmark::State& state, const World& world) { curl(state, world, requests); };
}

std::vector<Measured> all_measured() {
    constexpr Savings none{.pool = false, .contexts = false};
    constexpr Savings contexts{.pool = false, .contexts = true};
    constexpr Savings both{.pool = true, .contexts = true};
    return {
        {{"configuration: cloned and hashed", nullptr}, clone, false},
        {{interned, nullptr}, intern<Weak>, false},
        {{"configuration: interned, shared", interned}, intern<Shared>, false},
        {{"configuration: interned, mutex and map", interned}, intern<Map>, false},
        {{made, nullptr}, make_context, false},
        {{"context: interned and cached, weak", made}, reuse_context<Weak>, false},
        {{"context: interned and cached, shared", made}, reuse_context<Shared>, false},
        {{"context: the same, mutex and map", made}, reuse_context<Map>, false},
        {{plain, nullptr}, fetching<Weak>(none), true},
        {{cached, plain}, fetching<Weak>(contexts), true},
        {{"tunnel: the same, shared", cached}, fetching<Shared>(contexts), true},
        {{"tunnel: the same, mutex and map", cached}, fetching<Map>(contexts), true},
        {{"tunnel: curl, a process a request", cached}, asking_curl(1), true},
        {{pooled, cached}, fetching<Weak>(both), true},
        {{"tunnel: pool, shared", pooled}, fetching<Shared>(both), true},
        {{"tunnel: pool, mutex and map", pooled}, fetching<Map>(both), true},
        {{"tunnel: curl, a connection kept", pooled}, asking_curl(curl_requests), true},
    };
}

}  // namespace
}  // namespace revenant::http

int main(int argc, char** argv) {
    using namespace revenant::http;
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    const World world;
    std::vector<Compared> lines;
    for (const auto& [line, run, waits] : all_measured()) {
        auto* const registered = benchmark::RegisterBenchmark(
            line.name, [&world, run = run](benchmark::State& state) { run(state, world); });
        if (waits) registered->UseRealTime();
        lines.push_back(line);
    }
    RatioReporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    const bool complete = reporter.print(lines);
    benchmark::Shutdown();
    return complete ? 0 : 1;
}
