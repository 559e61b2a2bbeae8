// An execution without an end. WRONG ON PURPOSE: nothing that a search could wait for.
#include <atomic>
#include <revenant/explore.hpp>

REVENANT_EXPLORE("a thread that counts for ever") {
    std::atomic<unsigned> count{0};
    while (true) count.fetch_add(1);
}
