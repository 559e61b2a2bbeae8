// The entries of the TLS client's scenarios, in the world of a platform. An implementation without `_on_…`
// has the registry weak_configs.
#pragma once

#include "scenarios/mutants/borrowed.hpp"
#include "scenarios/mutants/connection_pools.hpp"
#include "scenarios/mutants/context_caches.hpp"
#include "scenarios/sections.hpp"
#include "scenarios/tls/cache.hpp"
#include "scenarios/tls/chain.hpp"
#include "scenarios/tls/pool.hpp"
#include "scenarios/tls/tunnel.hpp"

namespace revenant::scenarios {

template <class P>
class TlsSection {
    using Kind = model::FindingKind;

    template <class Platform>
    using WeakOn = weak_configs<Settings<P>, Platform>;
    template <class Platform>
    using SharedOn = shared_configs<Settings<P>, Platform>;
    using Weak = WeakOn<P>;
    using Shared = SharedOn<P>;
    using Legacy = legacy_configs<Settings<P>, P>;
    using Strong = strong_configs<Settings<P>, P>;
    using WeakReference = typename Weak::reference;

    static std::vector<model::OrderOverride> relaxed_at(const order_site& site) {
        return {{site.name, std::memory_order::relaxed}};
    }
    static std::vector<model::OrderOverride> config_drop() { return relaxed_at(Weak::config::deref_order); }
    static std::vector<model::OrderOverride> context_drop() {
        return relaxed_at(ContextOwner<P>::block::strong_deref_order);
    }

public:
    static void add_to(std::vector<Entry>& to) {
        add_insert_vs_evict(to);
        add_address_reuse(to);
        add_release_vs_reuse(to);
        add_second_context_vs_teardown(to);
        add_cancel_vs_complete(to);
    }

private:
    static void add_insert_vs_evict(std::vector<Entry>& to) {
        constexpr auto id = "cache/insert_vs_evict";
        using Right = CacheSubject<P, Weak>;
        using CloneAfterUnlock =
            CacheSubject<P, Weak, WeakReference, mutants::context_cache_clone_after_unlock>;
        using InsertBlindly = CacheSubject<P, Weak, WeakReference, mutants::context_cache_insert_blindly>;
        using EvictUnderLock = CacheSubject<P, Weak, WeakReference, mutants::context_cache_evict_under_lock>;
        to.push_back({id, "context_cache+clone_after_unlock",
                      broken({Kind::use_after_free, Kind::resurrection}),
                      make_program<InsertVsEvict<CloneAfterUnlock>>});
        to.push_back({id, "context_cache+insert_blindly", broken({Kind::invariant}),
                      make_program<InsertVsEvict<InsertBlindly>>});
        to.push_back({id, "context_cache+evict_under_lock", broken({Kind::invariant}),
                      make_program<InsertVsEvict<EvictUnderLock>>});
        to.push_back({id, "context_cache", correct(), make_program<InsertVsEvict<Right>>});
        to.push_back(
            {id, "context_cache_on_shared", correct(), make_program<InsertVsEvict<CacheSubject<P, Shared>>>});
        to.push_back({id, "context_cache+relaxed_context_drop", broken({Kind::data_race}),
                      make_program<InsertVsEvict<Right>>, context_drop()});
    }

    static void add_address_reuse(std::vector<Entry>& to) {
        constexpr auto id = "cache/address_reuse";
        using Configs = WeakOn<reusing<P>>;
        using Reference = typename Configs::reference;
        using Right = CacheSubject<P, Configs>;
        using Borrowed = CacheSubject<P, Configs, mutants::borrowed<Reference>>;
        using BorrowedWithHash = CacheSubject<P, Configs, mutants::borrowed_with_hash<Reference>>;
        to.push_back({id, "context_cache+borrowed_key", broken({Kind::assertion}),
                      make_program<AddressReuse<Borrowed>>});
        to.push_back({id, "context_cache+borrowed_key_and_hash", broken({Kind::assertion}),
                      make_program<AddressReuse<BorrowedWithHash>>});
        to.push_back({id, "context_cache", correct(), make_program<AddressReuse<Right>>});
        to.push_back({id, "context_cache_on_shared", correct(),
                      make_program<AddressReuse<CacheSubject<P, SharedOn<reusing<P>>>>>});
        to.push_back({id, "context_cache+relaxed_config_drop", broken({Kind::data_race}),
                      make_program<AddressReuse<Right>>, config_drop()});
    }

    static void add_release_vs_reuse(std::vector<Entry>& to) {
        constexpr auto id = "pool/release_vs_reuse";
        using Right = PoolSubject<P, Weak>;
        using Borrowed = PoolSubject<P, Weak, mutants::borrowed<WeakReference>>;
        using Consumes = PoolSubject<P, Weak, WeakReference, mutants::connection_pool_release_consumes>;
        using CloneFirst = PoolSubject<P, Weak, WeakReference, mutants::connection_pool_clone_first>;
        to.push_back({id, "connection_pool+release_consumes",
                      broken({Kind::use_after_free, Kind::counter_underflow}),
                      make_program<ReleaseVsReuse<Consumes>>});
        to.push_back({id, "connection_pool+clone_first", broken({Kind::invariant}),
                      make_program<ReleaseVsReuse<CloneFirst>>});
        to.push_back({id, "connection_pool+borrowed_key", broken({Kind::use_after_free}),
                      make_program<ReleaseVsReuse<Borrowed>>});
        to.push_back({id, "connection_pool", correct(), make_program<ReleaseVsReuse<Right>>});
        to.push_back({id, "connection_pool_on_shared", correct(),
                      make_program<ReleaseVsReuse<PoolSubject<P, Shared>>>});
        to.push_back({id, "connection_pool+relaxed_config_drop", broken({Kind::data_race}),
                      make_program<ReleaseVsReuse<Right>>, config_drop()});
    }

    template <class Configs, template <class> class Tunnel>
    static constexpr auto tunnel = make_program<SecondContextVsTeardown<P, Configs, Tunnel<P>>>;

    static void add_second_context_vs_teardown(std::vector<Entry>& to) {
        constexpr auto id = "tunnel/second_context_vs_teardown";
        const auto used_after_free = broken({Kind::use_after_free});
        to.push_back({id, "tunnel_borrows", used_after_free, tunnel<Weak, TunnelBorrows>});
        to.push_back({id, "tunnel_looks_first", used_after_free, tunnel<Weak, TunnelLooksFirst>});
        to.push_back({id, "tunnel_clones_late", broken({Kind::use_after_free, Kind::assertion}),
                      tunnel<Weak, TunnelClonesLate>});
        to.push_back(
            {id, "tunnel_holds_on_legacy", broken({Kind::resurrection}), tunnel<Legacy, TunnelHolds>});
        to.push_back({id, "tunnel_holds_on_strong", used_after_free, tunnel<Strong, TunnelHolds>});
        to.push_back({id, "tunnel_holds", correct(), tunnel<Weak, TunnelHolds>});
        to.push_back({id, "tunnel_holds_on_shared", correct(), tunnel<Shared, TunnelHolds>});
        to.push_back({id, "tunnel_awaited", correct(), tunnel<Weak, TunnelAwaited>});
        to.push_back({id, "tunnel_awaited+relaxed_close", broken({Kind::data_race}),
                      tunnel<Weak, TunnelAwaited>, relaxed_at(TunnelAwaited<P>::close)});
    }

    template <class Configs, template <class> class Chain>
    static constexpr auto chain = make_program<CancelVsComplete<P, Configs, Chain<P>>>;

    static void add_cancel_vs_complete(std::vector<Entry>& to) {
        constexpr auto id = "chain/cancel_vs_complete";
        const auto dropped_twice = broken({Kind::use_after_free, Kind::counter_underflow});
        const auto used_after_free = broken({Kind::use_after_free});
        to.push_back({id, "chain_copies", dropped_twice, chain<Weak, ChainCopies>});
        to.push_back({id, "chain_looks_first", dropped_twice, chain<Weak, ChainLooksFirst>});
        to.push_back({id, "chain_exchanges", used_after_free, chain<Weak, ChainExchanges>});
        to.push_back({id, "chain_moves", correct(), chain<Weak, ChainMoves>});
        to.push_back({id, "chain_moves_on_shared", correct(), chain<Shared, ChainMoves>});
        to.push_back({id, "chain_moves+relaxed_complete", broken({Kind::data_race}), chain<Weak, ChainMoves>,
                      relaxed_at(ChainMoves<P>::completing)});
    }
};

}  // namespace revenant::scenarios
