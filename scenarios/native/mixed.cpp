// A test of what lies in another source, which is not compiled for it. WRONG ON PURPOSE: nobody sees that.
#include <revenant/explore.hpp>
#include <thread>

void add_one();  // mixed_part.cpp

REVENANT_EXPLORE("two add to what nobody guards") {
    std::thread other(add_one);
    add_one();
    other.join();
}
