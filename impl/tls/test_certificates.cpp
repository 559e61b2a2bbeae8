#include "impl/tls/test_certificates.hpp"

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstdint>
#include <stdexcept>

namespace revenant {
namespace {

constexpr long day_s = 24 * 60 * 60;

void require(bool ok, const char* call) {
    if (!ok) throw std::runtime_error(std::string("OpenSSL fails: ") + call);
}

std::string text_of(BIO* memory) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return {data, static_cast<std::size_t>(size)};
}

void set_validity(X509* certificate, test_validity validity) {
    const long begin = validity == test_validity::now ? -day_s / 2 : -2 * day_s;
    require(X509_gmtime_adj(X509_getm_notBefore(certificate), begin) != nullptr, "notBefore");
    require(X509_gmtime_adj(X509_getm_notAfter(certificate), begin + day_s) != nullptr, "notAfter");
}

void set_serial(X509* certificate) {
    std::array<unsigned char, sizeof(std::uint64_t)> bytes{};
    require(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1, "RAND_bytes");
    std::uint64_t serial = 0;
    for (const auto byte : bytes) serial = serial << 8 | byte;
    require(ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1) == 1, "serial");
}

void set_name(X509_NAME* name, const std::string& text) {
    require(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                       reinterpret_cast<const unsigned char*>(text.data()),
                                       static_cast<int>(text.size()), -1, 0) == 1,
            "subject");
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
    require(extension != nullptr, "extension");
    const int added = X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    require(added == 1, "X509_add_ext");
}

owned_certificate unsigned_certificate(EVP_PKEY* key, const std::string& name, test_validity validity) {
    owned_certificate certificate(X509_new());
    require(certificate && X509_set_version(certificate.get(), 2) == 1, "version");
    set_serial(certificate.get());
    set_validity(certificate.get(), validity);
    set_name(X509_get_subject_name(certificate.get()), name);
    require(X509_set_pubkey(certificate.get(), key) == 1, "public key");
    return certificate;
}

bool is_address(const std::string& host) {
    return host.find_first_not_of("0123456789.") == std::string::npos || host.find(':') != std::string::npos;
}

}  // namespace

owned_key test_key() {
    owned_key key(EVP_EC_gen("P-256"));
    require(key != nullptr, "EVP_EC_gen");
    return key;
}

std::string pem_of(EVP_PKEY* key, const std::string& passphrase) {
    const owned_bio memory(BIO_new(BIO_s_mem()));
    const EVP_CIPHER* const cipher = passphrase.empty() ? nullptr : EVP_aes_128_cbc();
    const char* const text = passphrase.empty() ? nullptr : passphrase.c_str();
    require(PEM_write_bio_PKCS8PrivateKey(memory.get(), key, cipher, text,
                                          static_cast<int>(passphrase.size()), nullptr, nullptr) == 1,
            "write key");
    return text_of(memory.get());
}

std::string pem_of(X509* certificate) {
    const owned_bio memory(BIO_new(BIO_s_mem()));
    require(PEM_write_bio_X509(memory.get(), certificate) == 1, "write certificate");
    return text_of(memory.get());
}

test_authority::test_authority(const std::string& name)
    : key_(test_key()), certificate_(unsigned_certificate(key_.get(), name, test_validity::now)) {
    X509* const own = certificate_.get();
    require(X509_set_issuer_name(own, X509_get_subject_name(own)) == 1, "issuer");
    add_extension(own, own, NID_basic_constraints, "critical,CA:TRUE");
    require(X509_sign(own, key_.get(), EVP_sha256()) > 0, "sign");
}

test_identity test_authority::issue(const std::string& host, test_validity validity) const {
    const owned_key key = test_key();
    const owned_certificate leaf = unsigned_certificate(key.get(), host, validity);
    require(X509_set_issuer_name(leaf.get(), X509_get_subject_name(certificate_.get())) == 1, "issuer");
    add_extension(leaf.get(), certificate_.get(), NID_subject_alt_name,
                  (is_address(host) ? "IP:" : "DNS:") + host);
    require(X509_sign(leaf.get(), key_.get(), EVP_sha256()) > 0, "sign");
    return {pem_of(key.get()), pem_of(leaf.get())};
}

namespace {

tls_config trusting(const test_authority& authority, tls_settings settings) {
    require(settings.cas.add(secret_text(authority.certificate())), "an authority");
    auto config = tls_config::make(std::move(settings));
    require(static_cast<bool>(config), "a configuration");
    return std::move(config).value();
}

}  // namespace

tls_config trusting(const test_authority& authority) { return trusting(authority, tls_settings()); }

tls_config trusting(const test_authority& authority, const test_identity& own) {
    tls_settings settings;
    require(settings.keys.add(secret_text(own.key)) && settings.chains.add(secret_text(own.certificate)),
            "an identity");
    return trusting(authority, std::move(settings));
}

}  // namespace revenant
