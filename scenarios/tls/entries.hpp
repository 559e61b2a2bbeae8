// The rows of the TLS client's scenarios, in the world of a platform. An implementation without `_on_…`
// has the registry weak_configs.
#pragma once

#include "scenarios/catalogue_of.hpp"
#include "scenarios/mutants/borrowed.hpp"
#include "scenarios/mutants/connection_pools.hpp"
#include "scenarios/mutants/context_caches.hpp"
#include "scenarios/tls/cache.hpp"
#include "scenarios/tls/chain.hpp"
#include "scenarios/tls/pool.hpp"
#include "scenarios/tls/tunnel.hpp"

namespace revenant::scenarios {

template <class P>
class TlsSection {
    template <class Platform>
    using WeakOn = weak_configs<Settings<P>, Platform>;
    template <class Platform>
    using SharedOn = shared_configs<Settings<P>, Platform>;
    using Weak = WeakOn<P>;
    using Shared = SharedOn<P>;
    using Legacy = legacy_configs<Settings<P>, P>;
    using Strong = strong_configs<Settings<P>, P>;
    using WeakReference = typename Weak::reference;

    static std::vector<model::OrderOverride> config_drop() { return relaxed_at(Weak::config::deref_order); }
    static std::vector<model::OrderOverride> context_drop() {
        return relaxed_at(ContextOwner<P>::block::strong_deref_order);
    }

public:
    static void write(catalogue<P>& c) {
        add_insert_vs_evict(c);
        add_address_reuse(c);
        add_release_vs_reuse(c);
        add_second_context_vs_teardown(c);
        add_cancel_vs_complete(c);
    }

private:
    static void add_insert_vs_evict(catalogue<P>& c) {
        using Right = CacheSubject<P, Weak>;
        using CloneAfterUnlock =
            CacheSubject<P, Weak, WeakReference, mutants::context_cache_clone_after_unlock>;
        using InsertBlindly = CacheSubject<P, Weak, WeakReference, mutants::context_cache_insert_blindly>;
        using EvictUnderLock = CacheSubject<P, Weak, WeakReference, mutants::context_cache_evict_under_lock>;
        c.scenario("cache/insert_vs_evict",
                   "one thread uses a cached context, another comes when it is to be evicted")
            .broken("context_cache+clone_after_unlock", runs<InsertVsEvict<CloneAfterUnlock>>,
                    {use_after_free, resurrection})
            .broken("context_cache+insert_blindly", runs<InsertVsEvict<InsertBlindly>>, {invariant})
            .broken("context_cache+evict_under_lock", runs<InsertVsEvict<EvictUnderLock>>, {invariant})
            .correct("context_cache", runs<InsertVsEvict<Right>>)
            .correct("context_cache_on_shared", runs<InsertVsEvict<CacheSubject<P, Shared>>>)
            .broken("context_cache+relaxed_context_drop", runs<InsertVsEvict<Right>>, {data_race},
                    {.orders = context_drop()});
    }

    static void add_address_reuse(catalogue<P>& c) {
        using Configs = WeakOn<reusing<P>>;
        using Reference = typename Configs::reference;
        using Right = CacheSubject<P, Configs>;
        using Borrowed = CacheSubject<P, Configs, mutants::borrowed<Reference>>;
        using BorrowedWithHash = CacheSubject<P, Configs, mutants::borrowed_with_hash<Reference>>;
        c.scenario("cache/address_reuse", "a configuration dies and another one is made at its address")
            .broken("context_cache+borrowed_key", runs<AddressReuse<Borrowed>>, {assertion})
            .broken("context_cache+borrowed_key_and_hash", runs<AddressReuse<BorrowedWithHash>>, {assertion})
            .correct("context_cache", runs<AddressReuse<Right>>)
            .correct("context_cache_on_shared", runs<AddressReuse<CacheSubject<P, SharedOn<reusing<P>>>>>)
            .broken("context_cache+relaxed_config_drop", runs<AddressReuse<Right>>, {data_race},
                    {.orders = config_drop()});
    }

    static void add_release_vs_reuse(catalogue<P>& c) {
        using Right = PoolSubject<P, Weak>;
        using Borrowed = PoolSubject<P, Weak, mutants::borrowed<WeakReference>>;
        using Consumes = PoolSubject<P, Weak, WeakReference, mutants::connection_pool_release_consumes>;
        using CloneFirst = PoolSubject<P, Weak, WeakReference, mutants::connection_pool_clone_first>;
        c.scenario("pool/release_vs_reuse",
                   "one thread gives its connection back, the others take it or close the pool")
            .broken("connection_pool+release_consumes", runs<ReleaseVsReuse<Consumes>>,
                    {use_after_free, counter_underflow})
            .broken("connection_pool+clone_first", runs<ReleaseVsReuse<CloneFirst>>, {invariant})
            .broken("connection_pool+borrowed_key", runs<ReleaseVsReuse<Borrowed>>, {use_after_free})
            .correct("connection_pool", runs<ReleaseVsReuse<Right>>)
            .correct("connection_pool_on_shared", runs<ReleaseVsReuse<PoolSubject<P, Shared>>>)
            .broken("connection_pool+relaxed_config_drop", runs<ReleaseVsReuse<Right>>, {data_race},
                    {.orders = config_drop()});
    }

    template <class Configs, template <class> class Tunnel>
    static constexpr auto tunnel = runs<SecondContextVsTeardown<P, Configs, Tunnel<P>>>;

    static void add_second_context_vs_teardown(catalogue<P>& c) {
        c.scenario("tunnel/second_context_vs_teardown",
                   "one thread makes a context after the proxy's reply, another tears the tunnel down")
            .broken("tunnel_borrows", tunnel<Weak, TunnelBorrows>, {use_after_free}, {.fix = "tunnel_holds"})
            .broken("tunnel_looks_first", tunnel<Weak, TunnelLooksFirst>, {use_after_free},
                    {.fix = "tunnel_awaited"})
            .broken("tunnel_clones_late", tunnel<Weak, TunnelClonesLate>, {use_after_free, assertion},
                    {.fix = "tunnel_holds"})
            .broken("tunnel_holds_on_legacy", tunnel<Legacy, TunnelHolds>, {resurrection},
                    {.fix = "tunnel_holds"})
            .broken("tunnel_holds_on_strong", tunnel<Strong, TunnelHolds>, {use_after_free},
                    {.fix = "tunnel_holds"})
            .correct("tunnel_holds", tunnel<Weak, TunnelHolds>)
            .correct("tunnel_holds_on_shared", tunnel<Shared, TunnelHolds>)
            .correct("tunnel_awaited", tunnel<Weak, TunnelAwaited>)
            .broken("tunnel_awaited+relaxed_close", tunnel<Weak, TunnelAwaited>, {data_race},
                    {.orders = relaxed_at(TunnelAwaited<P>::close)});
    }

    template <class Configs, template <class> class Chain>
    static constexpr auto chain = runs<CancelVsComplete<P, Configs, Chain<P>>>;

    static void add_cancel_vs_complete(catalogue<P>& c) {
        const std::vector dropped_twice{use_after_free, counter_underflow};
        c.scenario("chain/cancel_vs_complete",
                   "the I/O thread completes a request, another thread cancels it")
            .broken("chain_copies", chain<Weak, ChainCopies>, dropped_twice, {.fix = "chain_moves"})
            .broken("chain_looks_first", chain<Weak, ChainLooksFirst>, dropped_twice, {.fix = "chain_moves"})
            .broken("chain_exchanges", chain<Weak, ChainExchanges>, {use_after_free}, {.fix = "chain_moves"})
            .correct("chain_moves", chain<Weak, ChainMoves>)
            .correct("chain_moves_on_shared", chain<Shared, ChainMoves>)
            .broken("chain_moves+relaxed_complete", chain<Weak, ChainMoves>, {data_race},
                    {.orders = relaxed_at(ChainMoves<P>::completing)});
    }
};

}  // namespace revenant::scenarios
