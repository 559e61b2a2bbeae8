#include "impl/http/test_proxy.hpp"

#include <asio/connect.hpp>
#include <asio/steady_timer.hpp>
#include <asio/write.hpp>

#include <array>
#include <limits>
#include <memory>
#include <string_view>

namespace revenant::http {
namespace {

struct fault {
    std::string kind;
    std::size_t number = 0;
};

fault fault_in(const std::string& header) {
    const std::string text = test_field(header, "x-fault");
    const auto blank = text.find(' ');
    fault asked{text.substr(0, blank), 0};
    if (blank != std::string::npos) asked.number = std::stoul(text.substr(blank));
    return asked;
}

asio::awaitable<void> write(test_socket& to, std::string_view bytes) {
    co_await asio::async_write(to, asio::buffer(bytes), asio::use_awaitable);
}

asio::awaitable<void> read_to_the_end(test_socket& from) {
    std::array<char, 4096> piece;
    std::error_code error;
    while (!error) co_await from.async_read_some(asio::buffer(piece), into(error));
}

asio::awaitable<void> sleep(std::size_t ms) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    timer.expires_after(std::chrono::milliseconds(ms));
    co_await timer.async_wait(asio::use_awaitable);
}

/// Copies up to `limit` bytes, or all that there are.
asio::awaitable<std::size_t> copy(test_socket& from, test_socket& to, std::size_t limit) {
    std::array<char, 4096> piece;
    std::error_code error;
    while (!error && limit > 0) {
        const std::size_t size =
            co_await from.async_read_some(asio::buffer(piece, std::min(limit, piece.size())), into(error));
        limit -= size;
        if (size > 0) co_await asio::async_write(to, asio::buffer(piece, size), into(error));
    }
    co_return limit;
}

struct tunnel {
    test_socket client;
    test_socket backend;
};

asio::awaitable<void> copy_back(std::shared_ptr<tunnel> t, std::size_t limit, bool resets) {
    const std::size_t left = co_await copy(t->backend, t->client, limit);
    std::error_code ignored;
    if (left == 0 && resets) {
        test_reset(t->client);
        t->backend.close(ignored);
    } else {
        // The other direction goes on: to close a socket with bytes unread would reset it.
        t->client.shutdown(test_socket::shutdown_send, ignored);
    }
}

asio::awaitable<void> relay(test_socket client, const std::string& header, const fault& asked) {
    const auto target = header.substr(8, header.find(' ', 8) - 8);
    const auto colon = target.rfind(':');
    auto executor = co_await asio::this_coro::executor;
    asio::ip::tcp::resolver resolver(executor);
    std::error_code error;
    const auto found =
        co_await resolver.async_resolve(target.substr(0, colon), target.substr(colon + 1), into(error));
    test_socket backend(executor);
    if (!error) co_await asio::async_connect(backend, found, into(error));
    if (!error) backend.set_option(asio::ip::tcp::no_delay(true), error);
    if (error) {
        co_await write(client, "HTTP/1.1 502 Bad Gateway\r\n\r\n");
        co_return;
    }
    if (asked.kind == "pieces") {
        for (const char c : std::string_view(test_proxy::established)) co_await write(client, {&c, 1});
    } else {
        co_await write(client, test_proxy::established);
    }
    const bool breaks = asked.kind.rfind("break", 0) == 0;
    auto t = std::make_shared<tunnel>(tunnel{std::move(client), std::move(backend)});
    const std::size_t all = std::numeric_limits<std::size_t>::max();
    asio::co_spawn(executor, copy_back(t, breaks ? asked.number : all, asked.kind == "break-reset"),
                   [](std::exception_ptr) {});
    co_await copy(t->client, t->backend, all);
    t->backend.shutdown(test_socket::shutdown_send, error);
}

asio::awaitable<void> serve(test_socket client, std::function<void()> before_reply) {
    const std::string header = co_await test_read_header(client);
    const fault asked = fault_in(header);
    const std::string_view established = test_proxy::established;
    std::error_code ignored;
    if (asked.kind == "hold") before_reply();
    if (asked.kind == "delay") co_await sleep(asked.number);
    if (asked.kind == "cut") {
        co_await write(client, established.substr(0, asked.number));
    } else if (asked.kind == "stall") {
        co_await read_to_the_end(client);
    } else if (asked.kind == "reset") {
        test_reset(client);
    } else if (asked.kind == "half-close") {
        client.shutdown(test_socket::shutdown_send, ignored);
        co_await read_to_the_end(client);
    } else if (asked.kind == "garbage") {
        co_await write(client, "\x16\x03\x01 no HTTP at all\r\n\r\n");
    } else if (asked.kind == "oversized") {
        co_await write(client, std::string("HTTP/1.1 200 OK\r\nx: ") + std::string(20'000, 'x'));
    } else if (asked.kind == "refuse") {
        co_await write(client, "HTTP/1.1 502 Bad Gateway\r\n\r\n");
    } else if (asked.kind == "early") {
        co_await write(client,
                       std::string(established) + "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nearly");
        co_await read_to_the_end(client);
    } else {
        co_await relay(std::move(client), header, asked);
        co_return;
    }
    client.shutdown(test_socket::shutdown_send, ignored);
}

}  // namespace

test_proxy::test_proxy(std::function<void()> before_reply)
    : listener_([before_reply](test_socket next) { return serve(std::move(next), before_reply); }) {}

}  // namespace revenant::http
