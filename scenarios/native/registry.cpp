// The legacy registry as anyone would write it, and two that are right. WRONG ON PURPOSE: legacy_registry.
#include <atomic>
#include <memory>
#include <mutex>
#include <revenant/explore.hpp>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace {

struct Config {
    explicit Config(std::string text) : key(std::move(text)) {}
    std::string key;
    std::atomic<int> references{1};
};

class LegacyRegistry {
public:
    Config* intern(const std::string& key) {
        const std::lock_guard guard(mutex_);
        if (const auto found = map_.find(key); found != map_.end()) {
            found->second->references.fetch_add(1, std::memory_order_relaxed);
            return found->second;
        }
        return map_[key] = new Config(key);
    }
    void release(Config* config) {
        if (config->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
        {
            const std::lock_guard guard(mutex_);
            map_.erase(config->key);
        }
        delete config;
    }

private:
    std::mutex mutex_;
    std::unordered_map<std::string, Config*> map_;
};

class WeakTable {
public:
    std::shared_ptr<int> intern(const std::string& key) {
        const std::lock_guard guard(mutex_);
        auto& entry = map_[key];
        if (auto alive = entry.lock()) return alive;
        auto made = std::make_shared<int>(1);
        entry = made;
        return made;
    }

private:
    std::mutex mutex_;
    std::unordered_map<std::string, std::weak_ptr<int>> map_;
};

void intern_on_each_of(unsigned threads) {
    WeakTable table;
    std::vector<std::thread> started;
    for (unsigned i = 0; i < threads; ++i) {
        started.emplace_back([&] { REVENANT_ENSURE(*table.intern("a") == 1); });
    }
    for (auto& thread : started) thread.join();
}

// One thread gives the first reference back, the others intern.
void intern_against_the_last_release(unsigned threads) {
    WeakTable table;
    auto first = table.intern("a");
    std::vector<std::thread> started;
    for (unsigned i = 1; i < threads; ++i) {
        started.emplace_back([&] { REVENANT_ENSURE(*table.intern("a") == 1); });
    }
    first.reset();
    for (auto& thread : started) thread.join();
}

}  // namespace

REVENANT_EXPLORE("legacy registry: intern against the last release") {
    LegacyRegistry registry;
    auto* const mine = registry.intern("a");
    std::thread other([&] { registry.release(registry.intern("a")); });
    registry.release(mine);
    other.join();
}

REVENANT_EXPLORE("weak table: two threads") { intern_on_each_of(2); }
REVENANT_EXPLORE("weak table: three threads") { intern_on_each_of(3); }
REVENANT_EXPLORE("weak table: four threads") { intern_on_each_of(4); }
REVENANT_EXPLORE("weak table against the last release: two threads") { intern_against_the_last_release(2); }
REVENANT_EXPLORE("weak table against the last release: three threads") { intern_against_the_last_release(3); }
REVENANT_EXPLORE("weak table against the last release: four threads") { intern_against_the_last_release(4); }

REVENANT_EXPLORE("weak_ptr: lock against the last release") {
    auto owner = std::make_shared<int>(7);
    const std::weak_ptr<int> weak = owner;
    std::thread other([&] {
        if (const auto locked = weak.lock()) REVENANT_ENSURE(*locked == 7);
    });
    owner.reset();
    other.join();
}
