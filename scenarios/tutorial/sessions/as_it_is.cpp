// The cache as it is: nothing of it is changed.
#include <revenant/explore.hpp>
#include <thread>

#include "session_cache.hpp"

REVENANT_EXPLORE("open against the last close") {
    server::SessionCache cache;
    auto mine = cache.open("ada");
    std::thread other([&] { cache.open("ada")->addTraffic(10); });
    mine.close();
    other.join();
    REVENANT_ENSURE(cache.size() == 0);
}

REVENANT_EXPLORE("a walk against the last close") {
    server::SessionCache cache;
    auto mine = cache.open("ada");
    std::thread other([&] { cache.forEach([](server::Session& session) { session.addTraffic(1); }); });
    mine.close();
    other.join();
    REVENANT_ENSURE(cache.totals().closed == 1);
}
