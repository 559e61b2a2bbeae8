#include <revenant/tls/client_context.hpp>

#include <openssl/err.h>
#include <openssl/pem.h>

#include <string>

#include <revenant/tls/owned.hpp>

namespace revenant {
namespace {

error_line failed(const std::string& what) { return {what + ": " + openssl_reason()}; }

load_error load_pairs(SSL_CTX* context, const tls_settings& s, null_guard guard) {
    for (std::size_t i = 0; i < s.keys.size(); ++i) {
        if (auto error = load_chain(context, s.chains[i].c_str(), guard)) return error;
        if (auto error = load_key(context, s.keys[i].c_str(), s.passphrase.c_str(), guard)) return error;
        if (SSL_CTX_check_private_key(context) != 1) return failed("key");
    }
    return std::nullopt;
}

int copy_passphrase(char* into, int size, int, void* text) {
    const auto* const passphrase = static_cast<const secret_text*>(text);
    const auto view = passphrase->view();
    if (passphrase->missing() || view.size() > static_cast<std::size_t>(size)) return -1;
    view.copy(into, view.size());
    return static_cast<int>(view.size());
}

load_error load_pair_of_files(SSL_CTX* context, const tls_settings& s) {
    if (s.key_file.missing() || s.chain_file.missing()) return std::nullopt;
    // For this call only: the context outlives the configuration.
    SSL_CTX_set_default_passwd_cb(context, copy_passphrase);
    SSL_CTX_set_default_passwd_cb_userdata(context, const_cast<secret_text*>(&s.passphrase));
    const bool chain = SSL_CTX_use_certificate_chain_file(context, s.chain_file.c_str()) == 1;
    const bool key = chain && SSL_CTX_use_PrivateKey_file(context, s.key_file.c_str(), SSL_FILETYPE_PEM) == 1;
    SSL_CTX_set_default_passwd_cb(context, nullptr);
    SSL_CTX_set_default_passwd_cb_userdata(context, nullptr);
    if (!chain) return failed("chain_file " + std::string(s.chain_file.view()));
    if (!key) return failed("key_file " + std::string(s.key_file.view()));
    return std::nullopt;
}

load_error load_authorities(SSL_CTX* context, const tls_settings& s, null_guard guard) {
    for (const auto& ca : s.cas) {
        if (auto error = load_ca(context, ca.c_str(), guard)) return error;
    }
    if (!s.ca_file.missing() && SSL_CTX_load_verify_file(context, s.ca_file.c_str()) != 1) {
        return failed("ca_file " + std::string(s.ca_file.view()));
    }
    if (s.cas.empty() && s.ca_file.missing() && SSL_CTX_set_default_verify_paths(context) != 1) {
        return failed("the machine's authorities");
    }
    return std::nullopt;
}

load_error set_ciphers(SSL_CTX* context, const tls_settings& s) {
    if (s.ciphers.missing() || SSL_CTX_set_cipher_list(context, s.ciphers.c_str()) == 1) return std::nullopt;
    return failed("ciphers");
}

load_error set_alpn(SSL_CTX* context, const tls_settings& s) {
    std::string names;  // each after its length
    for (const auto& name : s.alpn) {
        names += static_cast<char>(name.view().size());
        names += name.view();
    }
    if (names.empty()) return std::nullopt;
    // Unlike its kin, this one returns 0 when all is well.
    if (SSL_CTX_set_alpn_protos(context, reinterpret_cast<const unsigned char*>(names.data()),
                                static_cast<unsigned>(names.size())) == 0) {
        return std::nullopt;
    }
    return error_line{"alpn: OpenSSL refuses the list"};
}

load_error set_dh_params(SSL_CTX* context, const tls_settings& s) {
    if (s.dh_params_file.missing()) return std::nullopt;
    const std::string field = "dh_params_file " + std::string(s.dh_params_file.view());
    const owned_bio reader(BIO_new_file(s.dh_params_file.c_str(), "r"));
    if (!reader) return failed(field);
    owned_key params(PEM_read_bio_Parameters(reader.get(), nullptr));
    if (!params || SSL_CTX_set0_tmp_dh_pkey(context, params.get()) != 1) return failed(field);
    [[maybe_unused]] const auto* const taken = params.release();  // by the context
    return std::nullopt;
}

void set_flags(SSL_CTX* context, const tls_settings& s) {
    SSL_CTX_set_options(context, s.secure_options);
    if (s.renegotiation_limit == 0) SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
    if (s.low_memory) SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_verify(context, s.reject_unauthorized ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
}

}  // namespace

result<client_context> client_context::make(const tls_config& config, null_guard guard) {
    const tls_settings& s = config.settings();
    ERR_clear_error();
    client_context made(SSL_CTX_new(TLS_client_method()));
    SSL_CTX* const context = made.get();
    if (context == nullptr || SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1) {
        return failed("context");
    }
    set_flags(context, s);
    if (auto error = load_pairs(context, s, guard)) return *error;
    if (auto error = load_pair_of_files(context, s)) return *error;
    if (auto error = load_authorities(context, s, guard)) return *error;
    if (auto error = set_ciphers(context, s)) return *error;
    if (auto error = set_alpn(context, s)) return *error;
    if (auto error = set_dh_params(context, s)) return *error;
    return made;
}

client_context::~client_context() { SSL_CTX_free(context_); }

client_context client_context::clone() const {
    if (context_ != nullptr) SSL_CTX_up_ref(context_);
    return client_context(context_);
}

}  // namespace revenant
