#include <doctest/doctest.h>

#include <openssl/ssl.h>

#include <functional>
#include <string>
#include <vector>

#include <revenant/tls/client_context.hpp>
#include "impl/tls/test_certificates.hpp"

namespace revenant {
namespace {

tls_config made(tls_settings settings) {
    auto config = tls_config::make(std::move(settings));
    REQUIRE_MESSAGE(config, (config ? "" : config.error()));
    return std::move(config).value();
}

void add(secret_list& list, const std::string& text) { REQUIRE(list.add(secret_text(text))); }

std::string line_of(tls_settings settings) {
    const auto context = client_context::make(made(std::move(settings)));
    return context ? std::string("(made)") : context.error();
}

TEST_CASE("a client_context has the configuration's key, authorities, verification and modes") {
    const test_authority authority;
    const auto identity = authority.issue("client.test");
    tls_settings settings;
    add(settings.keys, identity.key);
    add(settings.chains, identity.certificate);
    add(settings.cas, authority.certificate());
    add(settings.alpn, "http/1.1");
    settings.ciphers = secret_text("ECDHE+AESGCM");
    settings.secure_options = SSL_OP_NO_TICKET;
    settings.renegotiation_limit = 0;
    settings.low_memory = true;
    const auto context = client_context::make(made(std::move(settings)));
    REQUIRE(context);
    SSL_CTX* const raw = context.value().get();
    CHECK(SSL_CTX_check_private_key(raw) == 1);
    CHECK(SSL_CTX_get_verify_mode(raw) == SSL_VERIFY_PEER);
    CHECK((SSL_CTX_get_options(raw) & SSL_OP_NO_TICKET) != 0);
    CHECK((SSL_CTX_get_options(raw) & SSL_OP_NO_RENEGOTIATION) != 0);
    CHECK((SSL_CTX_get_mode(raw) & SSL_MODE_RELEASE_BUFFERS) != 0);
    CHECK(sk_X509_OBJECT_num(X509_STORE_get0_objects(SSL_CTX_get_cert_store(raw))) == 1);
}

TEST_CASE("a client_context does not verify if it is told not to") {
    tls_settings settings;
    settings.reject_unauthorized = false;
    const auto context = client_context::make(made(std::move(settings)));
    REQUIRE(context);
    CHECK(SSL_CTX_get_verify_mode(context.value().get()) == SSL_VERIFY_NONE);
}

TEST_CASE("a clone of a client_context is the same SSL_CTX, which lives as long as either") {
    auto first = client_context::make(made({}));
    REQUIRE(first);
    client_context context = std::move(first).value();
    const client_context another = context.clone();
    CHECK(another.get() == context.get());
    context = {};
    CHECK(!context);
    CHECK(!context.clone());
    CHECK(SSL_CTX_get_verify_mode(another.get()) == SSL_VERIFY_PEER);
}

TEST_CASE("a client_context of an erased configuration is an error, not a crash") {
    const auto identity = test_authority().issue("client.test");
    tls_settings settings;
    add(settings.keys, identity.key);
    add(settings.chains, identity.certificate);
    auto config = made(std::move(settings));
    config.erase();
    const auto context = client_context::make(config);
    REQUIRE(!context);
    CHECK(context.error() == "chain: there is no content");
}

struct Refusal {
    std::string line;
    std::function<void(tls_settings&)> spoil;
};

TEST_CASE("what OpenSSL refuses is one line that names the field and has its reason") {
    const test_authority authority;
    const auto identity = authority.issue("client.test");
    const std::vector<Refusal> refusals{
        {"chain: no start line", [&](auto& s) { add(s.keys, identity.key), add(s.chains, "garbage"); }},
        {"key: unsupported", [&](auto& s) { add(s.keys, "garbage"), add(s.chains, identity.certificate); }},
        {"key: key values mismatch",
         [&](auto& s) { add(s.keys, authority.key()), add(s.chains, identity.certificate); }},
        {"ca: no start line", [](auto& s) { add(s.cas, "garbage"); }},
        {"ciphers: no cipher match", [](auto& s) { s.ciphers = secret_text("NO-SUCH-CIPHER"); }},
        {"ca_file no-such.pem: No such file or directory",
         [](auto& s) { s.ca_file = secret_text("no-such.pem"); }},
        {"chain_file no-such.pem: No such file or directory",
         [](auto& s) {
             s.key_file = secret_text("no-such-key.pem");
             s.chain_file = secret_text("no-such.pem");
         }},
        {"dh_params_file no-such.pem: No such file or directory",
         [](auto& s) { s.dh_params_file = secret_text("no-such.pem"); }},
    };
    for (const auto& [line, spoil] : refusals) {
        tls_settings settings;
        spoil(settings);
        CHECK(line_of(std::move(settings)) == line);
    }
}

}  // namespace
}  // namespace revenant
