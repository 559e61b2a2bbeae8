// A thread pool that is shut down while a task is on its way. WRONG ON PURPOSE: the one that says so without
// the mutex, and the one that leaves tasks undone.
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <revenant/explore.hpp>
#include <thread>
#include <utility>

namespace {

enum class Stop { without_the_mutex, at_once, when_all_is_done };

class Pool {
public:
    explicit Pool(Stop how) : how_(how), worker_([this] { work(); }) {}
    ~Pool() {
        if (how_ == Stop::without_the_mutex) {
            stops_ = true;
        } else {
            const std::lock_guard guard(mutex_);
            stops_ = true;
        }
        changed_.notify_one();
        worker_.join();
    }
    void submit(std::function<void()> task) {
        {
            const std::lock_guard guard(mutex_);
            tasks_.push_back(std::move(task));
        }
        changed_.notify_one();
    }

private:
    void work() {
        std::unique_lock lock(mutex_);
        while (true) {
            changed_.wait(lock, [this] { return stops_ || !tasks_.empty(); });
            if (stops_ && (how_ == Stop::at_once || tasks_.empty())) return;
            const auto task = std::move(tasks_.front());
            tasks_.pop_front();
            lock.unlock();
            task();
            lock.lock();
        }
    }

    Stop how_;
    bool stops_ = false;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> tasks_;
    std::thread worker_;
};

void submit_and_stop(Stop how) {
    int done = 0;
    {
        Pool pool(how);
        pool.submit([&] { ++done; });
    }
    REVENANT_ENSURE(done == 1);
}

}  // namespace

REVENANT_EXPLORE("pool, stopped without the mutex") { submit_and_stop(Stop::without_the_mutex); }
REVENANT_EXPLORE("pool, stopped with a task left") { submit_and_stop(Stop::at_once); }
REVENANT_EXPLORE("pool: right") { submit_and_stop(Stop::when_all_is_done); }
