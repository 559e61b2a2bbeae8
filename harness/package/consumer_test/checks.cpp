// A test of somebody's own, as any framework may have it.
#include <revenant/check.hpp>

#include <iostream>

#include <cache.hpp>

int main() {
    using P = revenant::world;
    const auto result = revenant::check<P>(2, [](auto& s) {
        auto* const conf = P::make<Conf<P>>("conf");
        auto& cache = s.template make<Cache<P, true>>("cache", conf);
        s.thread("put", [&cache, conf] { cache.put(conf); });
        s.thread("get", [&cache] {
            if (auto* const found = cache.get()) cache.put(found);
        });
    });
    std::cout << result << "\n";
    return result ? 0 : 1;
}
