// weak_registry: an intern table that holds a weak reference on each entry and never revives the dead.
//
// Purpose: one address for equal contents while anybody uses them, and nothing kept after that.
// Thread-safety: all members from any thread.
// Lifetime: the registry must outlive its entries. No hook and no destructor of an entry runs under
// the mutex; free_memory cannot either: whoever is dying holds the collective weak reference until
// its `remove` has returned.
// Ordering promised: an object returned by `intern` is seen whole, as its maker interned it.
// Source: oven-sh/bun#27838.
// One use:  ref_ptr<config> held = ref_ptr<config>::adopt(registry.intern(new config(…)));
#pragma once

#include <revenant/registry/content_index.hpp>

namespace revenant {

/// T is counted by weakable_ref_count, has `content_hash()`, `content_equals(const T&)` and
/// `static discard(T*)`, which frees an object that nobody else has seen. T::drop_contents() calls
/// `remove(*this)` first, while the content is whole, and only then lets go of it.
template <class T, class P>
class weak_registry {
public:
    /// Takes over the caller's reference on `fresh`; returns the object of equal content, with one.
    /// `fresh` is freed when another one was found alive, and entered when none was.
    [[nodiscard]] T* intern(T* fresh) {
        const auto hash = fresh->content_hash();
        T* existing = nullptr;
        {
            const scoped_lock lock(mutex_);
            T** const slot = index_.find(hash, [&](T* e) { return e->content_equals(*fresh); });
            if constexpr (P::logging) {
                if (slot) P::log(**slot, "intern: found existing", (*slot)->strong_count());
            }
            if (slot == nullptr) {
                fresh->weak_ref();
                index_.insert(hash, fresh);
            } else if ((*slot)->upgrade()) {
                existing = *slot;
            } else {
                fresh->weak_ref();
                index_.replace(*slot, fresh)->weak_deref();  // dying: its `remove` will find nothing
            }
        }
        if (existing == nullptr) return fresh;
        T::discard(fresh);
        return existing;
    }

    /// Called by the dying object. Removes it by identity: when `intern` has replaced it meanwhile,
    /// the slot is another's, and its weak reference has been dropped already.
    void remove(T& dying) {
        const auto hash = dying.content_hash();
        const scoped_lock lock(mutex_);
        if (T** slot = index_.find(hash, [&](T* e) { return e == &dying; })) {
            index_.take(hash, *slot)->weak_deref();
        }
    }

    /// The number of entries; takes the mutex.
    [[nodiscard]] std::size_t size() {
        const scoped_lock lock(mutex_);
        return index_.size();
    }

protected:
    typename P::mutex mutex_{cell_name{"mutex"}};
    content_index<T*, P> index_;
};

}  // namespace revenant
