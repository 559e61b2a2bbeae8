#include <revenant/explore.hpp>
#include <revenant/std_platform.hpp>
#include <thread>

#include <cache.hpp>

using P = revenant::std_platform;

template <bool look_first>
void get_against_the_last_put() {
    auto* const conf = P::make<Conf<P>>("conf");
    Cache<P, look_first> cache(conf);
    std::thread other([&] {
        if (auto* const found = cache.get()) cache.put(found);
    });
    cache.put(conf);
    other.join();
}

REVENANT_EXPLORE("blind") { get_against_the_last_put<false>(); }
REVENANT_EXPLORE("looks first") { get_against_the_last_put<true>(); }
