// test_certificates: keys and certificates that a test makes for itself, good for a day. Tests only; not
// installed.
//
// Errors: what OpenSSL cannot do is thrown as std::runtime_error and fails the test.
// One use:  const auto authority = test_authority(); const auto leaf = authority.issue("localhost");
#pragma once

#include <memory>
#include <string>

#include <revenant/tls/tls_config.hpp>
#include "impl/tls/owned.hpp"

namespace revenant {

/// A key and its certificate as PEM texts.
struct test_identity {
    std::string key;
    std::string certificate;
};

/// When a certificate is good: a day from now, or a day that is over.
enum class test_validity : unsigned char { now, expired };

[[nodiscard]] owned_key test_key();
[[nodiscard]] std::string pem_of(EVP_PKEY* key, const std::string& passphrase = {});
[[nodiscard]] std::string pem_of(X509* certificate);

/// Signs certificates. Its own is what others trust.
class test_authority {
public:
    explicit test_authority(const std::string& name = "test authority");

    [[nodiscard]] test_identity issue(const std::string& host,
                                      test_validity validity = test_validity::now) const;
    [[nodiscard]] std::string certificate() const { return pem_of(certificate_.get()); }
    [[nodiscard]] std::string key() const { return pem_of(key_.get()); }

private:
    owned_key key_;
    owned_certificate certificate_;
};

/// A configuration that trusts the authority, and shows an identity of its own if it is given one.
[[nodiscard]] tls_config trusting(const test_authority& authority);
[[nodiscard]] tls_config trusting(const test_authority& authority, const test_identity& own);

}  // namespace revenant
