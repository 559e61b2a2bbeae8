// Subjects of the registry scenarios whose objects carry their own counters.
//
// A subject is an implementation made ready for a scenario: a registry, its configuration type, and the
// calls that a scenario makes. Handles are raw pointers, each with one strong reference.
#pragma once

#include <revenant/refcount/thread_safe_ref_count.hpp>
#include <revenant/refcount/weakable_ref_count.hpp>
#include <revenant/registry/legacy_registry.hpp>
#include <revenant/registry/strong_registry.hpp>
#include <revenant/registry/weak_registry.hpp>
#include "scenarios/calls.hpp"
#include "scenarios/subjects/content.hpp"
#include "scenarios/witness.hpp"

namespace revenant::scenarios {

/// What every configuration with a counter inside has in common. Derived is counted by Counter.
template <class P, class Derived, class Registry>
class IntrusiveConfig {
public:
    static constexpr const char* log_name = "config";

    IntrusiveConfig(Registry& registry, Witness<P>& witness, int key)
        : registry_(registry), witness_(witness), content_(key) {
        witness_.makes(this);
    }

    [[nodiscard]] std::size_t content_hash() const { return content_.hash(); }
    [[nodiscard]] bool content_equals(const Derived& other) const { return content_.equals(other.content_); }
    [[nodiscard]] int key() const { return content_.key(); }
    static void discard(Derived* unshared) {
        unshared->witness_.discards();
        P::destroy(unshared);
    }

protected:
    Registry& registry_;
    Witness<P>& witness_;
    Content<P> content_;

    void destroy_contents() {
        witness_.destroys(this);
        content_.free_text();
    }
};

template <class P, class Check>
class LegacyConfig
    : public thread_safe_ref_count<LegacyConfig<P, Check>, P, Check>,
      public IntrusiveConfig<P, LegacyConfig<P, Check>, legacy_registry<LegacyConfig<P, Check>, P>> {
public:
    using Registry = legacy_registry<LegacyConfig, P>;
    using IntrusiveConfig<P, LegacyConfig, Registry>::IntrusiveConfig;

    void destroy() {
        this->registry_.remove(*this);
        this->destroy_contents();
        P::destroy(this);
    }
};

template <class P>
class StrongConfig : public registry_owned_ref_count<StrongConfig<P>, P>,
                     public IntrusiveConfig<P, StrongConfig<P>, strong_registry<StrongConfig<P>, P>> {
public:
    using Registry = strong_registry<StrongConfig, P>;
    using IntrusiveConfig<P, StrongConfig, Registry>::IntrusiveConfig;

    Registry& registry() { return this->registry_; }
    void destroy() {
        this->destroy_contents();
        P::destroy(this);
    }
};

/// `RegistryOf<Config, P>` is weak_registry or a mutant of it.
template <class P, template <class, class> class RegistryOf = weak_registry, class Check = assert_check>
class WeakConfig : public weakable_ref_count<WeakConfig<P, RegistryOf, Check>, P, Check>,
                   public IntrusiveConfig<P, WeakConfig<P, RegistryOf, Check>,
                                          RegistryOf<WeakConfig<P, RegistryOf, Check>, P>> {
public:
    using Registry = RegistryOf<WeakConfig, P>;
    using IntrusiveConfig<P, WeakConfig, Registry>::IntrusiveConfig;

    void drop_contents() {
        this->registry_.remove(*this);
        this->destroy_contents();
    }
    void free_memory() { P::destroy(this); }
};

/// The calls of a scenario on a registry of objects with a counter inside.
template <class P, class Config>
class IntrusiveSubject {
public:
    using Platform = P;
    using Handle = Config*;

    void make() {
        witness_ = {};
        registry_ = P::template make<typename Config::Registry>("registry");
    }
    void unmake() { P::destroy(registry_); }

    [[nodiscard]] Handle intern(int key) {
        calls<P>("intern");
        Config* const fresh = P::template make<Config>("config", *registry_, witness_, key);
        Config* const held = registry_->intern(fresh);
        witness_.held(key, held);
        return held;
    }
    [[nodiscard]] static int read(Handle held) {
        calls<P>("read");
        return held->key();
    }
    void release(Handle held) {
        calls<P>("release");
        witness_.releases(held);
        held->deref();
    }
    [[nodiscard]] std::size_t size() { return registry_->size(); }

private:
    Witness<P> witness_;
    typename Config::Registry* registry_ = nullptr;
};

}  // namespace revenant::scenarios
