// The entries of the refcount scenarios that bug reports have asked for.
#pragma once

#include "scenarios/mutants/counters.hpp"
#include "scenarios/mutants/upgrades.hpp"
#include "scenarios/refcount/borrower.hpp"
#include "scenarios/refcount/fence_count.hpp"
#include "scenarios/refcount/one_handle.hpp"
#include "scenarios/refcount/programs.hpp"
#include "scenarios/refcount/publish.hpp"
#include "scenarios/refcount/split_count.hpp"
#include "scenarios/refcount/too_many.hpp"
#include "scenarios/sections.hpp"
#include "scenarios/subjects/counted.hpp"
#include "scenarios/subjects/counted_by.hpp"

namespace revenant::scenarios {

/// Counters of other people's making, in the scenarios of the counters alone.
template <class P>
void add_counter_entries(std::vector<Entry>& to) {
    using Kind = model::FindingKind;
    using ReadAgain = IntrusiveCountedSubject<P, CountedBy<P, mutants::count_read_again>>;
    using ReadAfter = IntrusiveCountedSubject<P, CountedBy<P, mutants::field_read_after>>;
    using Plain = IntrusiveCountedSubject<P, CountedBy<P, mutants::plain_count>>;
    using TwoSteps = IntrusiveCountedSubject<P, CountedBy<P, mutants::changed_in_two_steps>>;
    using Mixed = IntrusiveCountedSubject<P, CountedBy<P, mutants::mixed_count>>;
    using TwoStepUpgrade = IntrusiveCountedSubject<P, mutants::UpgradedInTwoSteps<P>>;
    using RefusalIgnored = mutants::RefusalIgnoredSubject<P, WeakableCounted<P>>;

    constexpr auto release = "refcount/release_vs_release";
    to.push_back({release, "thread_safe_ref_count+count_read_again",
                  broken({Kind::use_after_free, Kind::double_destroy, Kind::data_race}),
                  make_program<ReleaseVsRelease<ReadAgain>>});
    to.push_back({release, "thread_safe_ref_count+field_read_after",
                  broken({Kind::use_after_free, Kind::data_race}),
                  make_program<ReleaseVsRelease<ReadAfter>>});
    to.push_back({release, "thread_safe_ref_count+plain_count", broken({Kind::data_race}),
                  make_program<ReleaseVsRelease<Plain>>});
    constexpr auto clone = "refcount/clone_vs_release";
    to.push_back({clone, "thread_safe_ref_count+plain_count", broken({Kind::data_race}),
                  make_program<CloneVsRelease<Plain>>});
    to.push_back({clone, "thread_safe_ref_count+changed_in_two_steps",
                  broken({Kind::leak, Kind::use_after_free, Kind::data_race}),
                  make_program<CloneVsRelease<TwoSteps>>});
    to.push_back({clone, "thread_safe_ref_count+mixed_count", broken({Kind::data_race}),
                  make_program<CloneVsRelease<Mixed>>});
    constexpr auto upgrade = "refcount/upgrade_vs_last_release";
    to.push_back({upgrade, "weakable_ref_count+upgrade_in_two_steps", broken({Kind::resurrection}),
                  make_program<UpgradeVsLastRelease<TwoStepUpgrade>>});
    to.push_back({upgrade, "weakable_ref_count+refusal_ignored", broken({Kind::counter_underflow}),
                  make_program<UpgradeVsLastRelease<RefusalIgnored>>});
}

template <class P>
void add_fence_entries(std::vector<Entry>& to) {
    using Kind = model::FindingKind;
    using Fence = IntrusiveCountedSubject<P, CountedBy<P, fence_ref_count_as_written>>;
    using NoFence = IntrusiveCountedSubject<P, CountedBy<P, fence_ref_count_without_fence>>;
    using EarlyFence = IntrusiveCountedSubject<P, CountedBy<P, fence_ref_count_too_early>>;
    const auto first = to.size();
    constexpr auto release = "refcount/release_vs_release";
    to.push_back({release, "fence_ref_count", correct(), make_program<ReleaseVsRelease<Fence>>});
    to.push_back({release, "fence_ref_count+no_fence", broken({Kind::data_race}),
                  make_program<ReleaseVsRelease<NoFence>>});
    to.push_back({release, "fence_ref_count+fence_too_early", broken({Kind::data_race}),
                  make_program<ReleaseVsRelease<EarlyFence>>});
    to.push_back(
        {"refcount/clone_vs_release", "fence_ref_count", correct(), make_program<CloneVsRelease<Fence>>});
    for (auto i = first; i < to.size(); ++i) to[i].fenced = true;
}

template <class P>
void add_reported_entries(std::vector<Entry>& to) {
    using Kind = model::FindingKind;
    using ThreadSafe = IntrusiveCountedSubject<P, ThreadSafeCounted<P, no_check>>;
    using Closing = IntrusiveCountedSubject<P, ClosingCounted<P>>;
    add_counter_entries<P>(to);
    add_fence_entries<P>(to);

    constexpr auto borrower = "refcount/borrower_vs_last_release";
    to.push_back({borrower, "thread_safe_ref_count", correct(),
                  make_program<BorrowerVsLastRelease<Closing, OwnReference>>});
    to.push_back({borrower, "drain", correct(), make_program<DrainBeforeLastRelease<Closing>>});
    to.push_back({borrower, "thread_safe_ref_count+no_reference",
                  broken({Kind::use_after_free, Kind::data_race}),
                  make_program<BorrowerVsLastRelease<Closing, NoReference>>});
    to.push_back({borrower, "thread_safe_ref_count+late_reference",
                  broken({Kind::use_after_free, Kind::resurrection, Kind::data_race}),
                  make_program<BorrowerVsLastRelease<Closing, LateReference>>});

    constexpr auto handle = "refcount/one_handle_two_threads";
    to.push_back({handle, "plain_handle", broken({Kind::data_race}),
                  make_program<OneHandleTwoThreads<ThreadSafe, PlainHandle>>});
    to.push_back(
        {handle, "locked_handle", correct(), make_program<OneHandleTwoThreads<ThreadSafe, LockedHandle>>});
    to.push_back(
        {handle, "atomic_handle", correct(), make_program<OneHandleTwoThreads<ThreadSafe, AtomicHandle>>});

    to.push_back({handle, "split_count", correct(), make_program<SplitCountHandle<P, Copies::by_word>>});
    to.push_back({handle, "split_count+stale_pointer", broken({Kind::use_after_free, Kind::data_race}),
                  make_program<SplitCountHandle<P, Copies::by_stale_pointer>>});

    constexpr auto too_many = "refcount/release_too_many";
    to.push_back({too_many, "thread_safe_ref_count", correct(), make_program<ReleaseTooMany<Closing, 1>>});
    to.push_back({too_many, "thread_safe_ref_count+one_too_many",
                  broken({Kind::use_after_free, Kind::counter_underflow, Kind::data_race}),
                  make_program<ReleaseTooMany<Closing, 2>>});

    constexpr auto publish = "refcount/publish_vs_first_use";
    to.push_back(
        {publish, "count_then_slot", correct(), make_program<PublishVsFirstUse<P, Publishes::after_count>>});
    to.push_back({publish, "slot_then_count", broken({Kind::assertion, Kind::use_after_free}),
                  make_program<PublishVsFirstUse<P, Publishes::before_count>>});
    constexpr auto signal = "refcount/signal_vs_free";
    to.push_back({signal, "signal_last", correct(), make_program<SignalVsFree<P, Signals::last>>});
    to.push_back({signal, "signal_last+touch_after", broken({Kind::use_after_free, Kind::data_race}),
                  make_program<SignalVsFree<P, Signals::and_touches>>});
}

}  // namespace revenant::scenarios
