// connection::state: the socket of a connection, and the TLS stream on it. Internal: it brings Asio.
#pragma once

#include <asio/awaitable.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/ssl/stream.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include <revenant/http/connection.hpp>
#include <revenant/tls/client_context.hpp>

namespace revenant::http {

struct connection::state {
    explicit state(asio::ip::tcp::socket opened) : plain(std::move(opened)) {}

    [[nodiscard]] asio::ip::tcp::socket& socket() { return tls ? tls->next_layer() : plain; }
    /// Whether the peer has ended an idle connection.
    [[nodiscard]] bool ended_by_peer();

    /// Puts TLS on the socket; the host is sent and verified. Returns why not, or nothing.
    [[nodiscard]] asio::awaitable<std::optional<std::string>> handshake(const client_context& context,
                                                                        std::string host);
    asio::awaitable<void> write(std::string_view bytes, std::error_code& error);
    /// Reads something; 0 bytes and no error at the orderly end of the connection.
    asio::awaitable<std::size_t> read_some(char* into, std::size_t size, std::error_code& error);
    /// Says good-bye, waits for the peer's, and closes. Never fails: a peer that is gone is closed as well.
    asio::awaitable<void> close();

    asio::ip::tcp::socket plain;  // moved into the stream by the handshake
    std::optional<asio::ssl::stream<asio::ip::tcp::socket>> tls;
    bool broken = false;  ///< an end that was not said, or an error: nobody is left to say good-bye to
};

}  // namespace revenant::http
