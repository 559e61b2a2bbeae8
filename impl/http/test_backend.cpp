#include "impl/http/test_backend.hpp"

#include <asio/ssl/context.hpp>
#include <asio/ssl/stream.hpp>
#include <asio/write.hpp>

#include <array>
#include <stdexcept>
#include <string_view>

#include <revenant/tls/loaders.hpp>

namespace revenant::http {
namespace {

using tls_stream = asio::ssl::stream<test_socket>;

const std::string with_length = "HTTP/1.1 200 OK\r\ncontent-length: ";

std::string hello() { return with_length + "5\r\n\r\nhello"; }

std::string name_of_client(tls_stream& stream) {
    const owned_certificate certificate(SSL_get1_peer_certificate(stream.native_handle()));
    if (!certificate) return "nobody";
    std::array<char, 256> name{};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name.data(),
                              static_cast<int>(name.size()));
    return name.data();
}

std::string name_asked_for(tls_stream& stream) {
    const char* const name = SSL_get_servername(stream.native_handle(), TLSEXT_NAMETYPE_host_name);
    return name == nullptr ? "none" : name;
}

template <class Stream>
asio::awaitable<void> write(Stream& to, std::string_view bytes) {
    co_await asio::async_write(to, asio::buffer(bytes), asio::use_awaitable);
}

template <class Stream>
asio::awaitable<std::string> read_body(Stream& from, std::string header) {
    const auto end = header.find("\r\n\r\n") + 4;
    const std::size_t size = std::stoul("0" + test_field(header, "Content-Length"));
    std::array<char, 4096> piece;
    while (header.size() < end + size) {
        const std::size_t more = co_await from.async_read_some(asio::buffer(piece), asio::use_awaitable);
        header.append(piece.data(), more);
    }
    co_return header.substr(end);
}

/// False if the connection is to end.
template <class Stream>
asio::awaitable<bool> answer(Stream& stream, test_socket& socket, const std::string& header) {
    const auto slash = header.find('/');
    const std::string path = header.substr(slash, header.find(' ', slash) - slash);
    bool goes_on = false;
    if (path == "/until-end") {
        co_await write(stream, "HTTP/1.1 200 OK\r\n\r\nhello");
    } else if (path == "/garbage") {
        co_await write(stream, "no HTTP at all\r\n\r\n");
    } else if (path == "/half") {
        co_await write(stream, with_length + "10\r\n\r\nhello");
    } else if (path == "/reset") {
        test_reset(socket);
    } else if (path == "/stall") {
        char byte = 0;
        co_await stream.async_read_some(asio::buffer(&byte, 1), asio::use_awaitable);
    } else if (path == "/close") {
        co_await write(stream, hello());
    } else if (path == "/once") {
        co_await write(stream, hello());
        co_await test_read_header(stream);
    } else if (path == "/says-close") {
        co_await write(stream, "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 5\r\n\r\nhello");
        goes_on = true;
    } else if (path == "/extra") {
        co_await write(stream, hello() + with_length + "5\r\n\r\nwrong");
        goes_on = true;
    } else if (path == "/continue") {
        co_await write(stream, "HTTP/1.1 100 Continue\r\n\r\n" + hello());
        goes_on = true;
    } else if (path == "/chunked") {
        co_await write(
            stream, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n");
        goes_on = true;
    } else if (path == "/echo") {
        const std::string body = co_await read_body(stream, header);
        co_await write(stream, with_length + std::to_string(body.size()) + "\r\n\r\n" + body);
        goes_on = true;
    } else if (path == "/client" || path == "/server-name") {
        std::string name = "plain";
        if constexpr (std::is_same_v<Stream, tls_stream>) {
            name = path == "/client" ? name_of_client(stream) : name_asked_for(stream);
        }
        co_await write(stream, with_length + std::to_string(name.size()) + "\r\n\r\n" + name);
        goes_on = true;
    } else {
        co_await write(stream, hello());
        goes_on = true;
    }
    co_return goes_on;
}

template <class Stream>
asio::awaitable<void> converse(Stream& stream, test_socket& socket) {
    bool goes_on = true;
    while (goes_on) {
        const std::string header = co_await test_read_header(stream);
        goes_on = co_await answer(stream, socket, header);
    }
}

asio::awaitable<void> serve(test_socket socket, SSL_CTX* context, backend_fault fault,
                            std::atomic<int>& good_byes) {
    if (fault == backend_fault::plain) {
        co_await converse(socket, socket);
        co_return;
    }
    if (fault != backend_fault::none) {
        std::array<char, 4096> first;
        co_await socket.async_read_some(asio::buffer(first), asio::use_awaitable);
        if (fault == backend_fault::answers_plain) co_await write(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
        if (fault == backend_fault::resets_in_handshake) test_reset(socket);
        co_return;
    }
    SSL_CTX_up_ref(context);
    asio::ssl::context shared(context);
    tls_stream stream(std::move(socket), shared);
    co_await stream.async_handshake(asio::ssl::stream_base::server, asio::use_awaitable);
    bool orderly = true;
    try {
        co_await converse(stream, stream.next_layer());
    } catch (const std::system_error& end) {
        orderly = end.code() == asio::error::eof;
    }
    if (!orderly) co_return;
    ++good_byes;
    std::error_code ignored;
    co_await stream.async_shutdown(into(ignored));
}

owned_context context_of(const test_identity& identity) {
    owned_context context(SSL_CTX_new(TLS_server_method()));
    if (!context || load_chain(context.get(), identity.certificate.c_str()) ||
        load_key(context.get(), identity.key.c_str(), nullptr)) {
        throw std::runtime_error("the backend's certificate cannot be loaded");
    }
    return context;
}

}  // namespace

test_backend::test_backend(const test_identity& identity, backend_fault fault)
    : context_(context_of(identity)),
      fault_(fault),
      listener_(std::make_unique<test_listener>(
          [this](test_socket next) { return serve(std::move(next), context_.get(), fault_, good_byes_); })) {}

test_backend::test_backend(const test_identity& identity, const test_authority& of_clients)
    : test_backend(identity) {
    if (load_ca(context_.get(), of_clients.certificate().c_str())) {
        throw std::runtime_error("the authority of the clients cannot be loaded");
    }
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
}

test_backend::~test_backend() = default;

}  // namespace revenant::http
