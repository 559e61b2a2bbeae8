// Somebody's cache, which knows nothing of revenant. WRONG ON PURPOSE, unless MENDED: get() hands out an
// object whose last user is gone.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

struct Conf {
    explicit Conf(std::string name) : text(std::move(name)) {}
    std::string text;
    std::atomic<int> users{1};
};

class ConfCache {
public:
    Conf* get(const std::string& name) {
        const std::lock_guard guard(mutex_);
        if (const auto found = map_.find(name); found != map_.end()) {
#ifdef MENDED
            for (int users = found->second->users; users != 0;) {
                if (found->second->users.compare_exchange_weak(users, users + 1)) return found->second;
            }
#else
            ++found->second->users;
            return found->second;
#endif
        }
        return map_[name] = new Conf(name);
    }
    void put(Conf* conf) {
        if (--conf->users != 0) return;
        {
            const std::lock_guard guard(mutex_);
            const auto found = map_.find(conf->text);
            if (found != map_.end() && found->second == conf) map_.erase(found);
        }
        delete conf;
    }

private:
    std::mutex mutex_;
    std::unordered_map<std::string, Conf*> map_;
};
