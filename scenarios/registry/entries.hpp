// The rows of the registry scenarios, in the world of a platform.
#pragma once

#include "scenarios/catalogue_of.hpp"
#include "scenarios/mutants/registries.hpp"
#include "scenarios/registry/programs.hpp"
#include "scenarios/subjects/intrusive.hpp"
#include "scenarios/subjects/shared.hpp"

namespace revenant::scenarios {

/// What differs between the scenarios; weak_registry and shared_registry are always correct.
struct RegistryClaims {
    Claim legacy = {};
    Claim legacy_asserting = {};
    Claim strong = {};
    Claim blind_ref = {};
    Claim strings_first = {};
    Claim dispose_under_lock = {};
    Claim remove_by_content = {};
    unsigned exhaustive_threads_max = 4;  ///< of the correct ones
    unsigned of_shared_registry = 0;      ///< … of shared_registry, where it is another
};

template <class P>
class RegistrySection {
    using Legacy = IntrusiveSubject<P, LegacyConfig<P, no_check>>;
    using LegacyAsserting = IntrusiveSubject<P, LegacyConfig<P, assert_check>>;
    using Strong = IntrusiveSubject<P, StrongConfig<P>>;
    using Weak = IntrusiveSubject<P, WeakConfig<P>>;
    using Shared = SharedSubject<P, shared_registry_as_shipped>;
    using AddsWeak = SharedSubject<P, shared_registry_upgrade_adds_weak>;
    using ConsumesWeak = SharedSubject<P, shared_registry_upgrade_consumes_weak>;
    using RemoveByContent = IntrusiveSubject<P, WeakConfig<P, mutants::weak_registry_remove_by_content>>;
    using BlindRef = IntrusiveSubject<P, WeakConfig<P, mutants::weak_registry_blind_ref, no_check>>;
    using StringsFirst = IntrusiveSubject<P, mutants::ConfigFreesStringsFirst<P>>;
    using DiscardUnderLock = IntrusiveSubject<P, WeakConfig<P, mutants::weak_registry_discard_under_lock>>;
    using DisposeUnderLock = SharedSubject<P, mutants::shared_registry_dispose_under_lock>;

public:
    static void write(catalogue<P>& c) {
        // An entry that dies while another thread looks for it, with so many threads or more.
        const auto dying_is_found = [](unsigned from_threads) {
            return RegistryClaims{
                .legacy = {from_threads, {resurrection}},
                .legacy_asserting = {from_threads, {assertion}},
                .strong = {from_threads, {use_after_free}},
                .blind_ref = {from_threads, {resurrection}},
                .strings_first = {from_threads, {use_after_free}},
                .dispose_under_lock = {2, {deadlock}},
                // One more to take the dying entry's place, and one to find the place empty.
                .remove_by_content = {from_threads + 1, {invariant}}};
        };
        // The entry is alive whenever it is found: only what goes wrong on a hit shows.
        const RegistryClaims alive_is_found{.dispose_under_lock = {2, {deadlock}}};

        auto last = dying_is_found(2);
        last.exhaustive_threads_max = 5;
        rows<InternVsLastRelease>(
            c.scenario("registry/intern_vs_last_release",
                       "one thread drops the last reference, the others intern the key"),
            last);
        rows<InternVsIntern>(
            c.scenario("registry/intern_vs_intern", "all threads intern one key into an empty registry"),
            last);
        rows<RegistryReleaseVsRelease>(
            c.scenario("registry/release_vs_release",
                       "each thread holds a reference on one entry and releases it"),
            alive_is_found);
        // With two threads the only intern ends before the last release begins.
        rows<ReinternWhileAlive>(c.scenario("registry/reintern_while_alive",
                                            "three interns of one key while it is alive, then all released"),
                                 dying_is_found(3));
        auto replaced = dying_is_found(2);
        replaced.remove_by_content = {2, {invariant}};
        // Each of its duplicates locks again when it is disposed of: over 20 million executions with four.
        replaced.of_shared_registry = 3;
        rows<ReplaceVsRemove>(
            c.scenario("registry/replace_vs_remove", "a dying entry is replaced, then its remove runs"),
            replaced);
        // The second thread to look for the first key is T4.
        auto two_keys = dying_is_found(2);
        two_keys.remove_by_content = {4, {invariant}};
        rows<TwoKeys>(c.scenario("registry/two_keys",
                                 "two keys with one hash; each is dropped while others look for one"),
                      two_keys);
        rows<DuplicateDisposal>(
            c.scenario("registry/duplicate_disposal",
                       "every intern has a duplicate to dispose of; disposal re-enters remove"),
            alive_is_found);
    }

private:
    template <template <class> class Program>
    static void rows(typename catalogue<P>::rows of, const RegistryClaims& claims) {
        const claim_details by_weak{.fix = "weak_registry"};
        const auto shared =
            claims.of_shared_registry != 0 ? claims.of_shared_registry : claims.exhaustive_threads_max;
        of.claimed("legacy_registry", runs<Program<Legacy>>, claims.legacy, by_weak)
            .claimed("legacy_registry+assertions", runs<Program<LegacyAsserting>>, claims.legacy_asserting)
            .claimed("strong_registry", runs<Program<Strong>>, claims.strong, by_weak)
            .correct("weak_registry", runs<Program<Weak>>,
                     {.exhaustive_threads_max = claims.exhaustive_threads_max})
            .correct("shared_registry", runs<Program<Shared>>, {.exhaustive_threads_max = shared})
            .broken("shared_registry+upgrade_adds_weak", runs<Program<AddsWeak>>, {leak})
            .broken("shared_registry+upgrade_consumes_weak", runs<Program<ConsumesWeak>>, {use_after_free})
            .claimed("weak_registry+remove_by_content", runs<Program<RemoveByContent>>,
                     claims.remove_by_content)
            .claimed("weak_registry+blind_ref", runs<Program<BlindRef>>, claims.blind_ref)
            .claimed("weak_registry+strings_freed_first", runs<Program<StringsFirst>>, claims.strings_first)
            // Every scenario has a hit with a duplicate, whatever the number of threads.
            .broken("weak_registry+discard_under_lock", runs<Program<DiscardUnderLock>>, {invariant})
            .claimed("shared_registry+dispose_under_lock", runs<Program<DisposeUnderLock>>,
                     claims.dispose_under_lock);
    }
};

}  // namespace revenant::scenarios
