// WRONG ON PURPOSE: plausible mistakes around an upgrade. Convicted by refcount/upgrade_vs_last_release.
#pragma once

#include <atomic>
#include <cstdint>

#include <revenant/platform.hpp>
#include "scenarios/subjects/counted.hpp"

namespace revenant::scenarios::mutants {

/// WRONG: the upgrade looks whether the count is 0, and adds in a second step: it may have become 0 between
/// them. The other orders are those of weakable_ref_count, and argued there.
template <class Derived, class P>
class upgrade_in_two_steps {
public:
    void ref() { strong_.fetch_add(1, std::memory_order::relaxed); }
    void deref() {
        auto& object = self();
        if (strong_.fetch_sub(1, std::memory_order::acq_rel) != 1) return;
        object.drop_contents();
        weak_deref();
    }
    void weak_ref() { weak_.fetch_add(1, std::memory_order::relaxed); }
    void weak_deref() {
        auto& object = self();
        if (weak_.fetch_sub(1, std::memory_order::acq_rel) == 1) object.free_memory();
    }
    [[nodiscard]] bool upgrade() {
        if (strong_.load(std::memory_order::acquire) == 0) return false;
        strong_.fetch_add(1, std::memory_order::acquire);
        return true;
    }

private:
    Derived& self() { return static_cast<Derived&>(*this); }
    typename P::template atomic<std::uint32_t> strong_{1, {"strong", cell_role::strong_count}};
    typename P::template atomic<std::uint32_t> weak_{1, {"weak", cell_role::weak_count}};
};

template <class P>
class UpgradedInTwoSteps : public upgrade_in_two_steps<UpgradedInTwoSteps<P>, P> {
public:
    static constexpr const char* log_name = "object";
    explicit UpgradedInTwoSteps(Witness<P>& witness) : witness_(witness) {}
    void drop_contents() {
        witness_.destroys(this);
        slots.read_all();
    }
    void free_memory() { P::destroy(this); }
    Slots<P> slots;

private:
    Witness<P>& witness_;
};

/// WRONG: the upgrade may refuse, and its caller goes on as if it had not.
template <class P_, class Object>
class RefusalIgnoredSubject : public IntrusiveCountedSubject<P_, Object> {
public:
    using P = P_;
    [[nodiscard]] Object* upgrade(Object* held) {
        static_cast<void>(IntrusiveCountedSubject<P_, Object>::upgrade(held));
        return held;
    }
    /// Looks only: a write would race with the destructor before the count shows what is wrong.
    void write(Object* held, unsigned) { this->read(held); }
};

}  // namespace revenant::scenarios::mutants
