// The catalogue of somebody's command.
#include <revenant/catalogue.hpp>

#include <cache.hpp>

template <class P, bool look_first>
struct GetVsPut {
    void operator()(revenant::scenario<P>& s) const {
        auto* const conf = P::template make<Conf<P>>("conf");
        auto& cache = s.template make<Cache<P, look_first>>("cache", conf);
        s.thread("put", [&cache, conf] { cache.put(conf); });
        s.threads(s.count() - 1, "get", [&cache, &s] {
            auto* const found = cache.get();
            if (found == nullptr) return;
            s.require(found->value.get() == 7, "what is found is alive");
            cache.put(found);
        });
    }
};

template <class P>
void my_races(revenant::catalogue<P>& c) {
    c.scenario("cache/get_vs_put", "one thread drops the last reference, the others get the entry")
        .broken("blind", revenant::runs<GetVsPut<P, false>>, {revenant::resurrection})
        .correct("looks_first", revenant::runs<GetVsPut<P, true>>);
}
REVENANT_CATALOGUE(my_races)
