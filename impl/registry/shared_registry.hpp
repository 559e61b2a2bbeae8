// shared_registry: weak_registry for values that know nothing of counting. Entries are weak_ptr.
//
// Purpose: one address for equal contents while anybody uses them, and nothing kept after that.
// Thread-safety: all members from any thread.
// Lifetime: the registry must outlive its values. Disposal re-enters `remove` and takes the mutex, so
// that `intern` postpones both of its own (the duplicate, the dead entry's weak reference) until the
// mutex is free. No destructor of a value runs under the mutex.
// Ordering promised: a value returned by `intern` is seen whole, as its maker interned it.
// Source: oven-sh/bun#27872 and #27873.
// One use:  shared_ptr<config, std_platform> held = registry.intern(config(…));
#pragma once

#include <revenant/refcount/shared_ptr.hpp>
#include <revenant/registry/content_index.hpp>

namespace revenant {

/// T has `log_name`, `content_hash()`, `content_equals(const T&)`, can be moved, and its destructor calls
/// `remove(*this)` first, while the content is whole: a no-op for a value that was never interned.
/// Weak is weak_ptr; wrong_upgrades.hpp has what history tried before.
template <class T, class P, template <class, class> class Weak = weak_ptr>
class shared_registry {
public:
    using pointer = shared_ptr<T, P>;

    /// The shared value of equal content, with one strong reference for the caller.
    [[nodiscard]] pointer intern(T value) {
        const auto hash = value.content_hash();
        pointer fresh = pointer::make(T::log_name, std::move(value));
        pointer existing;
        Weak<T, P> dead;
        {
            const scoped_lock lock(mutex_);
            Weak<T, P>* const slot = index_.find(
                hash, [&](const Weak<T, P>& e) { return e.value_address()->content_equals(*fresh); });
            if constexpr (P::logging) {
                if (slot) P::log(*slot->value_address(), "intern: found existing", slot->strong_count());
            }
            if (slot == nullptr) {
                index_.insert(hash, Weak<T, P>(fresh.downgrade()));
            } else if ((existing = slot->upgrade())) {
                // the duplicate in `fresh` is disposed of below, once the mutex is free
            } else {
                dead = index_.replace(*slot, Weak<T, P>(fresh.downgrade()));
            }
        }
        return existing ? std::move(existing) : std::move(fresh);
    }

    /// Called by the dying value. Removes it by identity: a value that was never interned, or that
    /// `intern` has replaced meanwhile, is not found.
    void remove(T& dying) {
        const auto hash = dying.content_hash();
        Weak<T, P> taken;  // outlives the lock: what it frees is freed once the mutex is free
        const scoped_lock lock(mutex_);
        Weak<T, P>* const slot =
            index_.find(hash, [&](const Weak<T, P>& e) { return e.value_address() == &dying; });
        if (slot != nullptr) taken = index_.take(hash, *slot);
    }

    /// The number of entries; takes the mutex.
    [[nodiscard]] std::size_t size() {
        const scoped_lock lock(mutex_);
        return index_.size();
    }

protected:
    typename P::mutex mutex_{cell_name{"mutex"}};
    content_index<Weak<T, P>, P> index_;
};

}  // namespace revenant
