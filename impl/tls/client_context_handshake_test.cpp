// What a peer sees of a client_context: a handshake in memory, without a network. And what comes of files.
#include <doctest/doctest.h>

#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <string>

#include <revenant/tls/client_context.hpp>
#include <revenant/tls/owned.hpp>
#include "impl/tls/test_certificates.hpp"
#include "impl/tls/test_folder.hpp"

namespace revenant {
namespace {

using owned_ssl = owned<SSL, SSL_free>;

struct Handshake {
    owned_ssl client;
    owned_ssl server;
    bool complete = false;
};

struct Fixture {
    test_authority authority;
    test_identity shown = authority.issue("localhost");
    owned_context server{SSL_CTX_new(TLS_server_method())};

    Fixture() {
        REQUIRE(!load_chain(server.get(), shown.certificate.c_str()));
        REQUIRE(!load_key(server.get(), shown.key.c_str(), nullptr));
    }
    [[nodiscard]] tls_settings trusting() const {
        tls_settings settings;
        REQUIRE(settings.cas.add(secret_text(authority.certificate())));
        return settings;
    }
    [[nodiscard]] static client_context made(tls_settings settings) {
        auto config = tls_config::make(std::move(settings));
        REQUIRE_MESSAGE(config, (config ? "" : config.error()));
        auto context = client_context::make(config.value());
        REQUIRE_MESSAGE(context, (context ? "" : context.error()));
        return std::move(context).value();
    }
    [[nodiscard]] Handshake shake_hands(const client_context& client) const {
        Handshake both{owned_ssl(SSL_new(client.get())), owned_ssl(SSL_new(server.get()))};
        BIO* clients = nullptr;
        BIO* servers = nullptr;
        REQUIRE(BIO_new_bio_pair(&clients, 0, &servers, 0) == 1);
        SSL_set_bio(both.client.get(), clients, clients);
        SSL_set_bio(both.server.get(), servers, servers);
        SSL_set_connect_state(both.client.get());
        SSL_set_accept_state(both.server.get());
        constexpr int flights_max = 10;
        for (int flight = 0; flight < flights_max && !both.complete; ++flight) {
            const bool client_is_done = SSL_do_handshake(both.client.get()) == 1;
            both.complete = SSL_do_handshake(both.server.get()) == 1 && client_is_done;
        }
        return both;
    }
};

std::string parameters() {
    const owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> generator(
        EVP_PKEY_CTX_new_from_name(nullptr, "DH", nullptr));
    EVP_PKEY* generated = nullptr;
    REQUIRE(EVP_PKEY_paramgen_init(generator.get()) == 1);
    REQUIRE(EVP_PKEY_CTX_set_group_name(generator.get(), "ffdhe2048") == 1);
    REQUIRE(EVP_PKEY_paramgen(generator.get(), &generated) == 1);
    const owned_key group(generated);
    const owned_bio memory(BIO_new(BIO_s_mem()));
    REQUIRE(PEM_write_bio_Parameters(memory.get(), group.get()) == 1);
    char* text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

std::string name_of(const X509* certificate) {
    REQUIRE(certificate != nullptr);
    char name[256] = {};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof name);
    return name;
}

TEST_CASE_FIXTURE(Fixture, "a peer whose authority is trusted shakes hands, and a stranger does not") {
    CHECK(shake_hands(made(trusting())).complete);
    tls_settings other;
    REQUIRE(other.cas.add(secret_text(test_authority("another").certificate())));
    CHECK(!shake_hands(made(std::move(other))).complete);
}

TEST_CASE_FIXTURE(Fixture, "the protocols of alpn are offered in order") {
    tls_settings settings = trusting();
    REQUIRE((settings.alpn.add(secret_text("h2")) && settings.alpn.add(secret_text("http/1.1"))));
    std::string offered;
    SSL_CTX_set_alpn_select_cb(
        server.get(),
        [](SSL*, const unsigned char**, unsigned char*, const unsigned char* in, unsigned size, void* seen) {
            static_cast<std::string*>(seen)->assign(reinterpret_cast<const char*>(in), size);
            return SSL_TLSEXT_ERR_NOACK;
        },
        &offered);
    CHECK(shake_hands(made(std::move(settings))).complete);
    CHECK(offered == "\x02h2\x08http/1.1");
}

TEST_CASE_FIXTURE(Fixture, "the configured cipher is the one that is used") {
    REQUIRE(SSL_CTX_set_max_proto_version(server.get(), TLS1_2_VERSION) == 1);
    tls_settings settings = trusting();
    const std::string unusual = "ECDHE-ECDSA-CHACHA20-POLY1305";
    settings.ciphers = secret_text(unusual);
    const auto both = shake_hands(made(std::move(settings)));
    CHECK(both.complete);
    CHECK(SSL_get_cipher_name(both.client.get()) == unusual);
    CHECK(SSL_get_cipher_name(shake_hands(made(trusting())).client.get()) != unusual);
}

TEST_CASE_FIXTURE(Fixture, "a client_context speaks no TLS before 1.2, and later ones unless they are off") {
    const auto context = made(trusting());
    CHECK(SSL_CTX_get_min_proto_version(context.get()) == TLS1_2_VERSION);
    CHECK(SSL_version(shake_hands(context).client.get()) == TLS1_3_VERSION);
    tls_settings settings = trusting();
    settings.secure_options = SSL_OP_NO_TLSv1_3;
    CHECK(SSL_version(shake_hands(made(std::move(settings))).client.get()) == TLS1_2_VERSION);
}

TEST_CASE_FIXTURE(Fixture, "files do as texts do, with a pass phrase and parameters as well") {
    const test_folder folder;
    const auto own = authority.issue("client.test");
    const owned_bio reader(BIO_new_mem_buf(own.key.data(), static_cast<int>(own.key.size())));
    const owned_key own_key(PEM_read_bio_PrivateKey(reader.get(), nullptr, nullptr, nullptr));
    tls_settings settings;
    settings.ca_file = secret_text(folder.file("ca.pem", authority.certificate()));
    settings.chain_file = secret_text(folder.file("chain.pem", own.certificate));
    settings.key_file = secret_text(folder.file("key.pem", pem_of(own_key.get(), "open sesame")));
    settings.passphrase = secret_text("open sesame");
    settings.dh_params_file = secret_text(folder.file("dh.pem", parameters()));
    REQUIRE(!load_ca(server.get(), authority.certificate().c_str()));
    SSL_CTX_set_verify(server.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    const auto context = made(std::move(settings));
    CHECK(SSL_CTX_get_default_passwd_cb_userdata(context.get()) == nullptr);  // it outlives the pass phrase
    const auto both = shake_hands(context);
    CHECK(both.complete);
    CHECK(name_of(SSL_get0_peer_certificate(both.server.get())) == "client.test");
}

TEST_CASE_FIXTURE(Fixture, "of two keys of one kind the last is shown, with its own certificate") {
    tls_settings settings = trusting();
    for (const char* host : {"one.test", "two.test"}) {
        const auto identity = authority.issue(host);
        REQUIRE(settings.keys.add(secret_text(identity.key)));
        REQUIRE(settings.chains.add(secret_text(identity.certificate)));
    }
    const auto context = made(std::move(settings));
    CHECK(name_of(SSL_CTX_get0_certificate(context.get())) == "two.test");
}

}  // namespace
}  // namespace revenant
