// client_context: an SSL_CTX for a client, made from a configuration: key, chain, authorities, ciphers, ALPN,
// verification.
//
// Thread-safety: as SSL_CTX's: connections of many threads may share one. It is not changed once made.
// Lifetime: owns one reference on the SSL_CTX, which counts its owners itself; nothing is kept of the
// configuration.
// Errors: one line that names the field and gives OpenSSL's reason.
// One use:  auto made = client_context::make(config); if (!made) return made.error();
#pragma once

#include <openssl/types.h>

#include <utility>

#include <revenant/tls/loaders.hpp>
#include <revenant/tls/tls_config.hpp>

namespace revenant {

class client_context {
public:
    /// TLS 1.2 and later. Without authorities of its own, those of the machine are trusted.
    [[nodiscard]] static result<client_context> make(const tls_config& config,
                                                     null_guard guard = null_guard::on);

    client_context() noexcept = default;  ///< empty
    client_context(client_context&& other) noexcept : context_(std::exchange(other.context_, nullptr)) {}
    client_context& operator=(client_context&& other) noexcept {
        client_context taken(std::move(other));
        std::swap(context_, taken.context_);
        return *this;
    }
    ~client_context();

    /// One more owner of the same context; a clone of an empty one is empty.
    [[nodiscard]] client_context clone() const;

    [[nodiscard]] SSL_CTX* get() const noexcept { return context_; }
    explicit operator bool() const noexcept { return context_ != nullptr; }

private:
    explicit client_context(SSL_CTX* owned) noexcept : context_(owned) {}

    SSL_CTX* context_ = nullptr;
};

}  // namespace revenant
