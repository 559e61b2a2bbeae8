// std::shared_ptr and std::weak_ptr themselves. WRONG ON PURPOSE: one object that two threads use, of which
// one resets it.
#include <memory>
#include <revenant/explore.hpp>
#include <thread>
#include <vector>

namespace {

// One thread has the last reference, the others look.
void lock_against_the_last_release(unsigned threads) {
    auto owner = std::make_shared<int>(7);
    const std::weak_ptr<int> weak = owner;
    std::vector<std::thread> started;
    for (unsigned i = 1; i < threads; ++i) {
        started.emplace_back([&] {
            if (const auto locked = weak.lock()) REVENANT_ENSURE(*locked == 7);
        });
    }
    owner.reset();
    for (auto& thread : started) thread.join();
}

}  // namespace

REVENANT_EXPLORE("weak_ptr.lock, two threads: right") { lock_against_the_last_release(2); }
REVENANT_EXPLORE("weak_ptr.lock, three threads: right") { lock_against_the_last_release(3); }
REVENANT_EXPLORE("weak_ptr.lock, four threads: right") { lock_against_the_last_release(4); }

REVENANT_EXPLORE("shared_ptr, copied and dropped by two: right") {
    auto owner = std::make_shared<int>(7);
    std::thread other([copy = owner] { REVENANT_ENSURE(*copy == 7); });
    owner.reset();
    other.join();
}

REVENANT_EXPLORE("shared_ptr, one object used by two") {
    auto owner = std::make_shared<int>(7);
    std::thread other([&] { owner.reset(); });
    const auto copy = owner;
    if (copy) REVENANT_ENSURE(*copy == 7);
    other.join();
}
