#include <revenant/http/connection.hpp>

#include <asio/read.hpp>
#include <asio/ssl/error.hpp>
#include <asio/write.hpp>

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <cerrno>
#include <utility>

#include <revenant/http/connection_state.hpp>
#include <revenant/http/into.hpp>

namespace revenant::http {
namespace {

// An address is verified as one, and is not sent: RFC 6066, 3.
bool expect_host(SSL* ssl, const std::string& host) {
    asio::error_code not_an_address;
    static_cast<void>(asio::ip::make_address(host, not_an_address));
    if (!not_an_address) return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str()) == 1;
    return SSL_set_tlsext_host_name(ssl, host.c_str()) == 1 && SSL_set1_host(ssl, host.c_str()) == 1;
}

std::string reason_of(SSL* ssl, const std::error_code& error) {
    const long verified = SSL_get_verify_result(ssl);
    if (verified != X509_V_OK && (SSL_get_verify_mode(ssl) & SSL_VERIFY_PEER) != 0) {
        return X509_verify_cert_error_string(verified);
    }
    if (error == asio::error::eof || error == asio::ssl::error::stream_truncated) {
        return "the peer closed the connection";
    }
    return error.message();
}

}  // namespace

connection::connection(std::unique_ptr<state> opened) : state_(std::move(opened)) {}
connection::connection(connection&&) noexcept = default;
connection& connection::operator=(connection&&) noexcept = default;
connection::~connection() = default;

bool connection::state::ended_by_peer() {
    char byte = 0;
    const auto seen = ::recv(socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return seen == 0 || (seen < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
}

asio::awaitable<std::optional<std::string>> connection::state::handshake(const client_context& context,
                                                                         std::string host) {
    SSL_CTX_up_ref(context.get());
    asio::ssl::context shared(context.get());  // owns what was added above
    tls.emplace(std::move(plain), shared);
    if (!expect_host(tls->native_handle(), host)) co_return "the host's name cannot be verified";
    std::error_code error;
    co_await tls->async_handshake(asio::ssl::stream_base::client, into(error));
    if (!error) co_return std::nullopt;
    broken = true;
    co_return reason_of(tls->native_handle(), error);
}

asio::awaitable<void> connection::state::write(std::string_view bytes, std::error_code& error) {
    if (tls) {
        co_await asio::async_write(*tls, asio::buffer(bytes), into(error));
    } else {
        co_await asio::async_write(plain, asio::buffer(bytes), into(error));
    }
    broken = broken || error;
}

asio::awaitable<std::size_t> connection::state::read_some(char* to, std::size_t size,
                                                          std::error_code& error) {
    std::size_t read = 0;
    if (tls) {
        read = co_await tls->async_read_some(asio::buffer(to, size), into(error));
    } else {
        read = co_await plain.async_read_some(asio::buffer(to, size), into(error));
    }
    if (error == asio::error::eof) error = {};
    broken = broken || error;
    co_return read;
}

asio::awaitable<void> connection::state::close() {
    std::error_code ignored;
    // Asio would wait for ever for the end of a socket that it has seen end.
    if (tls && !broken) co_await tls->async_shutdown(into(ignored));
    socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    socket().close(ignored);
}

}  // namespace revenant::http
