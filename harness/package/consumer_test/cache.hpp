// Somebody's cache of one configuration, which is a template on the platform.
#pragma once

#include <revenant/platform.hpp>

template <class P>
struct Conf {
    typename P::template atomic<int> users{1, {"users", revenant::cell_role::strong_count}};
    typename P::template var<int> value{7, {"value"}};
};

/// WRONG ON PURPOSE where `look_first` is false: get() then hands out an object whose last user is gone.
template <class P, bool look_first>
class Cache {
public:
    explicit Cache(Conf<P>* first) : entry_(first, {"entry"}) {}
    Conf<P>* get() {
        const revenant::scoped_lock guard(mutex_);
        Conf<P>* const found = entry_.get();
        if (found == nullptr) return nullptr;
        if (!look_first) {
            found->users.fetch_add(1, std::memory_order::relaxed);
            return found;
        }
        int users = found->users.load(std::memory_order::relaxed);
        while (users != 0) {
            if (found->users.compare_exchange_weak(users, users + 1, std::memory_order::relaxed,
                                                   std::memory_order::relaxed)) {
                return found;
            }
        }
        return nullptr;
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
    typename P::mutex mutex_{revenant::cell_name{"mutex"}};
    typename P::template var<Conf<P>*> entry_;
};
