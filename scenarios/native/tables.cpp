// Tables of weak pointers whose deleters clean up. WRONG ON PURPOSE: the one that erases by key.
#include <memory>
#include <mutex>
#include <revenant/explore.hpp>
#include <string>
#include <thread>
#include <unordered_map>

namespace {

enum class Erase { by_key, by_identity };

template <Erase how>
class Table {
public:
    std::shared_ptr<int> intern(const std::string& key) {
        const std::lock_guard guard(mutex_);
        auto& entry = map_[key];
        if (auto alive = entry.weak.lock()) return alive;
        auto made = std::shared_ptr<int>(new int(1), [this, key](int* old) { remove(key, old); });
        entry = {made, made.get()};
        return made;
    }
    bool has(const std::string& key) {
        const std::lock_guard guard(mutex_);
        return map_.contains(key);
    }

private:
    struct Entry {
        std::weak_ptr<int> weak;
        int* identity = nullptr;
    };
    void remove(const std::string& key, int* old) {
        {
            const std::lock_guard guard(mutex_);
            const auto found = map_.find(key);
            const bool is_its_own = found != map_.end() && found->second.identity == old;
            if (how == Erase::by_key || is_its_own) map_.erase(key);
        }
        delete old;
    }

    std::mutex mutex_;
    std::unordered_map<std::string, Entry> map_;
};

// Who has a pointer finds it in the table.
template <Erase how>
void intern_against_the_last_release() {
    Table<how> table;
    auto first = table.intern("a");
    std::thread other([&] {
        const auto again = table.intern("a");
        REVENANT_ENSURE(table.has("a"));
    });
    first.reset();
    other.join();
}

}  // namespace

REVENANT_EXPLORE("deleter erases by key") { intern_against_the_last_release<Erase::by_key>(); }
REVENANT_EXPLORE("deleter erases by identity: right") {
    intern_against_the_last_release<Erase::by_identity>();
}
