#include <doctest/doctest.h>

#include <string>

#include <revenant/tls/loaders.hpp>
#include "impl/tls/owned.hpp"
#include "impl/tls/test_certificates.hpp"

namespace revenant {
namespace {

owned_context empty_context() { return owned_context(SSL_CTX_new(TLS_client_method())); }

std::string line_of(const load_error& error) { return error ? error->text : std::string("(loaded)"); }

const std::string garbage = "no PEM at all";
const std::string cut = "-----BEGIN CERTIFICATE-----\nMIIB\n";

TEST_CASE("the loaders load what fits together") {
    const auto context = empty_context();
    const test_authority authority;
    const auto leaf = authority.issue("localhost");
    CHECK(line_of(load_chain(context.get(), leaf.certificate.c_str())) == "(loaded)");
    CHECK(line_of(load_key(context.get(), leaf.key.c_str(), nullptr)) == "(loaded)");
    CHECK(line_of(load_ca(context.get(), authority.certificate().c_str())) == "(loaded)");
    CHECK(SSL_CTX_check_private_key(context.get()) == 1);
}

TEST_CASE("a chain's further certificates are sent, and replace those of the chain before") {
    const auto context = empty_context();
    const test_authority authority;
    const std::string chain = authority.issue("localhost").certificate + authority.certificate();
    for (int time = 0; time < 2; ++time) {
        CHECK(line_of(load_chain(context.get(), chain.c_str())) == "(loaded)");
        STACK_OF(X509)* sent = nullptr;
        SSL_CTX_get0_chain_certs(context.get(), &sent);
        CHECK(sk_X509_num(sent) == 1);
    }
}

TEST_CASE("load_ca takes every certificate of a text") {
    const auto context = empty_context();
    const std::string both = test_authority("one").certificate() + test_authority("two").certificate();
    CHECK(line_of(load_ca(context.get(), both.c_str())) == "(loaded)");
    CHECK(sk_X509_OBJECT_num(X509_STORE_get0_objects(SSL_CTX_get_cert_store(context.get()))) == 2);
}

TEST_CASE("the loaders answer a null content with an error") {
    const auto context = empty_context();
    CHECK(line_of(load_key(context.get(), nullptr, nullptr)) == "key: there is no content");
    CHECK(line_of(load_chain(context.get(), nullptr)) == "chain: there is no content");
    CHECK(line_of(load_ca(context.get(), nullptr)) == "ca: there is no content");
}

TEST_CASE("the loaders give OpenSSL's reason for a bad PEM") {
    const auto context = empty_context();
    CHECK(line_of(load_key(context.get(), garbage.c_str(), nullptr)) == "key: unsupported");
    CHECK(line_of(load_chain(context.get(), garbage.c_str())) == "chain: no start line");
    CHECK(line_of(load_ca(context.get(), garbage.c_str())) == "ca: no start line");
    CHECK(line_of(load_chain(context.get(), cut.c_str())) == "chain: bad end line");
    CHECK(line_of(load_ca(context.get(), cut.c_str())) == "ca: bad end line");
}

TEST_CASE("a good certificate does not hide a bad one behind it") {
    const auto context = empty_context();
    const std::string text = test_authority().certificate() + cut;
    CHECK(line_of(load_chain(context.get(), text.c_str())) == "chain: bad end line");
    CHECK(line_of(load_ca(context.get(), text.c_str())) == "ca: bad end line");
}

TEST_CASE("a key that does not fit its certificate is refused with OpenSSL's reason") {
    const auto context = empty_context();
    const test_authority authority;
    REQUIRE(line_of(load_chain(context.get(), authority.issue("localhost").certificate.c_str())) ==
            "(loaded)");
    const std::string other = pem_of(test_key().get());
    CHECK(line_of(load_key(context.get(), other.c_str(), nullptr)) == "key: key values mismatch");
}

TEST_CASE("an encrypted key opens with its pass phrase alone") {
    const auto context = empty_context();
    const std::string locked = pem_of(test_key().get(), "open sesame");
    CHECK(line_of(load_key(context.get(), locked.c_str(), "open sesame")) == "(loaded)");
    CHECK(line_of(load_key(context.get(), locked.c_str(), "wrong")) != "(loaded)");
    CHECK(line_of(load_key(context.get(), locked.c_str(), nullptr)) != "(loaded)");
}

TEST_CASE("no error is left in OpenSSL's queue for the next to find") {
    const auto context = empty_context();
    static_cast<void>(load_ca(context.get(), garbage.c_str()));
    CHECK(openssl_reason() == "failed without a reason");
    REQUIRE(!load_ca(context.get(), test_authority().certificate().c_str()));
    CHECK(openssl_reason() == "failed without a reason");
}

}  // namespace
}  // namespace revenant
