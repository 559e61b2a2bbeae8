// The rows of the refcount scenarios that bug reports have asked for.
#pragma once

#include "scenarios/catalogue_of.hpp"
#include "scenarios/mutants/counters.hpp"
#include "scenarios/mutants/upgrades.hpp"
#include "scenarios/refcount/borrower.hpp"
#include "scenarios/refcount/fence_count.hpp"
#include "scenarios/refcount/one_handle.hpp"
#include "scenarios/refcount/programs.hpp"
#include "scenarios/refcount/publish.hpp"
#include "scenarios/refcount/split_count.hpp"
#include "scenarios/refcount/too_many.hpp"
#include "scenarios/subjects/counted.hpp"
#include "scenarios/subjects/counted_by.hpp"

namespace revenant::scenarios {

/// Counters of other people's making, in the scenarios of the counters alone.
template <class P>
void write_counters(catalogue<P>& c) {
    using ReadAgain = IntrusiveCountedSubject<P, CountedBy<P, mutants::count_read_again>>;
    using ReadAfter = IntrusiveCountedSubject<P, CountedBy<P, mutants::field_read_after>>;
    using Plain = IntrusiveCountedSubject<P, CountedBy<P, mutants::plain_count>>;
    using TwoSteps = IntrusiveCountedSubject<P, CountedBy<P, mutants::changed_in_two_steps>>;
    using Mixed = IntrusiveCountedSubject<P, CountedBy<P, mutants::mixed_count>>;
    using TwoStepUpgrade = IntrusiveCountedSubject<P, mutants::UpgradedInTwoSteps<P>>;
    using RefusalIgnored = mutants::RefusalIgnoredSubject<P, WeakableCounted<P>>;

    c.scenario("refcount/release_vs_release")
        .broken("thread_safe_ref_count+count_read_again", runs<ReleaseVsRelease<ReadAgain>>,
                {use_after_free, double_destroy, data_race})
        .broken("thread_safe_ref_count+field_read_after", runs<ReleaseVsRelease<ReadAfter>>,
                {use_after_free, data_race})
        .broken("thread_safe_ref_count+plain_count", runs<ReleaseVsRelease<Plain>>, {data_race});

    c.scenario("refcount/clone_vs_release")
        .broken("thread_safe_ref_count+plain_count", runs<CloneVsRelease<Plain>>, {data_race})
        .broken("thread_safe_ref_count+changed_in_two_steps", runs<CloneVsRelease<TwoSteps>>,
                {leak, use_after_free, data_race})
        .broken("thread_safe_ref_count+mixed_count", runs<CloneVsRelease<Mixed>>, {data_race});

    c.scenario("refcount/upgrade_vs_last_release")
        .broken("weakable_ref_count+upgrade_in_two_steps", runs<UpgradeVsLastRelease<TwoStepUpgrade>>,
                {resurrection})
        .broken("weakable_ref_count+refusal_ignored", runs<UpgradeVsLastRelease<RefusalIgnored>>,
                {counter_underflow});
}

template <class P>
void write_fences(catalogue<P>& c) {
    using Fence = IntrusiveCountedSubject<P, CountedBy<P, fence_ref_count_as_written>>;
    using NoFence = IntrusiveCountedSubject<P, CountedBy<P, fence_ref_count_without_fence>>;
    using EarlyFence = IntrusiveCountedSubject<P, CountedBy<P, fence_ref_count_too_early>>;

    c.scenario("refcount/release_vs_release")
        .correct("fence_ref_count", runs<ReleaseVsRelease<Fence>>, {.fenced = true})
        .broken("fence_ref_count+no_fence", runs<ReleaseVsRelease<NoFence>>, {data_race}, {.fenced = true})
        .broken("fence_ref_count+fence_too_early", runs<ReleaseVsRelease<EarlyFence>>, {data_race},
                {.fenced = true});

    c.scenario("refcount/clone_vs_release")
        .correct("fence_ref_count", runs<CloneVsRelease<Fence>>, {.fenced = true});
}

template <class P>
void write_reported(catalogue<P>& c) {
    using ThreadSafe = IntrusiveCountedSubject<P, ThreadSafeCounted<P, no_check>>;
    using Closing = IntrusiveCountedSubject<P, ClosingCounted<P>>;
    write_counters<P>(c);
    write_fences<P>(c);

    c.scenario("refcount/borrower_vs_last_release",
               "one thread drops the owner's reference, the others use the object")
        .correct("thread_safe_ref_count", runs<BorrowerVsLastRelease<Closing, OwnReference>>)
        .correct("drain", runs<DrainBeforeLastRelease<Closing>>)
        .broken("thread_safe_ref_count+no_reference", runs<BorrowerVsLastRelease<Closing, NoReference>>,
                {use_after_free, data_race})
        .broken("thread_safe_ref_count+late_reference", runs<BorrowerVsLastRelease<Closing, LateReference>>,
                {use_after_free, resurrection, data_race});

    c.scenario("refcount/one_handle_two_threads",
               "one thread assigns to a handle that all share, the others copy it")
        .broken("plain_handle", runs<OneHandleTwoThreads<ThreadSafe, PlainHandle>>, {data_race},
                {.fix = "locked_handle"})
        .correct("locked_handle", runs<OneHandleTwoThreads<ThreadSafe, LockedHandle>>)
        .correct("atomic_handle", runs<OneHandleTwoThreads<ThreadSafe, AtomicHandle>>)
        .correct("split_count", runs<SplitCountHandle<P, Copies::by_word>>)
        .broken("split_count+stale_pointer", runs<SplitCountHandle<P, Copies::by_stale_pointer>>,
                {use_after_free, data_race});

    c.scenario("refcount/release_too_many",
               "each thread holds a reference and releases it, or one does so twice")
        .correct("thread_safe_ref_count", runs<ReleaseTooMany<Closing, 1>>)
        .broken("thread_safe_ref_count+one_too_many", runs<ReleaseTooMany<Closing, 2>>,
                {use_after_free, counter_underflow, data_race});

    c.scenario("refcount/publish_vs_first_use",
               "one thread publishes an object and counts it, the others count on")
        .correct("count_then_slot", runs<PublishVsFirstUse<P, Publishes::after_count>>)
        .broken("slot_then_count", runs<PublishVsFirstUse<P, Publishes::before_count>>,
                {assertion, use_after_free});

    c.scenario("refcount/signal_vs_free", "one thread waits for the others and frees what they signal with")
        .correct("signal_last", runs<SignalVsFree<P, Signals::last>>)
        .broken("signal_last+touch_after", runs<SignalVsFree<P, Signals::and_touches>>,
                {use_after_free, data_race});
}

}  // namespace revenant::scenarios
