// A counter that two threads increment. WRONG ON PURPOSE: `lossy`, which the cases of each framework convict.
#pragma once

#include <atomic>
#include <thread>

struct Counter {
    std::atomic<int> value{0};

    void increment() { value.fetch_add(1); }
    void lossy() { value.store(value.load() + 1); }
};

template <class Step>
int after_two(Step step) {
    Counter counter;
    std::thread other([&] { step(counter); });
    step(counter);
    other.join();
    return counter.value.load();
}
