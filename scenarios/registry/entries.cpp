#include "model/relacy/platform.hpp"
#include "scenarios/mutants/registries.hpp"
#include "scenarios/registry/programs.hpp"
#include "scenarios/sections.hpp"
#include "scenarios/subjects/intrusive.hpp"
#include "scenarios/subjects/shared.hpp"

namespace revenant::scenarios {
namespace {

using P = model::relacy::relacy_platform;
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
using DisposeUnderLock = SharedSubject<P, mutants::shared_registry_dispose_under_lock>;

/// One scenario against every registry, with a claim for each.
struct Claims {
    Claim legacy, legacy_asserting, strong, adds_weak, consumes_weak, remove_by_content, blind_ref,
        strings_first, dispose_under_lock;
};

template <template <class> class Program>
void add(std::vector<Entry>& to, std::string_view id, const Claims& claims) {
    to.push_back({id, "legacy_registry", claims.legacy, make_program<Program<Legacy>>});
    to.push_back({id, "legacy_registry+assertions", claims.legacy_asserting, make_program<Program<LegacyAsserting>>});
    to.push_back({id, "strong_registry", claims.strong, make_program<Program<Strong>>});
    to.push_back({id, "weak_registry", correct(), make_program<Program<Weak>>});
    to.push_back({id, "shared_registry", correct(), make_program<Program<Shared>>});
    to.push_back({id, "shared_registry+upgrade_adds_weak", claims.adds_weak, make_program<Program<AddsWeak>>});
    to.push_back({id, "shared_registry+upgrade_consumes_weak", claims.consumes_weak, make_program<Program<ConsumesWeak>>});
    to.push_back({id, "weak_registry+remove_by_content", claims.remove_by_content, make_program<Program<RemoveByContent>>});
    to.push_back({id, "weak_registry+blind_ref", claims.blind_ref, make_program<Program<BlindRef>>});
    to.push_back({id, "weak_registry+strings_freed_first", claims.strings_first, make_program<Program<StringsFirst>>});
    to.push_back({id, "shared_registry+dispose_under_lock", claims.dispose_under_lock, make_program<Program<DisposeUnderLock>>});
}

}  // namespace

void add_registry_entries(std::vector<Entry>& to) {
    const auto c = correct();
    const auto resurrection = broken({Kind::resurrection});
    const auto assertion = broken({Kind::assertion});
    const auto uaf = broken({Kind::use_after_free});
    const auto leak = broken({Kind::leak});
    const auto deadlock = broken({Kind::deadlock});
    add<InternVsLastRelease>(to, "registry/intern_vs_last_release",
                             {resurrection, assertion, uaf, leak, uaf, c, resurrection, uaf, deadlock});
    add<InternVsIntern>(to, "registry/intern_vs_intern",
                        {resurrection, assertion, uaf, leak, uaf, c, resurrection, uaf, deadlock});
    add<RegistryReleaseVsRelease>(to, "registry/release_vs_release",
                                  {c, c, c, leak, uaf, c, c, c, deadlock});
    add<ReinternWhileAlive>(to, "registry/reintern_while_alive",
                            {resurrection, assertion, uaf, leak, uaf, c, resurrection, uaf, deadlock});
    add<ReplaceVsRemove>(to, "registry/replace_vs_remove",
                         {resurrection, assertion, uaf, leak, uaf, c, resurrection, uaf, deadlock});
    add<TwoKeys>(to, "registry/two_keys",
                 {resurrection, assertion, uaf, leak, uaf, c, resurrection, uaf, deadlock});
    add<DuplicateDisposal>(to, "registry/duplicate_disposal",
                           {c, c, c, leak, uaf, c, c, c, deadlock});
}

}  // namespace revenant::scenarios
