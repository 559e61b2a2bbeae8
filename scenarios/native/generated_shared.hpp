// What the programs of generated.cpp share, and the dice that write them.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <semaphore>
#include <shared_mutex>

namespace generated {

class Dice {
public:
    explicit Dice(std::uint32_t seed) : state_(seed * 2654435761u + 1) {}
    unsigned below(unsigned count) {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 17;
        state_ ^= state_ << 5;
        return state_ % count;
    }

private:
    std::uint32_t state_;
};

struct Shared {
    std::array<std::atomic<int>, 2> atomics{};
    std::array<std::mutex, 2> mutexes;
    std::array<int, 2> guarded{};
    std::shared_timed_mutex shared;
    int shared_data = 0;
    std::timed_mutex timed;
    int timed_data = 0;
    std::counting_semaphore<> semaphore{1};
    std::condition_variable changed;
};

inline std::memory_order load_order(Dice& dice) {
    constexpr std::memory_order orders[] = {std::memory_order_relaxed, std::memory_order_acquire,
                                            std::memory_order_seq_cst};
    return orders[dice.below(3)];
}
inline std::memory_order store_order(Dice& dice) {
    constexpr std::memory_order orders[] = {std::memory_order_relaxed, std::memory_order_release,
                                            std::memory_order_seq_cst};
    return orders[dice.below(3)];
}

}  // namespace generated
