// tls_settings: what a client may say about TLS, field by field; and the one table of the fields, which
// hash, equality, clone and erasure all go through. A field that the table lacks fails a test.
//
// A missing text and an empty list mean "not given". PEM contents and file names exclude each other.
#pragma once

#include <cstddef>
#include <cstdint>

#include <revenant/tls/secret_list.hpp>
#include <revenant/tls/secret_text.hpp>

namespace revenant {

struct tls_settings {
    secret_text server_name;  ///< sent and verified instead of the request's host
    secret_list keys;         ///< PEM private keys, one for each certificate chain
    secret_list chains;       ///< PEM certificate chains, the leaf first
    secret_list cas;          ///< PEM certificates to trust; none: those of the machine
    secret_text key_file;     ///< the same three as names of PEM files
    secret_text chain_file;
    secret_text ca_file;
    secret_text passphrase;                      ///< of every key
    secret_text ciphers;                         ///< OpenSSL's list for TLS up to 1.2
    secret_list alpn;                            ///< names of protocols, the preferred one first
    secret_text dh_params_file;                  ///< PEM parameters
    std::uint64_t secure_options = 0;            ///< bits of SSL_OP_*
    bool request_cert = false;                   ///< asked of clients; a client carries it along
    bool reject_unauthorized = true;             ///< a peer whose certificate does not verify is refused
    std::uint32_t renegotiation_limit = 3;       ///< within the window; 0: a client refuses any
    std::uint32_t renegotiation_window_s = 600;  ///< carried along by a client
    bool low_memory = false;                     ///< idle connections give their buffers back
};

/// Calls `visit(name, member)` for each field, in the order above.
template <class Visit>
constexpr void for_each_field(Visit visit) {
    using s = tls_settings;
    visit("server_name", &s::server_name);
    visit("keys", &s::keys);
    visit("chains", &s::chains);
    visit("cas", &s::cas);
    visit("key_file", &s::key_file);
    visit("chain_file", &s::chain_file);
    visit("ca_file", &s::ca_file);
    visit("passphrase", &s::passphrase);
    visit("ciphers", &s::ciphers);
    visit("alpn", &s::alpn);
    visit("dh_params_file", &s::dh_params_file);
    visit("secure_options", &s::secure_options);
    visit("request_cert", &s::request_cert);
    visit("reject_unauthorized", &s::reject_unauthorized);
    visit("renegotiation_limit", &s::renegotiation_limit);
    visit("renegotiation_window_s", &s::renegotiation_window_s);
    visit("low_memory", &s::low_memory);
}

/// Of every field; never 0.
[[nodiscard]] std::size_t hash_of(const tls_settings& settings) noexcept;
[[nodiscard]] bool operator==(const tls_settings& a, const tls_settings& b) noexcept;
[[nodiscard]] tls_settings clone(const tls_settings& settings);
/// Overwrites and frees every text. Numbers stay: they are no secrets.
void erase(tls_settings& settings) noexcept;

}  // namespace revenant
