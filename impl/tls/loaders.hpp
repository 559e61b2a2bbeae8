// The three loaders: a PEM text into an SSL_CTX, as its key, its certificate chain, or one more certificate
// authority that it trusts.
//
// Thread-safety: one SSL_CTX, one thread. Lifetime: nothing is kept of the text.
// Errors: one line that names the field and gives OpenSSL's reason. A null content is one of them: a pointer
// to a configuration that is dead yields null, and must not reach strlen.
#pragma once

#include <openssl/types.h>

#include <optional>
#include <string>

#include <revenant/tls/result.hpp>

namespace revenant {

/// `off` is for the reproduction of the original crash alone: it measures a null content, which ends the
/// process.
enum class null_guard : unsigned char { on, off };

using load_error = std::optional<error_line>;

/// `passphrase` may be null: an encrypted key is then refused. Nobody is ever asked for it on a terminal.
[[nodiscard]] load_error load_key(SSL_CTX* into, const char* content, const char* passphrase,
                                  null_guard guard = null_guard::on);
/// The leaf first, then what leads to its authority. With a key that was loaded before, it must fit it.
[[nodiscard]] load_error load_chain(SSL_CTX* into, const char* content, null_guard guard = null_guard::on);
/// All certificates of the text; at least one.
[[nodiscard]] load_error load_ca(SSL_CTX* into, const char* content, null_guard guard = null_guard::on);

/// OpenSSL's reason for the failure that it reported first, and its queue is emptied: `no start line`.
[[nodiscard]] std::string openssl_reason();

}  // namespace revenant
