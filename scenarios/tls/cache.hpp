// The scenarios of the context cache: what each thread does. The cache is that of impl/tls, and so are the
// configurations; a subject names them.
#pragma once

#include <chrono>

#include <revenant/tls/context_cache.hpp>
#include "scenarios/tls/settings.hpp"
#include "scenarios/tls/slot.hpp"

namespace revenant::scenarios {

/// A registry, and a cache whose entries hold `Key`: a reference of the registry's, or what a mutant has for
/// it. `CacheOf<Key, Context, P>` is context_cache or a mutant of it.
template <class P_, class Configs_, class Key_ = typename Configs_::reference,
          template <class, class, class> class CacheOf = context_cache>
struct CacheSubject {
    using P = P_;
    using Configs = Configs_;
    using Key = Key_;
    using Cache = CacheOf<Key, ContextOwner<P>, P>;
};

template <class Subject>
class CacheProgram : public TlsProgram<typename Subject::P, typename Subject::Configs> {
    using Base = TlsProgram<typename Subject::P, typename Subject::Configs>;

public:
    using P = typename Subject::P;
    using Reference = typename Base::Reference;
    using time = std::chrono::milliseconds;
    static constexpr time early{0};
    static constexpr time late = std::chrono::hours{1};  // what was used early is evicted

    using Base::Base;
    void setup() override {
        Base::setup();
        cache_ = P::template make<typename Subject::Cache>("cache");
    }
    void teardown() override {
        cache_->clear();
        P::destroy(cache_);
        Base::teardown();
    }

protected:
    static decltype(auto) key(const Reference& config) { return key_of<typename Subject::Key>(config); }
    [[nodiscard]] ContextOwner<P> context_of(const Reference& config, time now) {
        calls<P>("find_or_make");
        return cache_->find_or_make(key(config), now, [&] { return make_context<P>(*config); });
    }
    /// The handshake with a context that is for the configuration of this text.
    static void use(const ContextOwner<P>& context, int text) {
        calls<P>("use");
        P::check(context->key() == text, check_kind::assertion,
                 "a request is made with the certificate of its own configuration");
        calls<P>("release");
    }

    typename Subject::Cache* cache_ = nullptr;
};

/// cache/insert_vs_evict: the cache has a context, and T1 makes a request with it. T2 comes an hour later
/// with the same configuration: it evicts the entry, and inserts a new one; so may T1 by then. T3 comes as
/// late, and only looks for an entry; the rest drop their references on the configuration.
template <class Subject>
class InsertVsEvict final : public CacheProgram<Subject> {
    using Base = CacheProgram<Subject>;
    using P = typename Base::P;
    using Reference = typename Base::Reference;

public:
    using Base::Base;
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override { return thread < 3 ? thread : 3; }
    void setup() override {
        Base::setup();
        Reference config = this->intern(first_config);
        static_cast<void>(this->context_of(config, Base::early));
        for (unsigned i = 1; i < this->threads_; ++i) static_cast<void>(config.clone().leak());
        held_ = config.leak();
    }
    void thread(unsigned index) override {
        const auto config = Reference::adopt(held_);
        const auto now = index == 0 ? Base::early : Base::late;
        if (index < 2) return this->use(this->context_of(config, now), first_config);
        if (index > 2) return calls<P>("release");
        calls<P>("find");
        if (const auto found = this->cache_->find(this->key(config), now)) this->use(found, first_config);
    }
    void teardown() override {
        if (this->cache_->size() != 1) {
            violated<P>(model::FindingKind::invariant, "a configuration has one context");
        }
        Base::teardown();
    }

private:
    typename Base::Leaked held_ = nullptr;
};

/// cache/address_reuse: the cache has a context of the first configuration, whose memory is used again as
/// soon as it is freed. T2 makes a request with another configuration. All others drop their references on
/// the first one, and T1 closes the cache as well.
template <class Subject>
class AddressReuse final : public CacheProgram<Subject> {
    using Base = CacheProgram<Subject>;
    using P = typename Base::P;
    using Reference = typename Base::Reference;

public:
    using Base::Base;
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override { return thread < 2 ? thread : 2; }
    void setup() override {
        slot_ = P::template make<Slot<P>>("slot");
        reusing<P>::slot = slot_;
        Base::setup();
        Reference first = this->intern(first_config);
        static_cast<void>(this->context_of(first, Base::early));
        for (unsigned i = 2; i < this->threads_; ++i) static_cast<void>(first.clone().leak());
        held_ = first.leak();
    }
    void thread(unsigned index) override {
        if (index == 1) return request();
        calls<P>("release");
        Reference::adopt(held_).reset();
        if (index != 0) return;
        calls<P>("clear");
        this->cache_->clear();
    }
    void teardown() override {
        Base::teardown();
        // Memory of its own is not the model's to look after.
        if (!slot_->is_free()) violated<P>(model::FindingKind::leak, "what lies in the slot is destroyed");
        P::destroy(slot_);
    }

private:
    void request() {
        const auto config = this->intern(second_config);
        this->use(this->context_of(config, Base::early), second_config);
    }

    Slot<P>* slot_ = nullptr;
    typename Base::Leaked held_ = nullptr;
};

}  // namespace revenant::scenarios
