// Containers of the standard library, and exceptions, that threads share: parts of them lie in the library's
// own file, which nobody compiles with -fsanitize=thread.
#include <revenant/explore.hpp>

#include <exception>
#include <list>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>

namespace {

/// The least recently used last: to get one moves it to the front.
template <class GetLock>
class LruCache {
public:
    void put(int key, int value) {
        const std::unique_lock lock(mutex_);
        order_.emplace_front(key, value);
        index_[key] = order_.begin();
    }
    int get(int key) {
        const GetLock lock(mutex_);
        const auto found = index_.find(key);
        if (found == index_.end()) return 0;
        order_.splice(order_.begin(), order_, found->second);
        return found->second->second;
    }

private:
    using Order = std::list<std::pair<int, int>>;
    std::shared_mutex mutex_;
    Order order_;
    std::unordered_map<int, Order::iterator> index_;
};

template <class GetLock>
void get_two_at_once() {
    LruCache<GetLock> cache;
    for (int key = 1; key <= 3; ++key) cache.put(key, 10 * key);
    std::thread other([&] { REVENANT_ENSURE(cache.get(1) == 10); });
    REVENANT_ENSURE(cache.get(2) == 20);
    other.join();
}

std::map<int, int> some() { return {{1, 10}, {2, 20}, {3, 30}}; }

template <class Handle>
void handle_in_two_threads(const Handle& handle) {
    std::exception_ptr mine;
    try {
        throw std::runtime_error("no");
    } catch (...) {
        mine = std::current_exception();
    }
    std::thread other([&, theirs = mine]() mutable {
        handle(theirs);
        theirs = nullptr;
    });
    handle(mine);
    mine = nullptr;
    other.join();
}

}  // namespace

REVENANT_EXPLORE("an LRU cache whose get has the shared lock") {
    get_two_at_once<std::shared_lock<std::shared_mutex>>();
}
REVENANT_EXPLORE("an LRU cache whose get has the lock alone: right") {
    get_two_at_once<std::unique_lock<std::shared_mutex>>();
}

REVENANT_EXPLORE("a map, one inserts and one looks up") {
    std::map<int, int> all;
    std::thread other([&] { all.emplace(1, 10); });
    REVENANT_ENSURE(all.count(2) == 0);
    other.join();
}
REVENANT_EXPLORE("a map with a mutex, one inserts and one looks up: right") {
    std::mutex mutex;
    std::map<int, int> all;
    std::thread other([&] {
        const std::lock_guard lock(mutex);
        all.emplace(1, 10);
    });
    {
        const std::lock_guard lock(mutex);
        REVENANT_ENSURE(all.count(2) == 0);
    }
    other.join();
}
REVENANT_EXPLORE("a map, one erases while one goes through it") {
    auto all = some();
    std::thread other([&] { all.erase(2); });
    int sum = 0;
    for (const auto& [key, value] : all) sum += key;
    other.join();
    REVENANT_ENSURE(sum != 0);
}
REVENANT_EXPLORE("a map that two go through, in both directions: right") {
    const auto all = some();
    std::thread other([&] {
        int sum = 0;
        for (const auto& one : all) sum += one.second;
        REVENANT_ENSURE(sum == 60);
    });
    int sum = 0;
    for (auto one = all.rbegin(); one != all.rend(); ++one) sum += one->second;
    REVENANT_ENSURE(sum == 60);
    other.join();
}
REVENANT_EXPLORE("a set, one goes back from its end while one inserts") {
    std::set<int> all{1, 2, 3};
    std::thread other([&] { all.insert(4); });
    const int last = *all.rbegin();
    other.join();
    REVENANT_ENSURE(last >= 3);
}

REVENANT_EXPLORE("a set, one inserts while one goes through it, and then fills a set of its own") {
    std::set<int> shared{0, 10, 20, 30};
    std::set<int> own;
    std::thread other([&] { shared.insert(35); });
    std::thread another([&] {
        int sum = 0;
        for (const int one : shared) sum += one;
        for (int i = 0; i < 6; ++i) own.insert(sum + i);
    });
    other.join();
    another.join();
}

REVENANT_EXPLORE("a list, one adds while one goes through it") {
    std::list<int> all{1, 2};
    std::thread other([&] { all.push_back(3); });
    int sum = 0;
    for (const int one : all) sum += one;
    other.join();
    REVENANT_ENSURE(sum >= 3);
}
REVENANT_EXPLORE("a list, one turns it round while one looks at its first") {
    std::list<int> all{1, 2};
    std::thread other([&] { all.reverse(); });
    const int first = all.front();
    other.join();
    REVENANT_ENSURE(first != 0);
}
REVENANT_EXPLORE("a list, one swaps it while one erases from it") {
    std::list<int> all{1, 2};
    std::list<int> others{3};
    std::thread other([&] { all.swap(others); });
    others.pop_front();
    other.join();
}

REVENANT_EXPLORE("a string that two append to") {
    std::string text = "abc";
    std::thread other([&] { text += 'd'; });
    text += 'e';
    other.join();
    REVENANT_ENSURE(text.size() <= 5);
}
REVENANT_EXPLORE("a string that two append to with a mutex: right") {
    std::mutex mutex;
    std::string text = "abc";
    const auto append = [&](char end) {
        const std::lock_guard lock(mutex);
        text += end;
    };
    std::thread other([&] { append('d'); });
    append('e');
    other.join();
    REVENANT_ENSURE(text.size() == 5);
}
REVENANT_EXPLORE("a string as a key while another thread writes into it") {
    std::string key = "abc";
    std::thread other([&] { key[1] = 'x'; });
    const auto hash = std::hash<std::string>()(key);
    other.join();
    REVENANT_ENSURE(hash != 0);
}

REVENANT_EXPLORE("an exception that two threads handle, and the last destroys: right") {
    handle_in_two_threads([](const std::exception_ptr& held) {
        try {
            std::rethrow_exception(held);
        } catch (const std::runtime_error& error) {
            REVENANT_ENSURE(std::string(error.what()) == "no");
        }
    });
}
REVENANT_EXPLORE("an exception that the end of a handler destroys: right") {
    handle_in_two_threads([](std::exception_ptr& held) {
        try {
            std::rethrow_exception(held);
        } catch (const std::runtime_error& error) {
            held = nullptr;
            REVENANT_ENSURE(std::string(error.what()) == "no");
        }
    });
}
REVENANT_EXPLORE("an exception that two threads handle, and both assign to") {
    handle_in_two_threads([](const std::exception_ptr& held) {
        try {
            std::rethrow_exception(held);
        } catch (std::runtime_error& error) {
            error = std::runtime_error("other");
        }
    });
}
REVENANT_EXPLORE("an exception of the program's own, whose destructor writes: right") {
    struct Counted {
        explicit Counted(int* to) : count(to) {}
        Counted(const Counted&) = delete;
        ~Counted() { *count = 1; }
        int* count;
    };
    static int destroyed;
    std::exception_ptr mine;
    try {
        throw Counted(&destroyed);
    } catch (...) {
        mine = std::current_exception();
    }
    std::thread other([theirs = mine]() mutable { theirs = nullptr; });
    mine = nullptr;
    other.join();
    REVENANT_ENSURE(destroyed == 1);
}
