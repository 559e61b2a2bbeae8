// The entries of the registry scenarios, in the world of a platform.
#pragma once

#include <algorithm>

#include "scenarios/mutants/registries.hpp"
#include "scenarios/registry/programs.hpp"
#include "scenarios/sections.hpp"
#include "scenarios/subjects/intrusive.hpp"
#include "scenarios/subjects/shared.hpp"

namespace revenant::scenarios {

/// The claims that differ between the scenarios; weak_registry and shared_registry are always correct.
struct RegistryClaims {
    Claim legacy, legacy_asserting, strong, blind_ref, strings_first, dispose_under_lock;
    Claim remove_by_content = {};
};

template <class P>
class RegistrySection {
    using Kind = model::FindingKind;

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
    static void add_to(std::vector<Entry>& to) {
        const auto deadlock = broken({Kind::deadlock});
        // An entry that dies while another thread looks for it, with so many threads or more.
        const auto dying_is_found = [&](unsigned from_threads) {
            return RegistryClaims{
                .legacy = broken({Kind::resurrection}, from_threads),
                .legacy_asserting = broken({Kind::assertion}, from_threads),
                .strong = broken({Kind::use_after_free}, from_threads),
                .blind_ref = broken({Kind::resurrection}, from_threads),
                .strings_first = broken({Kind::use_after_free}, from_threads),
                .dispose_under_lock = deadlock,
                // One more to take the dying entry's place, and one to find the place empty.
                .remove_by_content = broken({Kind::invariant}, from_threads + 1)};
        };
        // The entry is alive whenever it is found: only what goes wrong on a hit shows.
        const RegistryClaims alive_is_found{correct(), correct(), correct(), correct(), correct(), deadlock};

        add<InternVsLastRelease>(to, "registry/intern_vs_last_release", dying_is_found(2));
        add<InternVsIntern>(to, "registry/intern_vs_intern", dying_is_found(2));
        add<RegistryReleaseVsRelease>(to, "registry/release_vs_release", alive_is_found);
        // With two threads the only intern ends before the last release begins.
        add<ReinternWhileAlive>(to, "registry/reintern_while_alive", dying_is_found(3));
        auto replaced = dying_is_found(2);
        replaced.remove_by_content = broken({Kind::invariant});
        add<ReplaceVsRemove>(to, "registry/replace_vs_remove", replaced);
        // The second thread to look for the first key is T4.
        auto two_keys = dying_is_found(2);
        two_keys.remove_by_content = broken({Kind::invariant}, 4);
        add<TwoKeys>(to, "registry/two_keys", two_keys);
        add<DuplicateDisposal>(to, "registry/duplicate_disposal", alive_is_found);

        // Each of its duplicates locks again when it is disposed of: over 20 million executions with four.
        entry(to, "registry/replace_vs_remove", "shared_registry").exhaustive_threads_max = 3;
        for (const auto* const id : {"registry/intern_vs_last_release", "registry/intern_vs_intern"}) {
            for (const auto* const correct_one : {"weak_registry", "shared_registry"}) {
                entry(to, id, correct_one).exhaustive_threads_max = 5;
            }
        }
    }

private:
    template <template <class> class Program>
    static void add(std::vector<Entry>& to, std::string_view id, const RegistryClaims& claims) {
        to.push_back({id, "legacy_registry", claims.legacy, make_program<Program<Legacy>>});
        to.push_back({id, "legacy_registry+assertions", claims.legacy_asserting,
                      make_program<Program<LegacyAsserting>>});
        to.push_back({id, "strong_registry", claims.strong, make_program<Program<Strong>>});
        to.push_back({id, "weak_registry", correct(), make_program<Program<Weak>>});
        to.push_back({id, "shared_registry", correct(), make_program<Program<Shared>>});
        to.push_back(
            {id, "shared_registry+upgrade_adds_weak", broken({Kind::leak}), make_program<Program<AddsWeak>>});
        to.push_back({id, "shared_registry+upgrade_consumes_weak", broken({Kind::use_after_free}),
                      make_program<Program<ConsumesWeak>>});
        to.push_back({id, "weak_registry+remove_by_content", claims.remove_by_content,
                      make_program<Program<RemoveByContent>>});
        to.push_back({id, "weak_registry+blind_ref", claims.blind_ref, make_program<Program<BlindRef>>});
        to.push_back({id, "weak_registry+strings_freed_first", claims.strings_first,
                      make_program<Program<StringsFirst>>});
        // Every scenario has a hit with a duplicate, whatever the number of threads.
        to.push_back({id, "weak_registry+discard_under_lock", broken({Kind::invariant}),
                      make_program<Program<DiscardUnderLock>>});
        to.push_back({id, "shared_registry+dispose_under_lock", claims.dispose_under_lock,
                      make_program<Program<DisposeUnderLock>>});
    }

    static Entry& entry(std::vector<Entry>& entries, std::string_view scenario,
                        std::string_view implementation) {
        return *std::find_if(entries.begin(), entries.end(), [&](const Entry& e) {
            return e.scenario == scenario && e.implementation == implementation;
        });
    }
};

}  // namespace revenant::scenarios
