// WRONG ON PURPOSE: plausible mistakes in the correct registries, one each. Every one is named after
// what it lost, and names the scenario that convicts it.
#pragma once

#include <revenant/registry/shared_registry.hpp>
#include <revenant/registry/weak_registry.hpp>
#include "scenarios/subjects/intrusive.hpp"

namespace revenant::scenarios::mutants {

/// WRONG: `remove` takes out whatever has the dying object's content, also the one that replaced it.
/// Convicted by registry/replace_vs_remove.
template <class T, class P>
class weak_registry_remove_by_content : public weak_registry<T, P> {
public:
    void remove(T& dying) {
        const auto hash = dying.content_hash();
        const scoped_lock lock(this->mutex_);
        if (T** slot = this->index_.find(hash, [&](T* e) { return e->content_equals(dying); })) {
            this->index_.take(hash, *slot)->weak_deref();
        }
    }
};

/// WRONG: `intern` calls plain `ref` on what it found, where `upgrade` would have refused.
/// Convicted by registry/intern_vs_last_release.
template <class T, class P>
class weak_registry_blind_ref : public weak_registry<T, P> {
public:
    [[nodiscard]] T* intern(T* fresh) {
        const auto hash = fresh->content_hash();
        T* existing = nullptr;
        {
            const scoped_lock lock(this->mutex_);
            if (T** slot = this->index_.find(hash, [&](T* e) { return e->content_equals(*fresh); })) {
                existing = *slot;
                existing->ref();
            } else {
                fresh->weak_ref();
                this->index_.insert(hash, fresh);
            }
        }
        if (existing == nullptr) return fresh;
        T::discard(fresh);
        return existing;
    }
};

/// WRONG: the strings are freed before `remove`, so that `intern` compares with freed content.
/// Convicted by registry/intern_vs_last_release.
template <class P>
class ConfigFreesStringsFirst
    : public weakable_ref_count<ConfigFreesStringsFirst<P>, P>,
      public IntrusiveConfig<P, ConfigFreesStringsFirst<P>, weak_registry<ConfigFreesStringsFirst<P>, P>> {
public:
    using Registry = weak_registry<ConfigFreesStringsFirst, P>;

    ConfigFreesStringsFirst(Registry& registry, Witness<P>& witness, int key)
        : IntrusiveConfig<P, ConfigFreesStringsFirst, Registry>(registry, witness, key),
          hash_(this->content_.hash()) {}

    /// Kept, so that `remove` works without the strings, as a careful author of this mistake would.
    [[nodiscard]] std::size_t content_hash() const { return hash_; }
    void drop_contents() {
        this->destroy_contents();
        this->registry_.remove(*this);
    }
    void free_memory() { P::destroy(this); }

private:
    std::size_t hash_;
};

/// WRONG: `intern` throws the duplicate away while it holds the mutex. Nothing re-enters here, so that
/// nothing locks up: it is the rule that is broken. Convicted by registry/duplicate_disposal.
template <class T, class P>
class weak_registry_discard_under_lock : public weak_registry<T, P> {
public:
    [[nodiscard]] T* intern(T* fresh) {
        const auto hash = fresh->content_hash();
        const scoped_lock lock(this->mutex_);
        T** const slot = this->index_.find(hash, [&](T* e) { return e->content_equals(*fresh); });
        if (slot != nullptr && (*slot)->upgrade()) {
            T::discard(fresh);
            return *slot;
        }
        fresh->weak_ref();
        if (slot == nullptr) {
            this->index_.insert(hash, fresh);
        } else {
            this->index_.replace(*slot, fresh)->weak_deref();
        }
        return fresh;
    }
};

/// WRONG: `intern` disposes of the duplicate while it holds the mutex; disposal re-enters `remove`.
/// Convicted by registry/duplicate_disposal.
template <class T, class P>
class shared_registry_dispose_under_lock : public shared_registry<T, P> {
public:
    [[nodiscard]] typename shared_registry<T, P>::pointer intern(T value) {
        const auto hash = value.content_hash();
        auto fresh = shared_registry<T, P>::pointer::make(T::log_name, std::move(value));
        const scoped_lock lock(this->mutex_);
        weak_ptr<T, P>* const slot = this->index_.find(
            hash, [&](const weak_ptr<T, P>& e) { return e.value_address()->content_equals(*fresh); });
        if (slot == nullptr) {
            this->index_.insert(hash, fresh.downgrade());
            return fresh;
        }
        if (auto existing = slot->upgrade()) {
            fresh.reset();
            return existing;
        }
        this->index_.replace(*slot, fresh.downgrade()).reset();
        return fresh;
    }
};

}  // namespace revenant::scenarios::mutants
