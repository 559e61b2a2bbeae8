// libstdc++ 12's std::atomic<std::shared_ptr>, as it is shipped and with its two relaxed unlocks made
// releases (REVENANT_MENDED: the build compiles a copy of the header). As it is, load() reads a plain pointer
// under a bit that serves as a lock and gives it back with relaxed order, so that a store which comes next
// writes the pointer in no order with it; and so does a compare_exchange that fails, with the order that it
// was given for that.
#include <atomic>
#include <memory>
#include <revenant/explore.hpp>
#include <thread>

namespace {

using Pointer = std::atomic<std::shared_ptr<int>>;

void read(Pointer& shared) {
    const auto found = shared.load();
    REVENANT_ENSURE(*found == 1 || *found == 2 || *found == 3);
}

}  // namespace

REVENANT_EXPLORE("load against store") {
    Pointer shared{std::make_shared<int>(1)};
    std::thread other([&] { shared.store(std::make_shared<int>(2)); });
    read(shared);
    other.join();
}

REVENANT_EXPLORE("failing exchange against store") {
    Pointer shared{std::make_shared<int>(1)};
    auto expected = std::make_shared<int>(4);
    std::thread other([&] { shared.store(std::make_shared<int>(2)); });
    const bool stored = shared.compare_exchange_strong(expected, nullptr, std::memory_order_acq_rel,
                                                       std::memory_order_relaxed);
    REVENANT_ENSURE(!stored);
    other.join();
}

REVENANT_EXPLORE("a reader against two stores") {
    Pointer shared{std::make_shared<int>(1)};
    std::thread writer([&] {
        shared.store(std::make_shared<int>(2));
        shared.store(std::make_shared<int>(3));
    });
    read(shared);
    writer.join();
}
