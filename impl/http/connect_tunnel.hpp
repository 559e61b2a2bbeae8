// connect_tunnel: asks a proxy for a tunnel by CONNECT, on a socket that leads to it. Internal: it brings
// Asio.
//
// The reply's header may come in any pieces. What comes after it is the tunnel's: it is not read here, so
// that whoever reads next finds it.
#pragma once

#include <asio/awaitable.hpp>
#include <asio/ip/tcp.hpp>

#include <optional>
#include <string>

#include <revenant/http/request.hpp>

namespace revenant::http {

/// The bytes of the request: pure.
[[nodiscard]] std::string connect_header(const request& asked);
/// `host:port`, an IPv6 address in brackets.
[[nodiscard]] std::string authority_of(const endpoint& end);

/// Why there is no tunnel, or nothing.
[[nodiscard]] asio::awaitable<std::optional<std::string>> connect_tunnel(asio::ip::tcp::socket& proxy,
                                                                         const request& asked);

}  // namespace revenant::http
