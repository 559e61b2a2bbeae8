// WRONG ON PURPOSE: plausible mistakes in context_cache, one each. Every one is named after what it lost, and
// names the scenario that convicts it.
#pragma once

#include <utility>
#include <vector>

#include <revenant/tls/context_cache.hpp>

namespace revenant::scenarios::mutants {

/// WRONG: `find` takes its own reference on the context once the mutex is free. By then the entry may have
/// been evicted. Convicted by cache/insert_vs_evict.
template <class Ref, class Context, class P>
class context_cache_clone_after_unlock : public context_cache<Ref, Context, P> {
    using Base = context_cache<Ref, Context, P>;

public:
    using Base::Base;
    template <class Make>
    [[nodiscard]] Context find_or_make(const Ref& config, typename Base::time now, Make make) {
        decltype(std::declval<Context>().leak()) seen = nullptr;
        {
            std::vector<typename Base::entry> evicted;
            const scoped_lock lock(this->mutex_);
            this->evict_unused(now, evicted);
            if (auto* const found = this->use(config)) {
                seen = found->context.leak();
                found->context = Context::adopt(seen);
            }
        }
        if (seen == nullptr) return this->insert(config, make(), now);
        Context entrys = Context::adopt(seen);
        Context mine = entrys.clone();
        static_cast<void>(entrys.leak());
        return mine;
    }
};

/// WRONG: `insert` does not look again for an entry that somebody else has made since `find`, and so there
/// are two. Convicted by cache/insert_vs_evict.
template <class Ref, class Context, class P>
class context_cache_insert_blindly : public context_cache<Ref, Context, P> {
    using Base = context_cache<Ref, Context, P>;

public:
    using Base::Base;
    template <class Make>
    [[nodiscard]] Context find_or_make(const Ref& config, typename Base::time now, Make make) {
        if (Context found = this->find(config, now)) return found;
        Context made = make();
        std::vector<typename Base::entry> evicted;
        const scoped_lock lock(this->mutex_);
        this->evict_unused(now, evicted);
        this->entries_.push_back({config.clone(), made.clone(), this->now_});
        return made;
    }
};

/// WRONG: what is evicted is disposed of while the mutex is held. Nothing re-enters the cache here, so that
/// nothing locks up: it is the rule that is broken. Convicted by cache/insert_vs_evict.
template <class Ref, class Context, class P>
class context_cache_evict_under_lock : public context_cache<Ref, Context, P> {
    using Base = context_cache<Ref, Context, P>;

public:
    using Base::Base;
    template <class Make>
    [[nodiscard]] Context find_or_make(const Ref& config, typename Base::time now, Make make) {
        {
            const scoped_lock lock(this->mutex_);
            std::vector<typename Base::entry> evicted;  // dies before the lock
            this->evict_unused(now, evicted);
        }
        return Base::find_or_make(config, now, make);
    }
};

}  // namespace revenant::scenarios::mutants
