#include <revenant/explore.hpp>
#include <thread>

#include <count.hpp>

REVENANT_EXPLORE("two count") {
    std::thread other(count_one);
    count_one();
    other.join();
    REVENANT_ENSURE(counted() == 4);
}
