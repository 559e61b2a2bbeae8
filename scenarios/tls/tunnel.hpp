// The scenario of the proxy tunnel: what each thread does. A tunnel makes a context of its configuration once
// the proxy has answered: a round trip after the request began, with whatever happened meanwhile.
//
// The proxy is a scheduling point and no more. The ways to keep the configuration alive until then are the
// subject; the configurations are those of impl/tls.
#pragma once

#include <cstdint>

#include "scenarios/tls/settings.hpp"

namespace revenant::scenarios {

/// What the I/O thread and the thread that tears a tunnel down know of each other.
template <class P>
struct TunnelState {
    typename P::template atomic<std::uint32_t> replies{0, {"replies"}};
    typename P::template atomic<std::uint32_t> cancelled{0, {"cancelled"}};
    typename P::template atomic<std::uint32_t> closed{0, {"closed"}};

    /// CONNECT, and what the proxy says to it. Relaxed: carries nothing between threads.
    void round_trip() { replies.fetch_add(1, std::memory_order::relaxed); }
    /// Relaxed: who sees it only gives up.
    void cancel() { cancelled.store(1, std::memory_order::relaxed); }
    [[nodiscard]] bool is_cancelled() const { return cancelled.load(std::memory_order::relaxed) != 0; }
};

/// In common: the client holds the one reference, and drops it as it tears the tunnel down.
/// `Reference` is that of the configuration; a raw one is the client's.
template <class P>
struct TunnelBase {
    static void make_second_context(const auto& config) {
        calls<P>("make_context");
        static_cast<void>(make_context<P>(config));
    }
    template <class Reference>
    static void tear_down(TunnelState<P>& state, Reference clients) {
        state.cancel();
        clients.reset();
    }
};

/// WRONG ON PURPOSE: the tunnel uses the client's reference, which the client may drop at any time. Convicted
/// by tunnel/second_context_vs_teardown.
template <class P>
struct TunnelBorrows : TunnelBase<P> {
    template <class Reference>
    static Reference begin(const Reference&) {
        return {};
    }
    template <class Reference>
    static void run(TunnelState<P>& state, const Reference& clients, Reference) {
        state.round_trip();
        TunnelBase<P>::make_second_context(*clients);
    }
};

/// WRONG ON PURPOSE: the same, and it looks first whether the client has gone. It may go right after that.
/// Convicted by tunnel/second_context_vs_teardown.
template <class P>
struct TunnelLooksFirst : TunnelBorrows<P> {
    template <class Reference>
    static void run(TunnelState<P>& state, const Reference& clients, Reference) {
        state.round_trip();
        if (state.is_cancelled()) return;
        TunnelBase<P>::make_second_context(*clients);
    }
};

/// WRONG ON PURPOSE: the same, with a reference of its own from there on. By then there may be none to clone.
/// Convicted by tunnel/second_context_vs_teardown.
template <class P>
struct TunnelClonesLate : TunnelBorrows<P> {
    template <class Reference>
    static void run(TunnelState<P>& state, const Reference& clients, Reference) {
        state.round_trip();
        if (state.is_cancelled()) return;
        const Reference own = clients.clone();
        TunnelBase<P>::make_second_context(*own);
        calls<P>("release");
    }
};

/// Right: a reference of the tunnel's own from its beginning to its end.
template <class P>
struct TunnelHolds : TunnelBase<P> {
    template <class Reference>
    static Reference begin(const Reference& clients) {
        return clients.clone();
    }
    template <class Reference>
    static void run(TunnelState<P>& state, const Reference&, Reference own) {
        state.round_trip();
        if (!state.is_cancelled()) TunnelBase<P>::make_second_context(*own);
        calls<P>("release");
    }
};

/// Right: the tunnel borrows, and whoever tears it down waits until it is closed.
template <class P>
struct TunnelAwaited : TunnelBorrows<P> {
    /// Release, with the acquire of the wait. What crosses is the tunnel's use of the configuration; relaxed,
    /// the configuration may be destroyed while it is read (tunnel/second_context_vs_teardown).
    static constexpr order_site close{"tunnel.close", std::memory_order::release};
    static constexpr order_site wait{"tunnel.wait", std::memory_order::acquire};

    template <class Reference>
    static void run(TunnelState<P>& state, const Reference& clients, Reference) {
        TunnelLooksFirst<P>::run(state, clients, Reference());
        state.closed.store(1, close);
    }
    template <class Reference>
    static void tear_down(TunnelState<P>& state, Reference clients) {
        state.cancel();
        while (state.closed.load(wait) == 0) P::yield();
        clients.reset();
    }
};

/// tunnel/second_context_vs_teardown: T1 waits for the proxy and then makes the second context. T2 tears that
/// tunnel down, and like all others it makes a request with an equal configuration.
template <class P, class Configs, class Tunnel>
class SecondContextVsTeardown final : public TlsProgram<P, Configs> {
    using Base = TlsProgram<P, Configs>;
    using Reference = typename Base::Reference;

public:
    using Base::Base;
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override { return thread < 2 ? thread : 2; }
    void setup() override {
        Base::setup();
        state_ = P::template make<TunnelState<P>>("tunnel");
        Reference clients = this->intern(first_config);
        tunnels_ = Tunnel::begin(clients).leak();
        clients_ = clients.leak();
    }
    void thread(unsigned index) override {
        if (index == 0) {
            calls<P>("connect");
            Reference clients = Reference::adopt(clients_);  // to look at; T2 drops it
            Tunnel::run(*state_, clients, Reference::adopt(tunnels_));
            static_cast<void>(clients.leak());
            return;
        }
        if (index == 1) {
            calls<P>("tear_down");
            Tunnel::tear_down(*state_, Reference::adopt(clients_));
        }
        this->fetch(first_config);
    }
    void teardown() override {
        P::destroy(state_);
        Base::teardown();
    }

private:
    TunnelState<P>* state_ = nullptr;
    typename Base::Leaked clients_ = nullptr;
    typename Base::Leaked tunnels_ = nullptr;
};

}  // namespace revenant::scenarios
