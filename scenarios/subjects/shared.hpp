// Subject of the registry scenarios whose objects live in a control block: shared_registry, with
// weak_ptr or one of history's wrong ones.
#pragma once

#include <revenant/refcount/wrong_upgrades.hpp>
#include <revenant/registry/shared_registry.hpp>
#include "scenarios/calls.hpp"
#include "scenarios/subjects/content.hpp"
#include "scenarios/witness.hpp"

namespace revenant::scenarios {

/// A value that knows nothing of counting. Its destructor calls `remove` first, while the content is
/// whole. `RegistryOf<Config, P>` is the registry it may be in.
template <class P, template <class, class> class RegistryOf>
class SharedConfig {
public:
    using Registry = RegistryOf<SharedConfig, P>;
    static constexpr const char* log_name = "config";

    SharedConfig(Registry& registry, Witness<P>& witness, int key)
        : registry_(registry), witness_(witness), content_(key) {}
    SharedConfig(SharedConfig&& other) noexcept
        : registry_(other.registry_), witness_(other.witness_), content_(std::move(other.content_)) {
        witness_.makes(this);
    }
    SharedConfig& operator=(SharedConfig&&) = delete;
    ~SharedConfig() {
        if (content_.empty()) return;  // moved from
        registry_.remove(*this);
        witness_.destroys(this);
    }

    [[nodiscard]] std::size_t content_hash() const { return content_.hash(); }
    [[nodiscard]] bool content_equals(const SharedConfig& other) const {
        return content_.equals(other.content_);
    }
    [[nodiscard]] int key() const { return content_.key(); }

private:
    Registry& registry_;
    Witness<P>& witness_;
    Content<P> content_;
};

template <class P, template <class, class> class RegistryOf>
class SharedSubject {
    using Config = SharedConfig<P, RegistryOf>;
    using Pointer = shared_ptr<Config, P>;

public:
    using Platform = P;
    using Handle = typename Pointer::block*;

    void make() {
        witness_ = {};
        registry_ = P::template make<typename Config::Registry>("registry");
    }
    void unmake() { P::destroy(registry_); }

    [[nodiscard]] Handle intern(int key) {
        calls<P>("intern");
        const Handle held = registry_->intern(Config(*registry_, witness_, key)).leak();
        witness_.held(key, held);
        return held;
    }
    [[nodiscard]] static int read(Handle held) {
        calls<P>("read");
        return held->value()->key();
    }
    void release(Handle held) {
        calls<P>("release");
        witness_.releases(held);
        Pointer::adopt(held).reset();
    }
    [[nodiscard]] std::size_t size() { return registry_->size(); }

private:
    Witness<P> witness_;
    typename Config::Registry* registry_ = nullptr;
};

template <class T, class P>
using shared_registry_upgrade_adds_weak = shared_registry<T, P, weak_ptr_upgrade_adds_weak>;
template <class T, class P>
using shared_registry_upgrade_consumes_weak = shared_registry<T, P, weak_ptr_upgrade_consumes_weak>;
template <class T, class P>
using shared_registry_as_shipped = shared_registry<T, P>;

}  // namespace revenant::scenarios
