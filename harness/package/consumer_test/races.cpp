#include <revenant/scenarios/sections.hpp>
#ifdef REVENANT_WORLD_THREADS
#include <revenant/model/threads/platform.hpp>
using World = revenant::model::threads::threads_platform;
#else
#include <revenant/model/relacy/platform.hpp>
using World = revenant::model::relacy::relacy_platform;
#endif
#include <cache.hpp>

template <class P, bool look_first>
class GetVsPut final : public revenant::model::Program {
public:
    explicit GetVsPut(unsigned) {}
    void setup() override {
        conf_ = P::template make<Conf<P>>("conf");
        cache_ = P::template make<Cache<P, look_first>>("cache", conf_);
    }
    void thread(unsigned index) override {
        if (index == 0) return cache_->put(conf_);
        if (auto* const conf = cache_->get()) {
            P::check(conf->value.get() == 7, revenant::check_kind::assertion, "a found object is alive");
            cache_->put(conf);
        }
    }
    unsigned symmetry_class(unsigned thread) const override { return thread == 0 ? 0 : 1; }
    void teardown() override { P::destroy(cache_); }

private:
    Conf<P>* conf_ = nullptr;
    Cache<P, look_first>* cache_ = nullptr;
};

namespace revenant::scenarios {
const std::vector<Entry>& entries() {
    static const std::vector<Entry> all = [] {
        std::vector<Entry> made;
        made.push_back({"cache/get_vs_put", "blind", broken({model::FindingKind::resurrection}),
                        make_program<GetVsPut<World, false>>});
        made.push_back({"cache/get_vs_put", "looks_first", correct(), make_program<GetVsPut<World, true>>});
        return made;
    }();
    return all;
}
const std::vector<Scenario>& scenarios() {
    static const std::vector<Scenario> all{
        {"cache/get_vs_put", "one thread drops the last reference, others get the entry"}};
    return all;
}
std::string_view summary_of(std::string_view) { return scenarios()[0].summary; }
const Entry* find_entry(std::string_view scenario, std::string_view implementation) {
    for (const auto& entry : entries())
        if (entry.scenario == scenario && entry.implementation == implementation) return &entry;
    return nullptr;
}
const Entry* fix_of(const Entry& e) { return e.implementation == "blind" ? &entries()[1] : nullptr; }
}  // namespace revenant::scenarios
