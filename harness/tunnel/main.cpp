// revenant-tunnel: the crash of oven-sh/bun#27838 where its users saw it. Two clients share a registry; real
// OpenSSL, real sockets, and one order of the registry's operations, which is that of the case
// reports/bugs/bun-27838:
//   1. the first client's exchange drops the last reference, 1→0, and is held there;
//   2. a request of the second client interns an equal configuration, makes its first TLS context, and asks a
//      proxy for a tunnel;
//   3. the proxy has the CONNECT: the first client goes on, and destroys the configuration;
//   4. the proxy answers, and the second TLS context is made.
// revenant-tunnel REGISTRY GUARDS: legacy, weak or shared; on or off.
// Exit status: 0, and the reply is on stdout; 1, and the error of the request is; 2 for a usage that is
// wrong. With legacy and guards off, it ends by SIGSEGV in strlen(NULL).
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <revenant/http/client.hpp>
#include <revenant/tls/config_registries.hpp>
#include <revenant/tls/wrong_config_registries.hpp>
#include "harness/tunnel/paused_platform.hpp"
#include "impl/http/test_backend.hpp"
#include "impl/http/test_proxy.hpp"

namespace revenant::tunnel {
namespace {

int tell(const http::outcome& result) {
    if (const auto* const error = std::get_if<http::request_error>(&result)) {
        std::printf("%s: %s\n", http::name_of(error->step), error->reason.c_str());
        return 1;
    }
    std::printf("reply: %s\n", std::get<http::reply>(result).body.c_str());
    return 0;
}

template <class Configs>
int run(null_guard guard) {
    const test_authority authority;
    const http::test_backend backend(authority.issue("localhost"));
    const http::test_proxy proxy([] {
        pause::go_on().set();
        pause::destroyed().wait();
    });
    const tls_config config = trusting(authority, authority.issue("client.test"));
    const http::client_options options{.reuse_contexts = false, .guard = guard};
    http::request asked{.to = {"localhost", backend.port()}, .keep_alive = false};

    Configs configs;
    http::client<Configs> second(configs, options);
    std::optional<http::client<Configs>> first(std::in_place, configs, options);
    first->fetch(asked, config.clone(), [](const http::outcome&) { pause::destroyed().set(); });
    pause::reached().wait();
    asked.proxy = endpoint{"127.0.0.1", proxy.port()};
    asked.proxy_fields = {{"x-fault", "hold"}};
    return tell(second.submit(asked, config.clone()).get());
}

// The address alone tells strlen(NULL) from another wild pointer.
void tell_address(int, siginfo_t* info, void*) {
    if (info->si_addr == nullptr) {
        constexpr std::string_view line = "SIGSEGV at address 0\n";
        [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
    }
    std::signal(SIGSEGV, SIG_DFL);
    std::raise(SIGSEGV);
}

int main_of(std::string_view registry, null_guard guard) {
    if (kept_blocks::enabled) {
        struct sigaction action {};
        action.sa_sigaction = tell_address;
        action.sa_flags = SA_SIGINFO;
        sigaction(SIGSEGV, &action, nullptr);
    }
    if (registry == "legacy") return run<legacy_configs<tls_config, paused_platform>>(guard);
    if (registry == "weak") return run<weak_configs<tls_config, paused_platform>>(guard);
    if (registry == "shared") return run<shared_configs<tls_config, paused_platform>>(guard);
    return 2;
}

}  // namespace
}  // namespace revenant::tunnel

int main(int argc, char** argv) {
    const std::string_view guards = argc == 3 ? argv[2] : "";
    int status = 2;
    if (guards == "on" || guards == "off") {
        status = revenant::tunnel::main_of(
            argv[1], guards == "on" ? revenant::null_guard::on : revenant::null_guard::off);
    }
    if (status == 2) std::fputs("usage: revenant-tunnel legacy|weak|shared on|off\n", stderr);
    return status;
}
