#include <revenant/tls/loaders.hpp>

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <climits>
#include <cstring>
#include <system_error>

#include <revenant/tls/owned.hpp>

namespace revenant {
namespace {

error_line failed(const char* field) { return {std::string(field) + ": " + openssl_reason()}; }

load_error refuse_null(const char* field, const char* content, null_guard guard) {
    if (content != nullptr || guard == null_guard::off) return std::nullopt;
    return error_line{std::string(field) + ": there is no content"};
}

owned_bio reader_of(const char* content) {
    const std::size_t size = std::strlen(content);
    return owned_bio(BIO_new_mem_buf(content, static_cast<int>(std::min<std::size_t>(size, INT_MAX))));
}

// OpenSSL's own would ask on the terminal.
int copy_known_passphrase(char* into, int size, int, void* passphrase) {
    if (passphrase == nullptr) return -1;
    const auto* const text = static_cast<const char*>(passphrase);
    const std::size_t length = std::strlen(text);
    if (length > static_cast<std::size_t>(size)) return -1;
    std::copy_n(text, length, into);
    return static_cast<int>(length);
}

int no_passphrase(char*, int, int, void*) { return -1; }

// The end of a PEM text is an error to OpenSSL as well: it looked for one more and found none.
bool at_the_end() {
    const auto last = ERR_peek_last_error();
    const bool end = ERR_GET_LIB(last) == ERR_LIB_PEM && ERR_GET_REASON(last) == PEM_R_NO_START_LINE;
    if (end) ERR_clear_error();
    return end;
}

}  // namespace

std::string openssl_reason() {
    const auto code = ERR_get_error();
    ERR_clear_error();
    if (code == 0) return "failed without a reason";
    if (ERR_SYSTEM_ERROR(code)) return std::generic_category().message(ERR_GET_REASON(code));
    const char* const reason = ERR_reason_error_string(code);
    return reason != nullptr ? reason : "error " + std::to_string(code);
}

load_error load_key(SSL_CTX* into, const char* content, const char* passphrase, null_guard guard) {
    if (auto error = refuse_null("key", content, guard)) return error;
    ERR_clear_error();
    const auto reader = reader_of(content);
    const owned_key key(reader ? PEM_read_bio_PrivateKey(reader.get(), nullptr, copy_known_passphrase,
                                                         const_cast<char*>(passphrase))
                               : nullptr);
    if (!key || SSL_CTX_use_PrivateKey(into, key.get()) != 1) return failed("key");
    return std::nullopt;
}

load_error load_chain(SSL_CTX* into, const char* content, null_guard guard) {
    if (auto error = refuse_null("chain", content, guard)) return error;
    ERR_clear_error();
    const auto reader = reader_of(content);
    const owned_certificate leaf(reader ? PEM_read_bio_X509_AUX(reader.get(), nullptr, no_passphrase, nullptr)
                                        : nullptr);
    if (!leaf || SSL_CTX_use_certificate(into, leaf.get()) != 1) return failed("chain");
    SSL_CTX_clear_chain_certs(into);
    while (X509* const next = PEM_read_bio_X509(reader.get(), nullptr, no_passphrase, nullptr)) {
        if (SSL_CTX_add0_chain_cert(into, next) != 1) {  // which takes it over only if all is well
            X509_free(next);
            return failed("chain");
        }
    }
    if (!at_the_end()) return failed("chain");
    return std::nullopt;
}

load_error load_ca(SSL_CTX* into, const char* content, null_guard guard) {
    if (auto error = refuse_null("ca", content, guard)) return error;
    ERR_clear_error();
    const auto reader = reader_of(content);
    if (!reader) return failed("ca");
    X509_STORE* const store = SSL_CTX_get_cert_store(into);
    bool any = false;
    while (true) {
        const owned_certificate next(PEM_read_bio_X509_AUX(reader.get(), nullptr, no_passphrase, nullptr));
        if (!next) break;
        if (X509_STORE_add_cert(store, next.get()) != 1) return failed("ca");
        any = true;
    }
    if (!any || !at_the_end()) return failed("ca");
    return std::nullopt;
}

}  // namespace revenant
