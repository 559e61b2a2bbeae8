// The entries of the refcount scenarios, in the world of a platform.
#pragma once

#include "scenarios/mutants/pointers.hpp"
#include "scenarios/refcount/programs.hpp"
#include "scenarios/refcount/reported_entries.hpp"
#include "scenarios/sections.hpp"
#include "scenarios/subjects/counted.hpp"
#include "scenarios/subjects/ref_ptr.hpp"

namespace revenant::scenarios {

template <class P>
void add_refcount_entries(std::vector<Entry>& to) {
    using Kind = model::FindingKind;
    using ThreadSafe = IntrusiveCountedSubject<P, ThreadSafeCounted<P, no_check>>;
    using Weakable = IntrusiveCountedSubject<P, WeakableCounted<P>>;
    using Shared = SharedCountedSubject<P>;
    using RefPtr = RefPtrSubject<P, ThreadSafeCounted<P, no_check>>;
    using ReleaseFirst =
        RefPtrSubject<P, ThreadSafeCounted<P, no_check>, mutants::ref_ptr_release_before_retain>;
    constexpr auto relaxed = std::memory_order::relaxed;

    const auto relaxed_at = [](const order_site& site) {
        return std::vector<model::OrderOverride>{{site.name, relaxed}};
    };
    const auto thread_safe_drop = relaxed_at(ThreadSafeCounted<P, no_check>::deref_order);
    const auto weakable_drop = relaxed_at(WeakableCounted<P>::deref_order);
    const auto weakable_weak_drop = relaxed_at(WeakableCounted<P>::weak_deref_order);
    const auto shared_drop = relaxed_at(Shared::Pointer::block::strong_deref_order);
    const auto shared_weak_drop = relaxed_at(Shared::Pointer::block::weak_deref_order);

    const auto upgrade = "refcount/upgrade_vs_last_release";
    to.push_back({upgrade, "weakable_ref_count", correct(), make_program<UpgradeVsLastRelease<Weakable>>});
    to.push_back({upgrade, "shared_ptr", correct(), make_program<UpgradeVsLastRelease<Shared>>});
    to.push_back({upgrade, "shared_ptr+upgrade_adds_weak", broken({Kind::leak}),
                  make_program<UpgradeVsLastRelease<SharedCountedSubject<P, weak_ptr_upgrade_adds_weak>>>});
    to.push_back(
        {upgrade, "shared_ptr+upgrade_consumes_weak", broken({Kind::use_after_free}),
         make_program<UpgradeVsLastRelease<SharedCountedSubject<P, weak_ptr_upgrade_consumes_weak>>>});
    to.push_back({upgrade, "weakable_ref_count+relaxed_deref", broken({Kind::data_race}),
                  make_program<UpgradeVsLastRelease<Weakable>>, weakable_drop});
    to.push_back({upgrade, "shared_ptr+relaxed_drop", broken({Kind::data_race}),
                  make_program<UpgradeVsLastRelease<Shared>>, shared_drop});

    const auto release = "refcount/release_vs_release";
    to.push_back({release, "thread_safe_ref_count", correct(), make_program<ReleaseVsRelease<ThreadSafe>>});
    to.push_back({release, "weakable_ref_count", correct(), make_program<ReleaseVsRelease<Weakable>>});
    to.push_back({release, "shared_ptr", correct(), make_program<ReleaseVsRelease<Shared>>});
    to.push_back({release, "ref_ptr", correct(), make_program<ReleaseVsRelease<RefPtr>>});
    to.push_back({release, "thread_safe_ref_count+relaxed_deref", broken({Kind::data_race}),
                  make_program<ReleaseVsRelease<ThreadSafe>>, thread_safe_drop});
    to.push_back({release, "weakable_ref_count+relaxed_deref", broken({Kind::data_race}),
                  make_program<ReleaseVsRelease<Weakable>>, weakable_drop});
    to.push_back({release, "shared_ptr+relaxed_drop", broken({Kind::data_race}),
                  make_program<ReleaseVsRelease<Shared>>, shared_drop});

    const auto weak_release = "refcount/weak_release_vs_last_release";
    to.push_back(
        {weak_release, "weakable_ref_count", correct(), make_program<WeakReleaseVsLastRelease<Weakable>>});
    to.push_back({weak_release, "shared_ptr", correct(), make_program<WeakReleaseVsLastRelease<Shared>>});
    to.push_back({weak_release, "weakable_ref_count+relaxed_weak_deref", broken({Kind::data_race}),
                  make_program<WeakReleaseVsLastRelease<Weakable>>, weakable_weak_drop});
    to.push_back({weak_release, "shared_ptr+relaxed_weak_drop", broken({Kind::data_race}),
                  make_program<WeakReleaseVsLastRelease<Shared>>, shared_weak_drop});

    const auto clone = "refcount/clone_vs_release";
    to.push_back({clone, "thread_safe_ref_count", correct(), make_program<CloneVsRelease<ThreadSafe>>});
    to.push_back({clone, "weakable_ref_count", correct(), make_program<CloneVsRelease<Weakable>>});
    to.push_back({clone, "shared_ptr", correct(), make_program<CloneVsRelease<Shared>>});
    to.push_back({clone, "ref_ptr", correct(), make_program<CloneVsRelease<RefPtr>>});

    const auto assign = "refcount/assign_vs_last_release";
    to.push_back({assign, "ref_ptr", correct(), make_program<AssignVsLastRelease<RefPtr>>});
    to.push_back({assign, "shared_ptr", correct(), make_program<AssignVsLastRelease<Shared>>});
    to.push_back({assign, "ref_ptr+release_before_retain", broken({Kind::use_after_free}),
                  make_program<AssignVsLastRelease<ReleaseFirst>>});

    add_reported_entries<P>(to);
}

}  // namespace revenant::scenarios
