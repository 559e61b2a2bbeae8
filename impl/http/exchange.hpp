// exchange: one request on its way, from the first connect to the close. Internal: it brings Asio.
//
// Thread-safety: none: all of it runs on the engine's I/O thread.
// Lifetime: shared by the coroutine that runs it, and by its timer.
// Every wait has a limit of time. When it runs out, or the exchange is cancelled, the socket is closed: what
// waits for it fails, and the exchange says which of the two it was.
#pragma once

#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include <revenant/http/body_reader.hpp>
#include <revenant/http/connection_state.hpp>
#include <revenant/http/engine.hpp>

namespace revenant::http {

class exchange : public std::enable_shared_from_this<exchange> {
public:
    exchange(asio::io_context& io, request asked, time_limits limits, std::unique_ptr<exchange_host> host);

    /// From the first step to the call of the host's `finish`.
    [[nodiscard]] asio::awaitable<void> run();
    void cancel();

private:
    /// Thrown from step to step, caught in `run`: the reason alone, without the step.
    struct failure {
        std::string reason;
    };

    asio::awaitable<reply> perform();
    /// Nothing if the peer had ended the connection, and has not begun to answer.
    asio::awaitable<std::optional<reply>> on_pooled();
    asio::awaitable<reply> on_new();
    asio::awaitable<void> connect(const endpoint& end);
    asio::awaitable<void> open_tls(const client_context& first);
    asio::awaitable<void> send();
    asio::awaitable<reply> receive();
    /// Reads more into the piece, and returns it; empty at the orderly end of the connection.
    asio::awaitable<std::string_view> read_piece();
    asio::awaitable<void> release_connection();

    void enter(step next, std::chrono::milliseconds limit);
    void start_timer(std::chrono::milliseconds limit);
    void stop_timer();
    void check(const std::error_code& error) const;
    [[nodiscard]] failure failed(const std::string& reason) const;
    [[nodiscard]] request_error error_of(const std::string& reason) const;
    void close_at_once();

    asio::io_context& io_;
    request asked_;
    time_limits limits_;
    std::unique_ptr<exchange_host> host_;
    asio::ip::tcp::resolver resolver_;
    asio::steady_timer timer_;
    std::optional<connection> connection_;
    std::array<char, std::size_t{16} * 1024> piece_;
    std::uint64_t waits_ = 0;  ///< so that the timer of a step that is over does nothing
    step step_ = step::configure;
    bool timed_out_ = false;
    bool cancelled_ = false;
    bool may_keep_ = false;  ///< the reply has ended where its connection may go on
    bool reply_begun_ = false;
};

/// The bytes of a request: pure.
[[nodiscard]] std::string request_text(const request& asked);

}  // namespace revenant::http
