// A libFuzzer target: no text crashes the three loaders, and each failure is one line that begins with its
// field and leaves nothing in OpenSSL's queue. `make fuzz` runs it.
#include <openssl/err.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include <revenant/tls/loaders.hpp>
#include "impl/tls/owned.hpp"

namespace {

void check(const revenant::load_error& error, const char* field) {
    if (!error) return;
    const std::string begin = std::string(field) + ": ";
    const bool well_formed = error->text.rfind(begin, 0) == 0 && error->text.size() > begin.size() &&
                             error->text.find('\n') == std::string::npos;
    if (!well_formed || ERR_peek_error() != 0) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const revenant::owned_context context(SSL_CTX_new(TLS_client_method()));
    check(revenant::load_chain(context.get(), text.c_str()), "chain");
    check(revenant::load_key(context.get(), text.c_str(), "pass phrase"), "key");
    check(revenant::load_ca(context.get(), text.c_str()), "ca");
    return 0;
}
