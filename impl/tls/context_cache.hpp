// context_cache: TLS contexts found again by the address of the interned configuration that they were made
// from, so that a request does not build one of its own.
//
// Purpose: interned means that equal contents have one address, so that the cache compares addresses and
// never contents. That is safe only because an entry holds a strong reference from insert to eviction:
// without it a new configuration could come to lie at the old address, and be served with the context, and
// so with the certificate, of the old one.
// Thread-safety: all members from any thread.
// Lifetime: the registry must outlive the cache, or `clear` must come first. Contexts and references are
// disposed of once the mutex is free: the last reference re-enters the registry's `remove`.
// Time: the cache has no clock. A caller says what time it is, in milliseconds since any fixed moment; a time
// that lies before one already heard of counts as that one.
// One use:  auto context = cache.find_or_make(config, now, [&] { return make_context(*config); });
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <source_location>
#include <utility>
#include <vector>

#include <revenant/platform.hpp>

namespace revenant {

struct context_cache_limits {
    std::size_t entries_max = 60;
    std::chrono::milliseconds unused_max = std::chrono::minutes{30};  ///< since the last use
};

/// Ref is ref_ptr<T> or shared_ptr<T, P>. Context is an owner that can be moved, has `clone()` for one more
/// owner of the same context, is empty by default and says so as a bool.
template <class Ref, class Context, class P>
class context_cache {
public:
    using source = std::source_location;
    using time = std::chrono::milliseconds;

    explicit context_cache(context_cache_limits limits = {}) : limits_(limits) {}
    context_cache(const context_cache&) = delete;
    context_cache& operator=(const context_cache&) = delete;

    /// The context of this very configuration, or an empty one. Evicts what has been unused for too long.
    [[nodiscard]] Context find(const Ref& config, time now, source where = source::current()) {
        std::vector<entry> evicted;  // outlives the lock
        const scoped_lock lock(mutex_, where);
        evict_unused(now, evicted);
        entry* const found = use(config);
        return found == nullptr ? Context{} : found->context.clone();
    }

    /// Enters a context that was made from `config`, and clones the reference. Returns the context to go on
    /// with: another one if somebody else entered it meanwhile.
    [[nodiscard]] Context insert(const Ref& config, Context made, time now,
                                 source where = source::current()) {
        std::vector<entry> evicted;
        const scoped_lock lock(mutex_, where);
        evict_unused(now, evicted);
        // A parameter outlives the lock too, and `made` with it, whatever becomes of it.
        if (const entry* const found = use(config)) return found->context.clone();
        if (limits_.entries_max == 0) return made;
        while (entries_.size() >= limits_.entries_max) evict_oldest(evicted);
        Context answer = made.clone();
        entries_.push_back({config.clone(where), std::move(made), now_});
        return answer;
    }

    /// `find`, or else `insert` of what `make()` returns, which is called without the mutex. An empty context
    /// is not entered.
    template <class Make>
    [[nodiscard]] Context find_or_make(const Ref& config, time now, Make make,
                                       source where = source::current()) {
        if (Context found = find(config, now, where)) return found;
        Context made = make();
        if (!made) return made;
        return insert(config, std::move(made), now, where);
    }

    /// Evicts every entry.
    void clear(source where = source::current()) {
        std::vector<entry> evicted;
        const scoped_lock lock(mutex_, where);
        guard_.writing(where);
        evicted.swap(entries_);
    }

    /// The number of entries; takes the mutex.
    [[nodiscard]] std::size_t size(source where = source::current()) {
        const scoped_lock lock(mutex_, where);
        guard_.reading(where);
        return entries_.size();
    }

protected:
    struct entry {
        Ref config;  // outlives the context that was made from it
        Context context;
        time last_use;
    };

    void evict_oldest(std::vector<entry>& evicted) {
        evicted.push_back(std::move(entries_.front()));
        entries_.erase(entries_.begin());
    }

    /// Begins every call that looks for an entry: they all write, if only the time.
    void evict_unused(time now, std::vector<entry>& evicted) {
        guard_.writing();
        now_ = std::max(now_, now);
        while (!entries_.empty() && now_ - entries_.front().last_use > limits_.unused_max) {
            evict_oldest(evicted);
        }
    }

    /// The entry of the configuration, which is now the one used last; or null.
    entry* use(const Ref& config) {
        const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const entry& candidate) {
            return candidate.config.get() == config.get();
        });
        if (found == entries_.end()) return nullptr;
        found->last_use = now_;
        std::rotate(found, found + 1, entries_.end());
        return &entries_.back();
    }

    const context_cache_limits limits_;
    typename P::mutex mutex_{cell_name{"mutex"}};
    [[no_unique_address]] typename P::plain_data guard_{cell_name{"contexts"}};
    time now_{0};                 // the latest that anybody has said
    std::vector<entry> entries_;  // the one unused for longest comes first
};

}  // namespace revenant
