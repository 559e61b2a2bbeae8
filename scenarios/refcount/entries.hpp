// The rows of the refcount scenarios, in the world of a platform.
#pragma once

#include "scenarios/catalogue_of.hpp"
#include "scenarios/mutants/pointers.hpp"
#include "scenarios/refcount/programs.hpp"
#include "scenarios/refcount/reported_entries.hpp"
#include "scenarios/subjects/counted.hpp"
#include "scenarios/subjects/ref_ptr.hpp"

namespace revenant::scenarios {

template <class P>
void write_refcount(catalogue<P>& c) {
    using ThreadSafe = IntrusiveCountedSubject<P, ThreadSafeCounted<P, no_check>>;
    using Weakable = IntrusiveCountedSubject<P, WeakableCounted<P>>;
    using Shared = SharedCountedSubject<P>;
    using RefPtr = RefPtrSubject<P, ThreadSafeCounted<P, no_check>>;
    using ReleaseFirst =
        RefPtrSubject<P, ThreadSafeCounted<P, no_check>, mutants::ref_ptr_release_before_retain>;

    const auto thread_safe_drop = relaxed_at(ThreadSafeCounted<P, no_check>::deref_order);
    const auto weakable_drop = relaxed_at(WeakableCounted<P>::deref_order);
    const auto weakable_weak_drop = relaxed_at(WeakableCounted<P>::weak_deref_order);
    const auto shared_drop = relaxed_at(Shared::Pointer::block::strong_deref_order);
    const auto shared_weak_drop = relaxed_at(Shared::Pointer::block::weak_deref_order);

    c.scenario("refcount/upgrade_vs_last_release",
               "one thread drops the last strong reference, the others upgrade")
        .correct("weakable_ref_count", runs<UpgradeVsLastRelease<Weakable>>)
        .correct("shared_ptr", runs<UpgradeVsLastRelease<Shared>>)
        .broken("shared_ptr+upgrade_adds_weak",
                runs<UpgradeVsLastRelease<SharedCountedSubject<P, weak_ptr_upgrade_adds_weak>>>, {leak})
        .broken("shared_ptr+upgrade_consumes_weak",
                runs<UpgradeVsLastRelease<SharedCountedSubject<P, weak_ptr_upgrade_consumes_weak>>>,
                {use_after_free})
        .broken("weakable_ref_count+relaxed_deref", runs<UpgradeVsLastRelease<Weakable>>, {data_race},
                {.orders = weakable_drop})
        .broken("shared_ptr+relaxed_drop", runs<UpgradeVsLastRelease<Shared>>, {data_race},
                {.orders = shared_drop});

    c.scenario("refcount/release_vs_release",
               "each thread writes its slot and releases; the last one destroys")
        .correct("thread_safe_ref_count", runs<ReleaseVsRelease<ThreadSafe>>)
        .correct("weakable_ref_count", runs<ReleaseVsRelease<Weakable>>)
        .correct("shared_ptr", runs<ReleaseVsRelease<Shared>>)
        .correct("ref_ptr", runs<ReleaseVsRelease<RefPtr>>)
        .broken("thread_safe_ref_count+relaxed_deref", runs<ReleaseVsRelease<ThreadSafe>>, {data_race},
                {.orders = thread_safe_drop})
        .broken("weakable_ref_count+relaxed_deref", runs<ReleaseVsRelease<Weakable>>, {data_race},
                {.orders = weakable_drop})
        .broken("shared_ptr+relaxed_drop", runs<ReleaseVsRelease<Shared>>, {data_race},
                {.orders = shared_drop});

    c.scenario("refcount/weak_release_vs_last_release",
               "the last strong reference and the weak ones go together")
        .correct("weakable_ref_count", runs<WeakReleaseVsLastRelease<Weakable>>)
        .correct("shared_ptr", runs<WeakReleaseVsLastRelease<Shared>>)
        .broken("weakable_ref_count+relaxed_weak_deref", runs<WeakReleaseVsLastRelease<Weakable>>,
                {data_race}, {.orders = weakable_weak_drop})
        .broken("shared_ptr+relaxed_weak_drop", runs<WeakReleaseVsLastRelease<Shared>>, {data_race},
                {.orders = shared_weak_drop});

    c.scenario("refcount/clone_vs_release", "each thread clones its reference and releases both")
        .correct("thread_safe_ref_count", runs<CloneVsRelease<ThreadSafe>>)
        .correct("weakable_ref_count", runs<CloneVsRelease<Weakable>>)
        .correct("shared_ptr", runs<CloneVsRelease<Shared>>)
        .correct("ref_ptr", runs<CloneVsRelease<RefPtr>>);

    c.scenario("refcount/assign_vs_last_release",
               "one thread drops its reference, the others assign theirs to itself")
        .correct("ref_ptr", runs<AssignVsLastRelease<RefPtr>>)
        .correct("shared_ptr", runs<AssignVsLastRelease<Shared>>)
        .broken("ref_ptr+release_before_retain", runs<AssignVsLastRelease<ReleaseFirst>>, {use_after_free});

    write_reported<P>(c);
}

}  // namespace revenant::scenarios
