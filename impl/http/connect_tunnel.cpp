#include <revenant/http/connect_tunnel.hpp>

#include <asio/read.hpp>
#include <asio/write.hpp>

#include <array>
#include <string_view>
#include <system_error>

#include <revenant/http/into.hpp>

namespace revenant::http {
namespace {

std::string ended(const header_reader& reader) {
    return reader.anything_read() ? "the proxy closed the connection within its reply"
                                  : "the proxy closed the connection without a reply";
}

// Each piece is looked at while it stays in the socket, and then only what is the header's is taken out.
asio::awaitable<std::optional<std::string>> read_header(asio::ip::tcp::socket& proxy, header_reader& reader) {
    std::array<char, 4096> piece;
    while (!reader.complete()) {
        std::error_code error;
        const std::size_t seen =
            co_await proxy.async_receive(asio::buffer(piece), asio::socket_base::message_peek, into(error));
        if (error == asio::error::eof) co_return ended(reader);
        if (error) co_return error.message();
        const std::size_t taken = reader.feed({piece.data(), seen});
        if (reader.refused()) co_return "the proxy's reply: " + reader.error();
        co_await asio::async_read(proxy, asio::buffer(piece.data(), taken), into(error));
        if (error) co_return error.message();
    }
    co_return std::nullopt;
}

}  // namespace

std::string authority_of(const endpoint& end) {
    const bool is_ipv6 = end.host.find(':') != std::string::npos;
    return (is_ipv6 ? '[' + end.host + ']' : end.host) + ':' + std::to_string(end.port);
}

std::string connect_header(const request& asked) {
    const std::string authority = authority_of(asked.to);
    std::string text = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n";
    for (const auto& field : asked.proxy_fields) text += field.name + ": " + field.value + "\r\n";
    return text + "\r\n";
}

asio::awaitable<std::optional<std::string>> connect_tunnel(asio::ip::tcp::socket& proxy,
                                                           const request& asked) {
    const std::string header = connect_header(asked);
    std::error_code error;
    co_await asio::async_write(proxy, asio::buffer(header), into(error));
    if (error) co_return error.message();
    header_reader reader;
    if (auto fault = co_await read_header(proxy, reader)) co_return fault;
    const unsigned status = reader.header().status;
    if (status >= 200 && status <= 299) co_return std::nullopt;
    co_return "the proxy answers " + std::to_string(status) + ' ' + reader.header().reason;
}

}  // namespace revenant::http
