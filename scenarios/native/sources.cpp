// Tests of two sources that share a function, named to the linker in one order and in the other: a finding
// says the same of both, and their searches are alike.
#include "scenarios/native/sources.hpp"

#include <atomic>
#include <revenant/explore.hpp>
#include <thread>

// The linker keeps the code of their members behind that of what is shared.
struct Adding : Work {
    int sum = 0;
    void go() override {
        ++sum;
        volatile int value = doubled(sum);
        raise_often(value);
    }
};

struct Flag {
    std::atomic<bool> is_set{false};
    virtual ~Flag() = default;
    virtual void wait() { is_set.wait(false); }
    virtual void set() {
        is_set = true;
        is_set.notify_one();
    }
};

namespace {

// Nobody knows their types where they are used: the members have code of their own.
[[gnu::noinline]] Work* adding() { return new Adding; }
[[gnu::noinline]] Flag* flag() { return new Flag; }

}  // namespace

// WRONG ON PURPOSE.
REVENANT_EXPLORE("two add to what nobody guards") {
    Work* const work = adding();
    std::thread other([&] { run(*work); });
    run(*work);
    other.join();
    delete work;
}

REVENANT_EXPLORE("one waits for a flag") {
    Flag* const it = flag();
    std::thread other([&] { it->set(); });
    it->wait();
    other.join();
    delete it;
}
