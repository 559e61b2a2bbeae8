// WRONG ON PURPOSE: strong_registry, the pull request's first commit. registry/intern_vs_last_release
// convicts it of a use after free in the releasing thread.
//
// The registry owns one strong reference on each entry, so that `intern` always finds a count of at
// least 1. `deref` evicts: old == 2 and interned → lock, look again, remove, drop the registry's
// reference. WRONG: after its own decrement the releasing thread holds nothing, and reads
// `is_interned`, the registry's pointer and the count of an object that another thread may already
// have evicted and freed. Source: oven-sh/bun#27838, first commit; nobody noticed in the pull request.
#pragma once

#include <cstdint>

#include <revenant/registry/content_index.hpp>

namespace revenant {

/// The counter that goes with strong_registry. Derived supplies `registry()` and `destroy()`.
template <class Derived, class P>
class registry_owned_ref_count {
public:
    using platform = P;

    /// Order: relaxed. Partner: none; the caller holds a reference or the registry's mutex, under
    /// which the registry's own reference cannot go. Crosses: nothing. Weaker: there is none.
    static constexpr order_site ref_order{"registry_owned_ref_count.ref", std::memory_order::relaxed};
    /// Order: acq_rel. Partner: every other `deref`. Crosses: each holder's use into `destroy`.
    /// Weaker: relaxed is a data race in registry/release_vs_release.
    static constexpr order_site deref_order{"registry_owned_ref_count.deref", std::memory_order::acq_rel};
    /// Order: acquire. Partner: the `deref`s that left the count at 1. Crosses: their use of the
    /// object into the eviction. Weaker: relaxed is a data race in registry/intern_vs_last_release.
    static constexpr order_site recheck_order{"registry_owned_ref_count.recheck", std::memory_order::acquire};
    /// Order: relaxed, for both the flag's loads and its stores. Partner: none; it only says whether an
    /// eviction is worth trying, and the count and the index are looked at again under the mutex. Crosses:
    /// nothing. Weaker: there is none. An atomic, so that the verdict is the use after free and not a race on
    /// it.
    static constexpr order_site interned_order{"registry_owned_ref_count.interned",
                                               std::memory_order::relaxed};

    void ref(std::source_location where = std::source_location::current()) {
        const auto old = count_.fetch_add(1, ref_order, where);
        P::log(self(), "ref", old, old + 1);
        P::check(old > 0, check_kind::assertion, "ref() of an object whose count was 0", where);
        P::check(old + 1 != 0, check_kind::counter_overflow, "ref() overflowed the count", where);
    }

    void deref(std::source_location where = std::source_location::current()) {
        Derived& object = self();
        const auto old = count_.fetch_sub(1, deref_order, where);
        P::log(object, "deref", old, old - 1);
        P::check(old > 0, check_kind::counter_underflow, "deref() of an object whose count was 0", where);
        if (old == 1) {
            object.destroy();
        } else if (old == 2 && interned_.load(interned_order, where) != 0) {  // WRONG: touches it
            object.registry().evict_if_idle(object);
        }
    }

    [[nodiscard]] std::uint32_t count(std::source_location where = std::source_location::current()) const {
        return count_.load(recheck_order, where);
    }
    void set_interned(bool interned, std::source_location where = std::source_location::current()) {
        interned_.store(interned ? 1 : 0, interned_order, where);
    }

protected:
    registry_owned_ref_count() = default;
    ~registry_owned_ref_count() = default;

private:
    Derived& self() { return static_cast<Derived&>(*this); }

    typename P::template atomic<std::uint32_t> count_{1, {"strong", cell_role::strong_count}};
    typename P::template atomic<std::uint32_t> interned_{0, {"is_interned"}};
};

/// T is counted by registry_owned_ref_count and has `content_hash`, `content_equals`, `discard`.
template <class T, class P>
class strong_registry {
public:
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
                existing->ref();
            } else {
                fresh->ref();  // the registry's own
                fresh->set_interned(true);
                index_.insert(hash, fresh);
            }
        }
        if (existing == nullptr) return fresh;
        T::discard(fresh);
        return existing;
    }

    /// Drops the registry's reference if nobody else holds one.
    void evict_if_idle(T& entry) {
        const auto hash = entry.content_hash();
        {
            const scoped_lock lock(mutex_);
            if (entry.count() != 1) return;
            T** const slot = index_.find(hash, [&](T* e) { return e == &entry; });
            if (slot == nullptr) return;
            static_cast<void>(index_.take(hash, *slot));
            entry.set_interned(false);
        }
        entry.deref();
    }

    [[nodiscard]] std::size_t size() {
        const scoped_lock lock(mutex_);
        return index_.size();
    }

private:
    typename P::mutex mutex_{cell_name{"mutex"}};
    content_index<T*, P> index_;
};

}  // namespace revenant
