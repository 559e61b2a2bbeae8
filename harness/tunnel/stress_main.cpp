// revenant-tunnel-stress: the three shapes of load under which the crash of oven-sh/bun#27838 was hunted,
// with real OpenSSL and real sockets, and without any steering: whether the race is met is left to the
// machine. revenant-tunnel-stress SHAPE REGISTRY ROUNDS
//   waves    16 requests at a time through a proxy, not kept alive, so that the count goes to 0 after each
//   probes   one request after the other takes the count through 0, while a probe interns and cancels
//   workers  8 threads, each with requests of its own
//   REGISTRY legacy, strong, weak or shared
// Exit status: 0, all were answered; 1 if one was not; 2 for a usage that is wrong. A crash, a failed
// assertion or a sanitizer's report ends it otherwise. The debug log (REVENANT_LOG=tls_config) widens the
// window.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <memory>
#include <string_view>
#include <thread>
#include <vector>

#include <revenant/debug_platform.hpp>
#include <revenant/http/client.hpp>
#include <revenant/tls/config_registries.hpp>
#include <revenant/tls/wrong_config_registries.hpp>
#include "impl/http/test_backend.hpp"
#include "impl/http/test_proxy.hpp"

namespace revenant::tunnel {
namespace {

template <class Configs>
class Load {
public:
    Load() : config_(trusting(authority_)), client_(configs_, {.reuse_contexts = false}) {}

    bool run(std::string_view shape, int rounds) {
        for (int round = 0; round < rounds; ++round) {
            if (shape == "waves") wave();
            if (shape == "probes") probe();
            if (shape == "workers") workers();
        }
        return wrong_ == 0;
    }

private:
    [[nodiscard]] http::request through_proxy() const {
        return {.to = {"localhost", backend_.port()},
                .proxy = endpoint{"127.0.0.1", proxy_.port()},
                .keep_alive = false};
    }
    [[nodiscard]] std::future<http::outcome> ask() {
        return client_.submit(through_proxy(), config_.clone());
    }
    void expect(std::future<http::outcome> answer) {
        if (!std::holds_alternative<http::reply>(answer.get())) ++wrong_;
    }

    void wave() {
        std::vector<std::future<http::outcome>> answers;
        for (int i = 0; i < 16; ++i) answers.push_back(ask());
        for (auto& answer : answers) expect(std::move(answer));
    }

    void probe() {
        auto answer = ask();
        constexpr int probes_max = 64;
        for (int probes = 0; probes < probes_max; ++probes) {
            if (answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready) break;
            client_.cancel(client_.fetch(through_proxy(), config_.clone(), [](const http::outcome&) {}));
            std::this_thread::yield();
        }
        expect(std::move(answer));
    }

    void workers() {
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([this] {
                for (int times = 0; times < 2; ++times) expect(ask());
            });
        }
        for (auto& thread : threads) thread.join();
    }

    test_authority authority_;
    http::test_backend backend_{authority_.issue("localhost")};
    http::test_proxy proxy_;
    tls_config config_;
    Configs configs_;
    http::client<Configs> client_;
    std::atomic<int> wrong_{0};
};

using P = debug_platform;

int main_of(std::string_view shape, std::string_view registry, int rounds) {
    const auto status = [&](auto load) { return load->run(shape, rounds) ? 0 : 1; };
    if (registry == "legacy") {
        return status(std::make_unique<Load<legacy_configs<tls_config, P, assert_check>>>());
    }
    if (registry == "strong") return status(std::make_unique<Load<strong_configs<tls_config, P>>>());
    if (registry == "weak") return status(std::make_unique<Load<weak_configs<tls_config, P>>>());
    if (registry == "shared") return status(std::make_unique<Load<shared_configs<tls_config, P>>>());
    return 2;
}

}  // namespace
}  // namespace revenant::tunnel

int main(int argc, char** argv) {
    const std::string_view shape = argc == 4 ? argv[1] : "";
    const int rounds = argc == 4 ? std::atoi(argv[3]) : 0;
    int status = 2;
    if (rounds > 0 && (shape == "waves" || shape == "probes" || shape == "workers")) {
        status = revenant::tunnel::main_of(shape, argv[2], rounds);
    }
    if (status == 2) {
        std::fputs("usage: revenant-tunnel-stress waves|probes|workers legacy|strong|weak|shared ROUNDS\n",
                   stderr);
    }
    return status;
}
