// The four registries, each with a configuration type that owns a text, behind one interface for
// the contract in registries_test.cpp. Tests only; not installed.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>

#include <revenant/refcount/ref_ptr.hpp>
#include <revenant/refcount/thread_safe_ref_count.hpp>
#include <revenant/refcount/weakable_ref_count.hpp>
#include <revenant/registry/legacy_registry.hpp>
#include <revenant/registry/shared_registry.hpp>
#include <revenant/registry/strong_registry.hpp>
#include <revenant/registry/weak_registry.hpp>

namespace revenant::registry_tests {

/// What a test may know of all objects of one registry.
struct Census {
    std::atomic<int> made{0};
    std::atomic<int> live{0};
    std::function<void()> before_removal;  ///< called once, by the next dying entry
};

/// What all configurations have in common. Texts of one length collide on purpose.
template <class Registry>
class Config {
public:
    static constexpr const char* log_name = "Config";

    Config(Registry& registry, Census& census, std::string text)
        : registry_(&registry), census_(&census), text_(std::move(text)), serial_(++census.made) {
        ++census_->live;
    }
    /// The moved-from one is nobody: it is not counted, and its end removes nothing.
    Config(Config&& other) noexcept
        : registry_(other.registry_),
          census_(std::exchange(other.census_, nullptr)),
          text_(std::move(other.text_)),
          serial_(other.serial_) {}
    ~Config() {
        if (census_ != nullptr) --census_->live;
    }

    [[nodiscard]] std::size_t content_hash() const { return text_.size(); }
    [[nodiscard]] bool content_equals(const Config& other) const { return text_ == other.text_; }
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] int serial() const { return serial_; }  ///< never the same for two objects

protected:
    template <class Derived>
    void remove_from_registry(Derived& self) {
        if (census_ == nullptr) return;
        if (auto hook = std::exchange(census_->before_removal, nullptr)) hook();
        registry_->remove(self);
    }
    void clear() { text_ = "(cleared)"; }

    Registry* registry_;
    Census* census_;

private:
    std::string text_;
    int serial_;
};

template <class P>
struct LegacyConfig : thread_safe_ref_count<LegacyConfig<P>, P>, Config<legacy_registry<LegacyConfig<P>, P>> {
    using Registry = legacy_registry<LegacyConfig, P>;
    using Config<Registry>::Config, Config<Registry>::log_name;
    static void discard(LegacyConfig* unshared) { P::destroy(unshared); }
    void destroy() {
        this->remove_from_registry(*this);
        P::destroy(this);
    }
};

template <class P>
struct StrongConfig : registry_owned_ref_count<StrongConfig<P>, P>,
                      Config<strong_registry<StrongConfig<P>, P>> {
    using Registry = strong_registry<StrongConfig, P>;
    using Config<Registry>::Config, Config<Registry>::log_name;
    static void discard(StrongConfig* unshared) { P::destroy(unshared); }
    Registry& registry() { return *this->registry_; }
    void destroy() { P::destroy(this); }
};

template <class P>
struct WeakConfig : weakable_ref_count<WeakConfig<P>, P>, Config<weak_registry<WeakConfig<P>, P>> {
    using Registry = weak_registry<WeakConfig, P>;
    using Config<Registry>::Config, Config<Registry>::log_name;
    static void discard(WeakConfig* unshared) { P::destroy(unshared); }
    void drop_contents() {
        this->remove_from_registry(*this);
        this->clear();
    }
    void free_memory() { P::destroy(this); }
};

template <class P>
struct SharedConfig : Config<shared_registry<SharedConfig<P>, P>> {
    using Registry = shared_registry<SharedConfig, P>;
    using Config<Registry>::Config;
    SharedConfig(SharedConfig&&) noexcept = default;
    ~SharedConfig() { this->remove_from_registry(*this); }
};

/// A registry and the census of its objects. `intern` returns an owner of one reference.
template <class Entry>
struct Subject {
    Census census;
    typename Entry::Registry registry;

    [[nodiscard]] auto intern(std::string text) {
        if constexpr (requires(Entry & entry) { entry.deref(); }) {
            return ref_ptr<Entry>::adopt(registry.intern(new Entry(registry, census, std::move(text))));
        } else {
            return registry.intern(Entry(registry, census, std::move(text)));
        }
    }
};

}  // namespace revenant::registry_tests
