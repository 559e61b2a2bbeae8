#include <revenant/explore.hpp>
#include <thread>

#include "conf_cache.hpp"

REVENANT_EXPLORE("get against the last put") {
    ConfCache cache;
    Conf* const mine = cache.get("a");
    std::thread other([&] { cache.put(cache.get("a")); });
    cache.put(mine);
    other.join();
}
