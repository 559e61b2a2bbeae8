// An atomic instruction that the compiler knows nothing of. WRONG ON PURPOSE: nobody sees it.
#include <revenant/explore.hpp>
#include <thread>

namespace {

void increment(int& value) { asm volatile("lock incl %0" : "+m"(value)); }

}  // namespace

REVENANT_EXPLORE("two increments in assembler") {
    int value = 0;
    std::thread other([&] { increment(value); });
    increment(value);
    other.join();
}
