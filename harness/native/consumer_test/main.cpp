// The same as a program of its own.
#include <thread>

#include <conf_cache.hpp>

int main() {
    ConfCache cache;
    Conf* const mine = cache.get("a");
    std::thread other([&] { cache.put(cache.get("a")); });
    cache.put(mine);
    other.join();
}
