// mutex_configs: the registry that comes to mind first, and right: a mutex, and a std::unordered_map of
// std::weak_ptr. The benchmark sets ours beside it, in the same client. Benchmarks and tests only; not
// installed.
//
// The key is the content itself, at its address in the configuration: nothing is kept twice. A deleter takes
// the entry out while the content is whole, and by identity: `intern` may have replaced it meanwhile.
// Thread-safety: all members from any thread. Lifetime: the registry must outlive its references.
// One use:  mutex_configs<tls_config, std_platform> configs; auto held = configs.intern(std::move(config));
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <source_location>
#include <unordered_map>
#include <utility>

namespace revenant::http {

template <class Content, class P>
class mutex_configs {
public:
    using platform = P;

    class config {
    public:
        explicit config(Content content) : content_(std::move(content)) {}
        [[nodiscard]] const Content& content() const { return content_; }

    private:
        Content content_;
    };

    /// A std::shared_ptr that is copied where one can see it.
    class reference {
    public:
        using source = std::source_location;

        reference() noexcept = default;
        [[nodiscard]] reference clone(source = {}) const { return reference(held_); }
        void reset() noexcept { held_.reset(); }
        [[nodiscard]] config* get() const noexcept { return held_.get(); }
        config& operator*() const noexcept { return *held_; }
        config* operator->() const noexcept { return held_.get(); }
        explicit operator bool() const noexcept { return held_ != nullptr; }

        reference(reference&&) noexcept = default;
        reference& operator=(reference&&) noexcept = default;
        ~reference() = default;

    private:
        friend class mutex_configs;
        explicit reference(std::shared_ptr<config> held) : held_(std::move(held)) {}

        std::shared_ptr<config> held_;
    };

    [[nodiscard]] reference intern(Content content) {
        // Outlives the lock: its end takes the mutex.
        const std::shared_ptr<config> fresh(new config(std::move(content)),
                                            [this](config* dying) { end(dying); });
        const std::lock_guard lock(mutex_);
        const auto [slot, entered] = configs_.try_emplace(&fresh->content(), fresh);
        if (entered) return reference(fresh);
        if (auto alive = slot->second.lock()) return reference(std::move(alive));
        configs_.erase(slot);  // of a dying one, whose content goes, and with it the key
        configs_.emplace(&fresh->content(), fresh);
        return reference(fresh);
    }
    [[nodiscard]] std::size_t size() {
        const std::lock_guard lock(mutex_);
        return configs_.size();
    }

private:
    struct hash {
        std::size_t operator()(const Content* content) const { return content->content_hash(); }
    };
    struct equal {
        bool operator()(const Content* a, const Content* b) const { return a->content_equals(*b); }
    };

    void end(config* dying) {
        {
            const std::lock_guard lock(mutex_);
            const auto slot = configs_.find(&dying->content());
            if (slot != configs_.end() && slot->first == &dying->content()) configs_.erase(slot);
        }
        delete dying;
    }

    std::mutex mutex_;
    std::unordered_map<const Content*, std::weak_ptr<config>, hash, equal> configs_;
};

}  // namespace revenant::http
