// test_backend: an HTTPS server on loopback, with faults. Tests only; not installed.
//
// The path of a request says what it answers:
//   /             hello, with a length       /chunked    the same in chunks
//   /until-end    the same without a length  /echo       the request's body
//   /client       the name in the client's certificate
//   /server-name  the name that the client asked for in the handshake
//   /garbage      no HTTP                    /half       half of a body, then the end
//   /reset        a reset                    /stall      nothing, until the client goes
//   /close        hello, and the end of the connection, which its header does not announce
//   /says-close   hello, with a header that announces the end; it goes on all the same
//   /once         hello, and the end instead of an answer to the next request
//   /extra        hello, and behind it a reply that nobody has asked for
//   /continue     100, and then hello
#pragma once

#include <atomic>
#include <string>

#include "impl/http/test_io.hpp"
#include "impl/tls/test_certificates.hpp"

namespace revenant::http {

enum class backend_fault : unsigned char {
    none,
    closes_in_handshake,  ///< after the client's first message
    resets_in_handshake,
    answers_plain,  ///< answers the client's first message without TLS
    plain,          ///< speaks HTTP without TLS
};

class test_backend {
public:
    explicit test_backend(const test_identity& identity, backend_fault fault = backend_fault::none);
    /// The same, which asks for a certificate of this authority's.
    test_backend(const test_identity& identity, const test_authority& of_clients);
    ~test_backend();
    [[nodiscard]] std::uint16_t port() const { return listener_->port(); }
    [[nodiscard]] int accepted() const { return listener_->accepted(); }
    /// How many clients have said good-bye; each is counted before it is answered.
    [[nodiscard]] int good_byes() const { return good_byes_; }

private:
    owned_context context_;
    backend_fault fault_;
    std::atomic<int> good_byes_{0};
    std::unique_ptr<test_listener> listener_;
};

}  // namespace revenant::http
