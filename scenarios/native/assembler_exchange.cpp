// An exchange with memory is atomic without the prefix that says so. WRONG ON PURPOSE: nobody sees it.
#include <revenant/explore.hpp>
#include <thread>

namespace {

void take_one(int& value) {
    int zero = 0;
    asm volatile("xchg %0, %1" : "+r"(zero), "+m"(value));
}

}  // namespace

REVENANT_EXPLORE("two exchanges in assembler") {
    int value = 1;
    std::thread other([&] { take_one(value); });
    take_one(value);
    other.join();
}
