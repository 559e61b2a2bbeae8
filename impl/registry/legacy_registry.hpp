// WRONG ON PURPOSE: legacy_registry, the weak cache with one counter. registry/intern_vs_last_release
// convicts it of a resurrection.
//
// The registry stores raw pointers and holds no reference. `intern` finds an entry under the mutex
// and calls plain `ref()` on it. Between the last `deref` (1→0) and `remove` the entry is still in the
// map: `ref` takes the count 0→1 and the caller gets an object that is about to be freed.
// Source: oven-sh/bun before #27838. Its fixes: weak_registry.hpp, shared_registry.hpp.
#pragma once

#include <revenant/registry/content_index.hpp>

namespace revenant {

/// T is counted by thread_safe_ref_count, has `content_hash()`, `content_equals(const T&)` and
/// `static discard(T*)`, which frees an object that nobody else has seen. T::destroy() calls
/// `remove(*this)`, then frees its contents, then itself.
template <class T, class P>
class legacy_registry {
public:
    explicit legacy_registry() = default;

    /// Takes over the caller's reference on `fresh`; returns an object of equal content with one.
    [[nodiscard]] T* intern(T* fresh) {
        const auto hash = fresh->content_hash();
        T* existing = nullptr;
        {
            const scoped_lock lock(mutex_);
            if (T** slot = index_.find(hash, [&](T* e) { return e->content_equals(*fresh); })) {
                existing = *slot;
                if constexpr (P::logging) {
                    P::log(*existing, "intern: found existing", existing->count());
                }
                existing->ref();  // WRONG: nothing says that the count is above 0
            } else {
                index_.insert(hash, fresh);
            }
        }
        if (existing == nullptr) return fresh;
        T::discard(fresh);
        return existing;
    }

    /// Called by the dying object, while its content is whole.
    void remove(T& dying) {
        const auto hash = dying.content_hash();
        const scoped_lock lock(mutex_);
        if (T** slot = index_.find(hash, [&](T* e) { return e->content_equals(dying); })) {
            static_cast<void>(index_.take(hash, *slot));
        }
    }

    /// The number of entries; takes the mutex.
    [[nodiscard]] std::size_t size() {
        const scoped_lock lock(mutex_);
        return index_.size();
    }

private:
    typename P::mutex mutex_{cell_name{"mutex"}};
    content_index<T*, P> index_;
};

}  // namespace revenant
