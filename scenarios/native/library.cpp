// What a standard library does between threads: who counts references, what is done once, futures, waiting
// for atomics. libstdc++ has most of it in its headers, libc++ much in its library, which nobody compiles
// with -fsanitize=thread: the verdicts are the same. WRONG ON PURPOSE: those whose names do not say right.
#include <revenant/explore.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace {

struct Node {
    int value = 7;
    ~Node() { value = 0; }
};

/// Objects by their names, as long as somebody has them.
class Table {
public:
    explicit Table(bool asks_first) : asks_first_(asks_first) {}
    std::shared_ptr<Node> get(const std::string& name) {
        const std::lock_guard<std::mutex> lock(mutex_);
        auto& known = known_[name];
        if (asks_first_ && !known.expired()) return std::shared_ptr<Node>(known);
        auto found = known.lock();
        if (found == nullptr) known = found = std::make_shared<Node>();
        return found;
    }

private:
    bool asks_first_;
    std::mutex mutex_;
    std::map<std::string, std::weak_ptr<Node>> known_;
};

void get_against_the_last_release(bool asks_first) {
    Table table(asks_first);
    auto mine = table.get("a");
    std::thread other([&] { REVENANT_ENSURE(table.get("a")->value == 7); });
    mine.reset();
    other.join();
}

}  // namespace

REVENANT_EXPLORE("weak_ptr's lock against the last release: right") {
    auto mine = std::make_shared<Node>();
    std::thread other([weak = std::weak_ptr<Node>(mine)] {
        if (const auto found = weak.lock()) REVENANT_ENSURE(found->value == 7);
    });
    mine.reset();
    other.join();
}

REVENANT_EXPLORE("weak_ptr's expired, and then its lock") {
    auto mine = std::make_shared<Node>();
    std::thread other([weak = std::weak_ptr<Node>(mine)] {
        if (!weak.expired()) REVENANT_ENSURE(weak.lock() != nullptr);
    });
    mine.reset();
    other.join();
}

REVENANT_EXPLORE("weak_ptr's lock may find the object and may not") {
    auto mine = std::make_shared<Node>();
    bool found = false;
    std::thread other([&, weak = std::weak_ptr<Node>(mine)] { found = weak.lock() != nullptr; });
    mine.reset();
    other.join();
    REVENANT_ENSURE(!found);
}

REVENANT_EXPLORE("a table of weak_ptr: right") { get_against_the_last_release(false); }
REVENANT_EXPLORE("a table of weak_ptr that asks first whether the object is there") {
    get_against_the_last_release(true);
}

REVENANT_EXPLORE("whoever drops the last shared_ptr destroys what both have written: right") {
    struct Both {
        int first = 0;
        int second = 0;
        ~Both() { REVENANT_ENSURE(first == 1 && second == 2); }
    };
    auto mine = std::make_shared<Both>();
    std::thread other([its = mine]() mutable {
        its->first = 1;
        its.reset();
    });
    mine->second = 2;
    mine.reset();
    other.join();
}

REVENANT_EXPLORE("the object of a shared_ptr, read after it is given up") {
    auto mine = std::make_shared<Node>();
    auto* const plain = mine.get();
    std::thread other([its = mine]() mutable { its.reset(); });
    mine.reset();
    other.join();
    REVENANT_ENSURE(plain->value == 7);
}

REVENANT_EXPLORE("two assign to one shared_ptr") {
    std::shared_ptr<Node> shared;
    std::thread other([&] { shared = std::make_shared<Node>(); });
    shared = std::make_shared<Node>();
    other.join();
}

REVENANT_EXPLORE("weak_ptrs that outlive the object, dropped by two: right") {
    auto mine = std::make_shared<Node>();
    std::weak_ptr<Node> weak = mine;
    mine.reset();
    std::thread other([its = weak]() mutable { its.reset(); });
    weak.reset();
    other.join();
}

REVENANT_EXPLORE("three copy and drop a shared_ptr: right") {
    auto mine = std::make_shared<Node>();
    const auto copy_and_drop = [](std::shared_ptr<Node> its) {
        const auto copy = its;
        its.reset();
        REVENANT_ENSURE(copy->value == 7);
    };
    std::thread one(copy_and_drop, mine);
    std::thread other(copy_and_drop, mine);
    mine.reset();
    one.join();
    other.join();
}

REVENANT_EXPLORE("a future for void: right") {
    std::promise<void> promise;
    auto future = promise.get_future();
    int data = 0;
    std::thread other([&, its = std::move(promise)]() mutable {
        data = 1;
        its.set_value();
    });
    future.get();
    REVENANT_ENSURE(data == 1);
    other.join();
}

REVENANT_EXPLORE("a future for void that nobody waits for") {
    std::promise<void> promise;
    auto future = promise.get_future();
    int data = 0;
    std::thread other([&, its = std::move(promise)]() mutable {
        data = 1;
        its.set_value();
    });
    REVENANT_ENSURE(data <= 1);
    future.get();
    other.join();
}

REVENANT_EXPLORE("the state of a future for void, given up by both: right") {
    std::promise<void> promise;
    auto future = promise.get_future();
    promise.set_value();
    std::thread other([its = std::move(promise)]() mutable { its = {}; });
    future = {};
    other.join();
}

REVENANT_EXPLORE("a shared_future for void in two threads: right") {
    std::promise<void> promise;
    std::shared_future<void> shared = promise.get_future().share();
    int data = 0;
    std::thread other([&, its = shared]() mutable {
        its.get();
        REVENANT_ENSURE(data == 1);
        its = {};
    });
    data = 1;
    promise.set_value();
    shared = {};
    other.join();
}

REVENANT_EXPLORE("a promise that is broken: right") {
    std::promise<void> promise;
    auto future = promise.get_future();
    std::thread other([its = std::move(promise)] {});
    bool broken = false;
    try {
        future.get();
    } catch (const std::future_error& error) {
        broken = error.code() == std::future_errc::broken_promise;
    }
    REVENANT_ENSURE(broken);
    other.join();
}

REVENANT_EXPLORE("a promise that is broken, and nobody catches it") {
    std::promise<void> promise;
    auto future = promise.get_future();
    std::thread other([its = std::move(promise)] {});
    future.get();
    other.join();
}

REVENANT_EXPLORE("a promise that two set") {
    std::promise<void> promise;
    std::thread other([&] { promise.set_value(); });
    promise.set_value();
    other.join();
}

REVENANT_EXPLORE("async: right") {
    int data = 0;
    auto made = std::async(std::launch::async, [&] {
        data = 1;
        return 2;
    });
    auto done = std::async(std::launch::async, [] {});
    REVENANT_ENSURE(made.get() == 2 && data == 1);
    done.get();
}

REVENANT_EXPLORE("async with an exception: right") {
    auto made = std::async(std::launch::async, []() -> int { throw std::runtime_error("no"); });
    std::string why;
    try {
        static_cast<void>(made.get());
    } catch (const std::runtime_error& error) {
        why = error.what();
    }
    REVENANT_ENSURE(why == "no");
}

REVENANT_EXPLORE("a packaged_task for void: right") {
    int data = 0;
    std::packaged_task<void()> task([&] { data = 1; });
    auto future = task.get_future();
    std::thread other(std::move(task));
    future.wait();
    REVENANT_ENSURE(data == 1);
    other.join();
}

REVENANT_EXPLORE("what call_once has made: right") {
    std::once_flag once;
    std::unique_ptr<Node> made;
    const auto get = [&]() -> Node& {
        std::call_once(once, [&] { made = std::make_unique<Node>(); });
        return *made;
    };
    std::thread other([&] { REVENANT_ENSURE(get().value == 7); });
    REVENANT_ENSURE(get().value == 7);
    other.join();
}

REVENANT_EXPLORE("what call_once has made, read without it") {
    std::once_flag once;
    std::unique_ptr<Node> made;
    std::thread other([&] { std::call_once(once, [&] { made = std::make_unique<Node>(); }); });
    REVENANT_ENSURE(made == nullptr || made->value == 7);
    other.join();
}

REVENANT_EXPLORE("a call_once whose function throws is called again: right") {
    std::once_flag once;
    int calls = 0;
    const auto call = [&] {
        try {
            std::call_once(once, [&] {
                if (++calls == 1) throw 1;
            });
        } catch (int) {
        }
    };
    std::thread other(call);
    call();
    other.join();
    REVENANT_ENSURE(calls == 2);
}

REVENANT_EXPLORE("an exception that two threads have: right") {
    struct Own {
        std::string why;
        ~Own() { why.clear(); }
    };
    std::exception_ptr mine;
    try {
        throw Own{"something that does not fit into a string itself"};
    } catch (...) {
        mine = std::current_exception();
    }
    const auto handle = [](std::exception_ptr its) {
        try {
            std::rethrow_exception(std::move(its));
        } catch (const Own& own) {
            REVENANT_ENSURE(own.why.size() > 20);
        }
    };
    std::thread other(handle, mine);
    handle(std::move(mine));
    other.join();
}

REVENANT_EXPLORE("notify_all_at_thread_exit: right") {
    std::mutex mutex;
    std::condition_variable changed;
    bool is_ready = false;
    std::thread other([&] {
        std::unique_lock<std::mutex> lock(mutex);
        is_ready = true;
        std::notify_all_at_thread_exit(changed, std::move(lock));
    });
    {
        std::unique_lock<std::mutex> lock(mutex);
        changed.wait(lock, [&] { return is_ready; });
    }
    other.join();
}

REVENANT_EXPLORE("a promise that is set at the end of its thread") {
    std::promise<void> promise;
    auto future = promise.get_future();
    std::thread other([its = std::move(promise)]() mutable { its.set_value_at_thread_exit(); });
    future.get();
    other.join();
}

REVENANT_EXPLORE("a shared_ptr by atomic_load and atomic_store: right") {
    auto shared = std::make_shared<Node>();
    std::thread other([&] { std::atomic_store(&shared, std::make_shared<Node>()); });
    REVENANT_ENSURE(std::atomic_load(&shared)->value == 7);
    other.join();
}
