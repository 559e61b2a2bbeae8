// Fetches a page through an HTTP proxy, by the package's component `tls`:
//   fetch HOST PORT PATH PROXY_HOST PROXY_PORT CA_FILE
// Exit status: 0, and the page is on stdout; 1, and the error is on stderr; 2 for a usage that is wrong.
#include <revenant/http/client.hpp>
#include <revenant/std_platform.hpp>
#include <revenant/tls/config_registries.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <variant>

static std::uint16_t port(const char* text) {
    return static_cast<std::uint16_t>(std::strtoul(text, nullptr, 10));
}

int main(int argc, char** argv) {
    if (argc != 7) {
        std::fputs("usage: fetch HOST PORT PATH PROXY_HOST PROXY_PORT CA_FILE\n", stderr);
        return 2;
    }
    revenant::tls_settings settings;
    settings.ca_file = revenant::secret_text(argv[6]);
    auto config = revenant::tls_config::make(std::move(settings));
    if (!config) {
        std::fprintf(stderr, "%s\n", config.error().c_str());
        return 2;
    }
    using registry = revenant::weak_configs<revenant::tls_config, revenant::std_platform>;
    registry configs;  // equal configurations are one, for as long as anybody uses them
    revenant::http::client<registry> client(configs);

    revenant::http::request asked;
    asked.to = {argv[1], port(argv[2])};
    asked.path = argv[3];
    asked.proxy = revenant::endpoint{argv[4], port(argv[5])};
    const auto outcome = client.submit(std::move(asked), std::move(config).value()).get();
    if (const auto* const error = std::get_if<revenant::http::request_error>(&outcome)) {
        std::fprintf(stderr, "%s\n", error->line().c_str());
        return 1;
    }
    std::fputs(std::get<revenant::http::reply>(outcome).body.c_str(), stdout);
    return 0;
}
