// The scenario of a request's ownership chain: intern, fetch, options, request, client. One strong reference
// moves along it, and is to be dropped once, whether the request completes or is cancelled.
//
// The ways to decide who drops it are the subject; the configurations are those of impl/tls.
#pragma once

#include <cstdint>
#include <utility>

#include "scenarios/calls.hpp"
#include "scenarios/tls/settings.hpp"

namespace revenant::scenarios {

/// What the thread that asked and the I/O thread share of a request.
template <class P>
struct Request {
    static constexpr std::uint32_t pending = 0, completed = 1, cancelled = 2;
    typename P::template atomic<std::uint32_t> state{pending, {"state"}};
    typename P::template var<int> reply{0, {"reply"}};
};

/// A reference as it was handed along by copying a pointer: whoever holds one believes that it is the only
/// one.
template <class Reference>
using Handed = decltype(Reference().leak());

/// The use that the client makes of its configuration. To look at: the reference is not its own to drop.
template <class P, class Reference>
void make_context_of(Handed<Reference> handed) {
    calls<P>("make_context");
    auto config = Reference::adopt(handed);
    static_cast<void>(make_context<P>(*config));
    static_cast<void>(config.leak());
}

/// WRONG ON PURPOSE: the request and the client both have the pointer, and each drops the reference.
/// Convicted by chain/cancel_vs_complete.
template <class P>
struct ChainCopies {
    template <class Reference>
    static void complete(Request<P>&, Handed<Reference> held) {
        make_context_of<P, Reference>(held);
        calls<P>("complete");
        Reference::adopt(held).reset();
    }
    template <class Reference>
    static void cancel(Request<P>&, Handed<Reference> held) {
        calls<P>("cancel");
        Reference::adopt(held).reset();
    }
};

/// WRONG ON PURPOSE: the same, but each looks first whether the other one has. Both may find that nobody has.
/// Convicted by chain/cancel_vs_complete.
template <class P>
struct ChainLooksFirst {
    template <class Reference>
    static void complete(Request<P>& request, Handed<Reference> held) {
        make_context_of<P, Reference>(held);
        calls<P>("complete");
        drop_unless_ended<Reference>(request, Request<P>::completed, held);
    }
    template <class Reference>
    static void cancel(Request<P>& request, Handed<Reference> held) {
        calls<P>("cancel");
        drop_unless_ended<Reference>(request, Request<P>::cancelled, held);
    }

private:
    template <class Reference>
    static void drop_unless_ended(Request<P>& request, std::uint32_t end, Handed<Reference> held) {
        if (request.state.load(std::memory_order::seq_cst) != Request<P>::pending) return;
        request.state.store(end, std::memory_order::seq_cst);
        Reference::adopt(held).reset();
    }
};

/// WRONG ON PURPOSE: one exchange decides who drops the reference, and it is dropped once. But a cancellation
/// drops what the I/O thread is still using. Convicted by chain/cancel_vs_complete.
template <class P>
struct ChainExchanges {
    template <class Reference>
    static void complete(Request<P>& request, Handed<Reference> held) {
        make_context_of<P, Reference>(held);
        calls<P>("complete");
        drop_if_first<Reference>(request, Request<P>::completed, held);
    }
    template <class Reference>
    static void cancel(Request<P>& request, Handed<Reference> held) {
        calls<P>("cancel");
        drop_if_first<Reference>(request, Request<P>::cancelled, held);
    }

private:
    template <class Reference>
    static void drop_if_first(Request<P>& request, std::uint32_t end, Handed<Reference> held) {
        if (request.state.exchange(end, std::memory_order::seq_cst) != Request<P>::pending) return;
        Reference::adopt(held).reset();
    }
};

/// Right: the reference has moved to the client, and the I/O thread alone drops it. Who cancels only says so,
/// and takes the reply if it has come already.
template <class P>
struct ChainMoves {
    /// Release, with the acquire of `cancelling`. What crosses is the reply; relaxed, it may be read while it
    /// is written (chain/cancel_vs_complete).
    static constexpr order_site completing{"chain.complete", std::memory_order::release};
    /// Acquire: see `completing`. Nothing is published: a client that sees it only gives up.
    static constexpr order_site cancelling{"chain.cancel", std::memory_order::acquire};

    template <class Reference>
    static void complete(Request<P>& request, Handed<Reference> held) {
        make_context_of<P, Reference>(held);
        calls<P>("complete");
        request.reply.set(200);
        request.state.exchange(Request<P>::completed, completing);
        Reference::adopt(held).reset();
    }
    template <class Reference>
    static void cancel(Request<P>& request, Handed<Reference>) {
        calls<P>("cancel");
        const auto before = request.state.exchange(Request<P>::cancelled, cancelling);
        if (before == Request<P>::completed) reads(request.reply.get());
    }
};

/// chain/cancel_vs_complete: T1, the I/O thread, completes a request while T2 cancels it. The others make one
/// each with an equal configuration.
template <class P, class Configs, class Chain>
class CancelVsComplete final : public TlsProgram<P, Configs> {
    using Base = TlsProgram<P, Configs>;
    using Reference = typename Base::Reference;

public:
    using Base::Base;
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override { return thread < 2 ? thread : 2; }
    void setup() override {
        Base::setup();
        request_ = P::template make<Request<P>>("request");
        held_ = this->intern(first_config).leak();
    }
    void thread(unsigned index) override {
        if (index == 0) return Chain::template complete<Reference>(*request_, held_);
        if (index == 1) return Chain::template cancel<Reference>(*request_, held_);
        this->fetch(first_config);
    }
    void teardown() override {
        P::destroy(request_);
        Base::teardown();
    }

private:
    Request<P>* request_ = nullptr;
    typename Base::Leaked held_ = nullptr;
};

}  // namespace revenant::scenarios
