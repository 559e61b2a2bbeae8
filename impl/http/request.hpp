// request, reply, request_error: what a client is asked, and what it answers.
//
// A request goes straight to its host, or through a proxy: then always by CONNECT, and with TLS inside.
// An error names the host, the step that failed, and the reason: `example.test: handshake: certificate has
// expired`.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <revenant/http/connection_pool.hpp>
#include <revenant/http/reply_header.hpp>

namespace revenant::http {

struct request {
    endpoint to;
    std::string method = "GET";
    std::string path = "/";
    std::vector<header_field> fields = {};  ///< beside Host, Connection and Content-Length
    std::string body = {};
    std::optional<endpoint> proxy = {};
    std::vector<header_field> proxy_fields = {};  ///< sent with CONNECT, such as Proxy-Authorization
    bool tls = true;
    bool keep_alive = true;  ///< the connection may come from the pool, and go there
};

struct reply {
    reply_header header;
    std::string body;
};

/// In the order in which a request comes to them.
enum class step : unsigned char { configure, resolve, connect, tunnel, handshake, send, reply };
[[nodiscard]] const char* name_of(step at);

struct request_error {
    std::string host;
    http::step step = http::step::configure;
    std::string reason;
    bool cancelled = false;  ///< by the caller, or by the client's end

    /// The three in one line.
    [[nodiscard]] std::string line() const;
};

using outcome = std::variant<reply, request_error>;

/// Of each step; the reply's runs until the reply is whole.
struct time_limits {
    std::chrono::milliseconds connect{10'000};    ///< resolve and connect, each
    std::chrono::milliseconds handshake{10'000};  ///< tunnel and handshake, each
    std::chrono::milliseconds reply{30'000};      ///< send and reply, each
    std::chrono::milliseconds close{2'000};       ///< then a close is no longer waited for
};

/// What is wrong with a request that cannot be sent as it is: `path: has a blank or a control character`.
[[nodiscard]] std::optional<std::string> fault_of(const request& asked);

}  // namespace revenant::http
