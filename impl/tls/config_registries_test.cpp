// What the registries promise a client, with real configurations in them.
#include <doctest/doctest.h>

#include <string>

#include <revenant/debug_platform.hpp>
#include <revenant/std_platform.hpp>
#include <revenant/tls/config_registries.hpp>
#include <revenant/tls/tls_config.hpp>
#include <revenant/tls/wrong_config_registries.hpp>
#include "impl/tls/test_memory_watch.hpp"

namespace revenant {
namespace {

using std_weak = weak_configs<tls_config, std_platform>;
using std_shared = shared_configs<tls_config, std_platform>;
#define REVENANT_RIGHT_CONFIGS \
    std_weak, std_shared, weak_configs<tls_config, debug_platform>, shared_configs<tls_config, debug_platform>
#define REVENANT_EVERY_CONFIGS                                                                          \
    legacy_configs<tls_config, std_platform>, legacy_configs<tls_config, debug_platform, assert_check>, \
        strong_configs<tls_config, std_platform>, strong_configs<tls_config, debug_platform>,           \
        REVENANT_RIGHT_CONFIGS

const std::string secret = "the key's text";

tls_config with_name(const char* name) {
    tls_settings settings;
    settings.server_name = secret_text(name);
    REQUIRE(settings.keys.add(secret_text(secret)));
    REQUIRE(settings.chains.add(secret_text("chain")));
    auto config = tls_config::make(std::move(settings));
    REQUIRE(config);
    return std::move(config).value();
}

TEST_CASE_TEMPLATE("a registry of configurations gives equal contents one address", C,
                   REVENANT_EVERY_CONFIGS) {
    C configs;
    auto one = configs.intern(with_name("one.test"));
    auto again = configs.intern(with_name("one.test"));
    auto two = configs.intern(with_name("two.test"));
    CHECK(one.get() == again.get());
    CHECK(one.get() != two.get());
    CHECK(configs.size() == 2);
    CHECK(one->content().settings().server_name.view() == "one.test");
    CHECK(two->content().settings().server_name.view() == "two.test");
    one.reset();
    again.reset();
    CHECK(configs.size() == 1);
    two.reset();
    CHECK(configs.size() == 0);
}

TEST_CASE_TEMPLATE("the last reference on a configuration erases its secrets", C, REVENANT_EVERY_CONFIGS) {
    C configs;
    auto one = configs.intern(with_name("one.test"));
    auto again = one.clone();
    watch_memory(one->content().settings().keys[0].c_str(), secret.size());
    one.reset();
    CHECK(!memory_when_freed());
    again.reset();
    CHECK(memory_when_freed() == std::string(secret.size(), '\0'));
    CHECK(reference_ledger::instance().report() == "");
}

// Weak holders keep the memory, and not what is in it.
TEST_CASE("the last strong reference erases a configuration that weak ones keep in memory") {
    std_weak configs;
    auto one = configs.intern(with_name("one.test"));
    std_weak::config* const object = one.get();
    object->weak_ref();
    watch_memory(one->content().settings().keys[0].c_str(), secret.size());
    one.reset();
    CHECK(memory_when_freed() == std::string(secret.size(), '\0'));
    CHECK(object->content().settings().keys[0].missing());
    object->weak_deref();
}

// Its destructor may not look for it: there is no registry, and a lock would never be given back here.
TEST_CASE("the end of a shared configuration that was never interned asks no registry") {
    const std_shared::config stranger(nullptr, with_name("one.test"));
    CHECK(stranger.content_hash() != 0);
}

TEST_CASE_TEMPLATE("a configuration may be interned again once it has died", C, REVENANT_EVERY_CONFIGS) {
    C configs;
    for (int life = 0; life < 3; ++life) {
        const auto held = configs.intern(with_name("one.test"));
        CHECK(held->content().settings().server_name.view() == "one.test");
        CHECK(configs.size() == 1);
    }
    CHECK(configs.size() == 0);
}

}  // namespace
}  // namespace revenant
