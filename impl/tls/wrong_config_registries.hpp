// WRONG ON PURPOSE: legacy_configs and strong_configs, the registries before the fix made ready for a client.
// registry/intern_vs_last_release convicts both: of a resurrection, and of a use after free in the releaser.
//
// Their use is that of weak_configs (config_registries.hpp).
#pragma once

#include <cstddef>
#include <utility>

#include <revenant/refcount/ref_ptr.hpp>
#include <revenant/refcount/thread_safe_ref_count.hpp>
#include <revenant/registry/legacy_registry.hpp>
#include <revenant/registry/strong_registry.hpp>

namespace revenant {

namespace detail {

/// What a configuration with one counter inside has in common. Derived adds the counter and `destroy`.
template <class Derived, class Content, class P, class Registry>
class counted_config {
public:
    static constexpr const char* log_name = Content::log_name;
    counted_config(Registry& home, Content content) : home_(home), content_(std::move(content)) {}

    [[nodiscard]] const Content& content() const { return content_; }
    [[nodiscard]] std::size_t content_hash() const { return content_.content_hash(); }
    [[nodiscard]] bool content_equals(const Derived& other) const {
        return content_.content_equals(other.content_);
    }
    static void discard(Derived* unshared) { P::destroy(unshared); }

protected:
    Registry& home_;
    Content content_;
};

/// The configurations of a registry that is handed a counted pointer.
template <class Config, class Registry, class Content, class P>
class counted_configs {
public:
    using platform = P;
    using config = Config;
    using reference = ref_ptr<config>;

    [[nodiscard]] reference intern(Content content) {
        return reference::adopt(
            registry_.intern(P::template make<config>(Content::log_name, registry_, std::move(content))));
    }
    [[nodiscard]] std::size_t size() { return registry_.size(); }

private:
    Registry registry_;
};

template <class Content, class P, class Check>
class legacy_config : public thread_safe_ref_count<legacy_config<Content, P, Check>, P, Check>,
                      public counted_config<legacy_config<Content, P, Check>, Content, P,
                                            legacy_registry<legacy_config<Content, P, Check>, P>> {
public:
    using counted_config<legacy_config, Content, P, legacy_registry<legacy_config, P>>::counted_config;
    using counted_config<legacy_config, Content, P, legacy_registry<legacy_config, P>>::log_name;
    void destroy() {
        this->home_.remove(*this);
        this->content_.erase();
        P::destroy(this);
    }
};

template <class Content, class P>
class strong_config : public registry_owned_ref_count<strong_config<Content, P>, P>,
                      public counted_config<strong_config<Content, P>, Content, P,
                                            strong_registry<strong_config<Content, P>, P>> {
public:
    using home_registry = strong_registry<strong_config, P>;
    using counted_config<strong_config, Content, P, home_registry>::counted_config;
    using counted_config<strong_config, Content, P, home_registry>::log_name;
    home_registry& registry() { return this->home_; }
    void destroy() {
        this->content_.erase();
        P::destroy(this);
    }
};

}  // namespace detail

/// `Check` is assert_check (a debug build) or no_check (the build that crashed in production).
template <class Content, class P, class Check = no_check>
using legacy_configs =
    detail::counted_configs<detail::legacy_config<Content, P, Check>,
                            legacy_registry<detail::legacy_config<Content, P, Check>, P>, Content, P>;

template <class Content, class P>
using strong_configs =
    detail::counted_configs<detail::strong_config<Content, P>,
                            strong_registry<detail::strong_config<Content, P>, P>, Content, P>;

}  // namespace revenant
