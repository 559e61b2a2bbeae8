// owned: what OpenSSL allocates, each with the function that frees it. For sources that include OpenSSL.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

namespace revenant {

template <auto Free>
struct freed_by {
    template <class T>
    void operator()(T* object) const noexcept {
        Free(object);
    }
};
template <class T, auto Free>
using owned = std::unique_ptr<T, freed_by<Free>>;

using owned_bio = owned<BIO, BIO_free_all>;
using owned_key = owned<EVP_PKEY, EVP_PKEY_free>;
using owned_certificate = owned<X509, X509_free>;
using owned_context = owned<SSL_CTX, SSL_CTX_free>;

}  // namespace revenant
