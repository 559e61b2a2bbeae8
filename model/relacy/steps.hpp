// How an operation of the modelled code becomes a step: announced, scheduled, performed, written down.
// Includes Relacy: for the .cpp files of this folder only.
#pragma once

#include "model/relacy/include_relacy.hpp"
#include "model/relacy/platform.hpp"
#include "model/relacy/recorder.hpp"
#include "model/relacy/untracked.hpp"

namespace revenant::model::relacy {

inline rl::debug_info here(const source& where) {
    return {where.function_name(), where.file_name(), static_cast<unsigned>(where.line())};
}

inline rl::memory_order relacy_order(std::memory_order order) {
    switch (order) {
        case std::memory_order::relaxed: return rl::mo_relaxed;
        case std::memory_order::consume: return rl::mo_consume;
        case std::memory_order::acquire: return rl::mo_acquire;
        case std::memory_order::release: return rl::mo_release;
        case std::memory_order::acq_rel: return rl::mo_acq_rel;
        case std::memory_order::seq_cst: return rl::mo_seq_cst;
    }
    return rl::mo_seq_cst;
}

[[noreturn]] inline void fail(const Violation& violation) {
    recorder().violated(violation);
    rl::ctx().fail_test("", rl::test_result_user_assert_failed, rl::debug_info());
    std::abort();  // not reached: the execution is abandoned
}

/// In what is looked at after every step, nothing but loads of atomics.
inline void refuse_while_looking() {
    if (!recorder().looks) return;
    recorder().looks = false;
    fail({FindingKind::invariant, every_step_rules::refusal});
}

inline void raise_if_due() {
    refuse_while_looking();
    if (const auto* violation = recorder().due()) fail(*violation);
}

/// Relacy tells a use after free by what a destructor has done. Memory that is freed with something in it
/// that was not destroyed, as the value of a control block is not while strong references live, is ours to
/// tell.
inline void fail_if_left_in_freed(const Operation& operation) {
    if (operation.on_block || operation.target == no_id) return;
    if (recorder().is_left_in_freed(operation.target))
        fail({FindingKind::use_after_free, "memory that was freed"});
}

/// A thread that spins without a yield is stopped: it would go on until the execution has more steps than any
/// may have, and be searched for each number of rounds.
inline void fail_if_endless() {
    if (const auto* const why = recorder().endless()) fail({FindingKind::livelock, why});
}

/// Looks at what must hold now.
void look_at_rules();
inline void look_after_step() {
    if (recorder().watches() && recorder().thread >= 0) look_at_rules();
}

/// The announced operation is done, and all that must hold after every step does.
inline void step_done(const Operation& operation) {
    recorder().done(operation);
    look_after_step();
}

/// A step of no operation's own, which others can see.
inline void take_step(const search::Access& access) {
    recorder().execution->announce(recorder().thread, access);
    rl::ctx().sched();
    const Untracked scope;
    recorder().execution->perform(recorder().thread, access);
}

[[nodiscard]] inline CellId new_cell(const void* address, const cell_name& name,
                                     CellValue value = CellValue::number, std::uint64_t initial = 1) {
    refuse_while_looking();
    return recorder().add_cell(address, name, value, initial);
}

/// One step that other threads can see: announce it, let the others go first, do it at once.
template <class Act>
void atomically(Operation& operation, Act act) {
    raise_if_due();
    recorder().announce(operation);
    auto& context = rl::ctx();
    if (recorder().is_point()) context.sched();
    fail_if_left_in_freed(operation);
    context.disable_preemption();
    act(here(operation.where));
    context.enable_preemption();
    step_done(operation);
    fail_if_endless();
}

/// A step on plain data. A race on it is found by its clocks, whichever comes first: no scheduling point,
/// unless only the order tells.
template <class Act>
void plainly(Operation& operation, Act act) {
    raise_if_due();
    recorder().announce(operation);
    if (recorder().visible_points && recorder().is_point()) rl::ctx().sched();
    fail_if_left_in_freed(operation);
    act(here(operation.where));
    step_done(operation);
    fail_if_endless();
}

inline Operation operation_on(OperationKind kind, std::uint16_t target, const source& where) {
    Operation operation;
    operation.kind = kind;
    operation.target = target;
    operation.where = where;
    return operation;
}

/// A destructor outside of a free is what the thread does now; inside of one, the free is.
class Retiring {
public:
    /// `is_atomic`: what is looked at after every step may read it.
    explicit Retiring(CellId cell, bool is_atomic = false)
        : announced_(recorder().pending(recorder().running) == nullptr) {
        refuse_while_looking();
        if (announced_) {
            recorder().announce(operation_on(OperationKind::retire, cell, source::current()));
        }
        if (const auto access = recorder().retiring(cell, is_atomic)) take_step(*access);
        recorder().destroyed(cell);
    }
    ~Retiring() {
        if (announced_) recorder().done_silently();
    }

private:
    bool announced_;
};

/// A plain variable that every operation on its owner reads and the owner's destructor writes.
using Life = rl::var<std::uint32_t>;

template <class T>
T& as(std::byte* storage) {
    return *std::launder(reinterpret_cast<T*>(storage));
}

}  // namespace revenant::model::relacy
