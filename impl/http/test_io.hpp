// test_io: an Asio context with a thread, and a listening socket on loopback whose connections are served by
// coroutines. What the test's proxy and backend have in common. Tests only; not installed.
//
// Lifetime: its end stops every coroutine where it is, and joins the thread.
#pragma once

#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/use_awaitable.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <system_error>
#include <thread>

#include <revenant/http/into.hpp>

namespace revenant::http {

using test_socket = asio::ip::tcp::socket;

class test_listener {
public:
    using server = std::function<asio::awaitable<void>(test_socket)>;

    explicit test_listener(server serve)
        : serve_(std::move(serve)),
          acceptor_(io_, {asio::ip::make_address("127.0.0.1"), 0}),
          port_(acceptor_.local_endpoint().port()) {
        asio::co_spawn(io_, accept(), ignore);
        thread_ = std::thread([this] { io_.run(); });
    }
    ~test_listener() {
        io_.stop();
        thread_.join();
    }
    test_listener(const test_listener&) = delete;
    test_listener& operator=(const test_listener&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] int accepted() const { return accepted_; }

private:
    // A connection that fails is the client's business: it is what the tests provoke.
    static void ignore(std::exception_ptr) {}

    asio::awaitable<void> accept() {
        while (true) {
            test_socket next = co_await acceptor_.async_accept(asio::use_awaitable);
            std::error_code ignored;  // without this option some replies would wait for 40 ms
            next.set_option(asio::ip::tcp::no_delay(true), ignored);
            ++accepted_;
            asio::co_spawn(io_, serve_(std::move(next)), ignore);
        }
    }

    server serve_;
    asio::io_context io_;
    asio::ip::tcp::acceptor acceptor_;
    std::uint16_t port_;
    std::atomic<int> accepted_{0};
    std::thread thread_;
};

/// Ends the connection by a reset instead of an end.
inline void test_reset(test_socket& socket) {
    std::error_code ignored;
    socket.set_option(asio::socket_base::linger(true, 0), ignored);
    socket.close(ignored);
}

/// Up to the empty line, and maybe more.
template <class Stream>
asio::awaitable<std::string> test_read_header(Stream& stream) {
    std::string text;
    char piece[4096];
    while (text.find("\r\n\r\n") == std::string::npos) {
        const std::size_t size = co_await stream.async_read_some(asio::buffer(piece), asio::use_awaitable);
        text.append(piece, size);
    }
    co_return text;
}

/// The rest of the line after `name: `, or nothing.
inline std::string test_field(const std::string& header, const std::string& name) {
    const auto at = header.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 4;
    return header.substr(begin, header.find("\r\n", begin) - begin);
}

}  // namespace revenant::http
