// weak_configs, shared_configs: a registry, the counted object that it interns, and the reference that its
// callers hold, ready for use. A client is a template on one of them.
//
// Purpose: intern a configuration and carry it by one strong reference.
// Thread-safety: `intern` and `size` from any thread; a reference as its own header says.
// Lifetime: the registry must outlive its references. The last reference calls the registry's `remove` while
// the content is whole; only then is the content erased. A configuration that was never interned has no
// registry, and its end asks nothing of anybody.
// One use:  weak_configs<tls_config, std_platform> configs; auto held = configs.intern(std::move(config));
//
// The wrong ones are in wrong_config_registries.hpp.
#pragma once

#include <cstddef>
#include <utility>

#include <revenant/refcount/ref_ptr.hpp>
#include <revenant/refcount/weakable_ref_count.hpp>
#include <revenant/registry/shared_registry.hpp>
#include <revenant/registry/weak_registry.hpp>

namespace revenant {

/// Content can be moved, has `content_hash()`, `content_equals(const Content&)`, `erase()` and `log_name`.
template <class Content, class P, class Check = assert_check>
class weak_configs {
public:
    class config;
    using platform = P;
    using reference = ref_ptr<config>;
    using registry = weak_registry<config, P>;

    class config : public weakable_ref_count<config, P, Check> {
    public:
        static constexpr const char* log_name = Content::log_name;
        config(registry& home, Content content) : home_(home), content_(std::move(content)) {}

        [[nodiscard]] const Content& content() const { return content_; }
        [[nodiscard]] std::size_t content_hash() const { return content_.content_hash(); }
        [[nodiscard]] bool content_equals(const config& other) const {
            return content_.content_equals(other.content_);
        }
        static void discard(config* unshared) { P::destroy(unshared); }
        void drop_contents() {
            home_.remove(*this);
            content_.erase();
        }
        void free_memory() { P::destroy(this); }

    private:
        registry& home_;
        Content content_;
    };

    /// The one configuration of this content, with one strong reference for the caller.
    [[nodiscard]] reference intern(Content content) {
        return reference::adopt(
            registry_.intern(P::template make<config>(Content::log_name, registry_, std::move(content))));
    }
    [[nodiscard]] std::size_t size() { return registry_.size(); }

private:
    registry registry_;
};

/// The same with the counters outside the object.
template <class Content, class P>
class shared_configs {
public:
    class config;
    using platform = P;
    using reference = shared_ptr<config, P>;
    using registry = shared_registry<config, P>;

    class config {
    public:
        static constexpr const char* log_name = Content::log_name;
        /// `home` is null for one that is never interned.
        config(registry* home, Content content) : home_(home), content_(std::move(content)) {}
        config(config&& other) noexcept
            : home_(std::exchange(other.home_, nullptr)), content_(std::move(other.content_)) {}
        config& operator=(config&&) = delete;
        ~config() {
            if (home_ != nullptr) home_->remove(*this);
        }

        [[nodiscard]] const Content& content() const { return content_; }
        [[nodiscard]] std::size_t content_hash() const { return content_.content_hash(); }
        [[nodiscard]] bool content_equals(const config& other) const {
            return content_.content_equals(other.content_);
        }

    private:
        registry* home_;
        Content content_;
    };

    [[nodiscard]] reference intern(Content content) {
        return registry_.intern(config(&registry_, std::move(content)));
    }
    [[nodiscard]] std::size_t size() { return registry_.size(); }

private:
    registry registry_;
};

}  // namespace revenant
