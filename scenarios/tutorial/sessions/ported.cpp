// The cache on Platform: a catalogue of its own, for the model, real threads and sanitizers.
#include <revenant/catalogue.hpp>

#include "ported_cache.hpp"

template <class P>
struct OpenVsLastClose {
    void operator()(revenant::scenario<P>& s) const {
        auto& cache = s.template make<server::SessionCache<P>>("cache");
        auto& mine = s.template make<server::SessionHandle<P>>("handle", cache.open("ada"));
        s.thread("close", [&mine] { mine.close(); });
        s.threads(s.count() - 1, "open", [&cache] { cache.open("ada")->addTraffic(10); });
        s.at_end([&cache, &s] { s.require(cache.size() == 0, "nothing stays in the cache"); });
    }
};

template <class P>
void write_sessions(revenant::catalogue<P>& c) {
    c.scenario("sessions/open_vs_last_close", "one thread closes, the others open the same user's")
        .correct("session_cache", revenant::runs<OpenVsLastClose<P>>);
}
REVENANT_CATALOGUE(write_sessions)
