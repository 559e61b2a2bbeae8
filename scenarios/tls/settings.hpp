// What the scenarios of the TLS client have in common: a configuration reduced to one text, the context that
// is made of it, and a registry of configurations. OpenSSL is not called: a context is an object that counts
// its owners, as SSL_CTX does, and knows whose certificate it has.
#pragma once

#include <cstddef>
#include <type_traits>

#include <revenant/refcount/shared_ptr.hpp>
#include <revenant/tls/config_registries.hpp>
#include <revenant/tls/wrong_config_registries.hpp>
#include "model/program.hpp"
#include "scenarios/calls.hpp"
#include "scenarios/subjects/content.hpp"

namespace revenant::scenarios {

inline constexpr int first_config = 2;
inline constexpr int second_config = 3;  // collides with the first: see Content::hash

/// The content of a configuration, as the registries of impl/tls want it. Keys 2n and 2n+1 have one hash.
template <class P>
class Settings : public Content<P> {
public:
    static constexpr const char* log_name = "config";
    using Content<P>::Content;

    [[nodiscard]] std::size_t content_hash() const { return this->hash(); }
    [[nodiscard]] bool content_equals(const Settings& other) const { return this->equals(other); }
    void erase() { this->free_text(); }
};

/// Stands for an SSL_CTX.
template <class P>
class Context {
public:
    static constexpr const char* log_name = "context";
    explicit Context(int key) : key_(key, {"key"}) {}
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    ~Context() {
        if constexpr (requires { P::holds_a_mutex(); }) {
            if (P::holds_a_mutex()) {
                P::violated(model::FindingKind::invariant, "no destructor runs under the cache's mutex");
            }
        }
    }
    /// Of the configuration that it was made of.
    [[nodiscard]] int key() const { return key_.get(); }

private:
    typename P::template var<int> key_;
};

template <class P>
using ContextOwner = shared_ptr<Context<P>, P>;

/// Reads the configuration, as the loaders do.
template <class P, class Config>
[[nodiscard]] ContextOwner<P> make_context(const Config& config) {
    return ContextOwner<P>::make(Context<P>::log_name, config.content().key());
}

/// What a cache's or a pool's entries are looked for by: the reference itself, or what a mutant has for it.
template <class Key, class Reference>
decltype(auto) key_of(const Reference& config) {
    if constexpr (std::is_same_v<Key, Reference>) {
        return (config);
    } else {
        return Key(config);
    }
}

/// A registry of configurations that threads intern in. Between two calls a reference is a leaked pointer,
/// since a failed execution runs no destructor. `P` is the platform of everything but the configurations.
template <class P_, class Configs>
class TlsProgram : public model::Program {
public:
    using P = P_;
    using Reference = typename Configs::reference;
    using Leaked = decltype(Reference().leak());

    explicit TlsProgram(unsigned threads) : threads_(threads) {}

    void setup() override { configs_ = P::template make<Configs>("registry"); }
    void teardown() override {
        if (configs_->size() != 0) {
            violated<P>(model::FindingKind::invariant, "at quiescence the registry is empty");
        }
        P::destroy(configs_);
    }

protected:
    [[nodiscard]] Reference intern(int key) {
        calls<P>("intern");
        return configs_->intern(Settings<P>(key));
    }
    /// A request of somebody else's: the same configuration, used once.
    void fetch(int key) {
        const Reference config = intern(key);
        calls<P>("make_context");
        reads(config->content().key());
        calls<P>("release");
    }

    unsigned threads_;
    Configs* configs_ = nullptr;
};

}  // namespace revenant::scenarios
