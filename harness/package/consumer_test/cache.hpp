// Somebody's cache of one configuration, which is a template on the platform. WRONG ON PURPOSE where
// `look_first` is false: get() then hands out an object whose last user is gone.
#pragma once

#include <revenant/platform.hpp>

template <class P>
struct Conf {
    typename P::template atomic<int> users{1, {"users", revenant::cell_role::strong_count}};
    typename P::template var<int> value{7, {"value"}};
};

template <class P, bool look_first>
class Cache {
public:
    explicit Cache(Conf<P>* first) : entry_(first, {"entry"}) {}
    Conf<P>* get() {
        const revenant::scoped_lock guard(mutex_);
        auto* const found = entry_.get();
        return found != nullptr && is_counted(found->users) ? found : nullptr;
    }
    void put(Conf<P>* conf) {
        if (conf->users.fetch_sub(1, std::memory_order::acq_rel) != 1) return;
        {
            const revenant::scoped_lock guard(mutex_);
            entry_.set(nullptr);
        }
        P::destroy(conf);
    }

private:
    static bool is_counted(auto& users) {
        constexpr auto relaxed = std::memory_order::relaxed;
        if (!look_first) return users.fetch_add(1, relaxed), true;
        int seen = users.load(relaxed);
        while (seen != 0 && !users.compare_exchange_weak(seen, seen + 1, relaxed, relaxed)) {
        }
        return seen != 0;
    }

    typename P::mutex mutex_{revenant::cell_name{"mutex"}};
    typename P::template var<Conf<P>*> entry_;
};
