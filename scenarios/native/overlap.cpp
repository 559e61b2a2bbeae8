// Atomics of two sizes in the same bytes: there is no model of that, and it is refused.
#include <atomic>
#include <cstdint>
#include <revenant/explore.hpp>
#include <thread>

REVENANT_EXPLORE("halves of a word") {
    alignas(8) std::uint32_t halves[2] = {};
    std::thread other([&] { __atomic_store_n(&halves[1], 1, __ATOMIC_SEQ_CST); });
    __atomic_load_n(reinterpret_cast<std::uint64_t*>(halves), __ATOMIC_SEQ_CST);
    other.join();
}
