// test_world: what most tests of the client need: an authority, a backend on `localhost`, a proxy, and a
// configuration that trusts the authority. Tests only; not installed.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <variant>

#include <revenant/http/client.hpp>
#include <revenant/std_platform.hpp>
#include <revenant/tls/config_registries.hpp>
#include "impl/http/test_backend.hpp"
#include "impl/http/test_proxy.hpp"

namespace revenant::http {

using weak_std = weak_configs<tls_config, std_platform>;

[[nodiscard]] inline tls_config config_of(tls_settings settings) {
    auto config = tls_config::make(std::move(settings));
    REQUIRE_MESSAGE(config, (config ? "" : config.error()));
    return std::move(config).value();
}

/// The body, or the line of the error.
[[nodiscard]] inline std::string text_of(const outcome& result) {
    if (const auto* const answer = std::get_if<reply>(&result)) return answer->body;
    return std::get<request_error>(result).line();
}

struct test_world {
    test_authority authority;
    test_identity identity = authority.issue("localhost");
    test_backend backend{identity};
    test_proxy proxy;

    [[nodiscard]] endpoint host() const { return {"localhost", backend.port()}; }
    [[nodiscard]] request to_backend(std::string path = "/") const {
        return {.to = host(), .path = std::move(path)};
    }
    [[nodiscard]] request through_proxy(std::string path = "/", const std::string& fault = "none") const {
        return {.to = host(),
                .path = std::move(path),
                .proxy = endpoint{"127.0.0.1", proxy.port()},
                .proxy_fields = {{"x-fault", fault}}};
    }
};

}  // namespace revenant::http
