#include <doctest/doctest.h>

#include <openssl/ssl.h>

#include <functional>
#include <string>
#include <vector>

#include <revenant/tls/tls_config.hpp>
#include "impl/tls/test_memory_watch.hpp"

namespace revenant {
namespace {

tls_config made(tls_settings settings = {}) {
    auto config = tls_config::make(std::move(settings));
    REQUIRE(config);
    return std::move(config).value();
}

TEST_CASE("a tls_config has the hash of its settings, never 0, and keeps it when it is erased") {
    tls_settings settings;
    settings.server_name = secret_text("example.test");
    const auto hash = hash_of(settings);
    auto config = made(std::move(settings));
    CHECK(config.content_hash() == hash);
    CHECK(config.content_hash() != 0);
    CHECK(made().content_hash() != 0);
    config.erase();
    CHECK(config.content_hash() == hash);
    CHECK(config.settings().server_name.missing());
}

TEST_CASE("a clone of a tls_config has the same content, and another one has not") {
    tls_settings settings;
    settings.ciphers = secret_text("HIGH");
    const auto config = made(std::move(settings));
    CHECK(config.clone().content_equals(config));
    CHECK(!config.content_equals(made()));
}

// Two contents may have one hash; none is at hand, but an erased configuration keeps that of its content.
TEST_CASE("equal hashes do not make two tls_configs equal") {
    tls_settings settings;
    settings.ciphers = secret_text("HIGH");
    auto config = made(std::move(settings));
    const auto copy = config.clone();
    config.erase();
    REQUIRE(config.content_hash() == copy.content_hash());
    CHECK(!config.content_equals(copy));
    CHECK(!copy.content_equals(config));
}

TEST_CASE("the end of a tls_config erases its secrets") {
    const std::string secret = "the key's text";
    {
        tls_settings settings;
        REQUIRE(settings.keys.add(secret_text(secret)));
        REQUIRE(settings.chains.add(secret_text("chain")));
        const auto config = made(std::move(settings));
        watch_memory(config.settings().keys[0].c_str(), secret.size());
    }
    CHECK(memory_when_freed() == std::string(secret.size(), '\0'));
}

struct Refusal {
    std::string line;
    std::function<void(tls_settings&)> spoil;
};

void add(secret_list& list, std::string_view text) { REQUIRE(list.add(secret_text(text))); }

const std::vector<Refusal> refusals{
    {"server_name: has a blank", [](auto& s) { s.server_name = secret_text("two words"); }},
    {"server_name: has a control character", [](auto& s) { s.server_name = secret_text("line\nline"); }},
    {"server_name: is empty; leave it out instead", [](auto& s) { s.server_name = secret_text(""); }},
    {"server_name: 254 bytes; a host name has at most 253",
     [](auto& s) { s.server_name = secret_text(std::string(254, 'a')); }},
    {"keys[0]: has a NUL character",
     [](auto& s) { add(s.keys, std::string_view("a\0b", 3)), add(s.chains, "chain"); }},
    {"keys[1]: is empty; leave it out instead",
     [](auto& s) { add(s.keys, "key"), add(s.keys, ""), add(s.chains, "chain"); }},
    {"keys[0]: is missing", [](auto& s) { REQUIRE(s.keys.add(secret_text())); }},
    {"keys: 1 for 0 certificate chains; each chain has one key", [](auto& s) { add(s.keys, "key"); }},
    {"keys: 0 for 1 certificate chains; each chain has one key",
     [](auto& s) { s.chain_file = secret_text("chain.pem"); }},
    {"chains[0]: is empty; leave it out instead", [](auto& s) { add(s.chains, ""); }},
    {"cas[0]: is empty; leave it out instead", [](auto& s) { add(s.cas, ""); }},
    {"key_file: keys are given as well; give one of them",
     [](auto& s) { add(s.keys, "key"), s.key_file = secret_text("key.pem"); }},
    {"chain_file: chains are given as well; give one of them",
     [](auto& s) { add(s.chains, "chain"), s.chain_file = secret_text("chain.pem"); }},
    {"ca_file: cas are given as well; give one of them",
     [](auto& s) { add(s.cas, "ca"), s.ca_file = secret_text("ca.pem"); }},
    {"key_file: has a control character", [](auto& s) { s.key_file = secret_text("\x1b"); }},
    {"chain_file: is empty; leave it out instead", [](auto& s) { s.chain_file = secret_text(""); }},
    {"ca_file: is empty; leave it out instead", [](auto& s) { s.ca_file = secret_text(""); }},
    {"passphrase: there is no key for it to open", [](auto& s) { s.passphrase = secret_text("open"); }},
    {"ciphers: is empty; leave it out instead", [](auto& s) { s.ciphers = secret_text(""); }},
    {"alpn[1]: 256 bytes; a protocol's name has 1 to 255",
     [](auto& s) { add(s.alpn, "h2"), add(s.alpn, std::string(256, 'a')); }},
    {"dh_params_file: is empty; leave it out instead", [](auto& s) { s.dh_params_file = secret_text(""); }},
    {"secure_options: turns off TLS 1.2 and TLS 1.3; leave one of them on",
     [](auto& s) { s.secure_options = SSL_OP_NO_TLSv1_2 | SSL_OP_NO_TLSv1_3; }},
    {"renegotiation_window_s: 0; a window has at least one second",
     [](auto& s) { s.renegotiation_window_s = 0; }},
};

TEST_CASE("a bad value is refused with one line that names its field") {
    REQUIRE(!refusals.empty());
    for (const auto& [line, spoil] : refusals) {
        tls_settings settings;
        spoil(settings);
        const auto config = tls_config::make(std::move(settings));
        CAPTURE(line);
        REQUIRE(!config);
        CHECK(config.error() == line);
    }
}

}  // namespace
}  // namespace revenant
