// Atomics and plain variables of the model world.
#include "model/relacy/steps.hpp"

namespace revenant::model::relacy {
namespace {

/// Judges what a step did to a counter, by its values before and after.
void check_counter(const Operation& operation) {
    const auto& trace = recorder().trace;
    const auto role = trace.cells[operation.target].role;
    if (!is_counter(role) || operation.failed || operation.kind == OperationKind::load) return;
    const auto before = operation.before;
    const auto after = operation.after;
    Violation violation;
    violation.step = static_cast<int>(trace.steps.size());
    if (operation.kind == OperationKind::fetch_add && after < before) {
        violation.kind = FindingKind::counter_overflow;
        violation.text = "a counter overflowed";
    } else if (operation.kind == OperationKind::fetch_sub && after > before) {
        violation.kind = FindingKind::counter_underflow;
        violation.text = "a counter underflowed";
    } else if (before == 0 && after > 0 && role == cell_role::strong_count && recorder().revivals_fail) {
        violation.kind = FindingKind::resurrection;
        violation.text = "a strong count went 0→1";
    } else {
        return;
    }
    recorder().defer(violation);
}

/// Whether Relacy knows this pair of a CAS's orders; of any other it would silently do nothing. C++17
/// allows every pair.
bool includes(rl::memory_order success, rl::memory_order failure) {
    if (failure == rl::mo_relaxed) return true;
    if (failure == rl::mo_seq_cst) return success == rl::mo_seq_cst;
    return success != rl::mo_relaxed && success != rl::mo_release;
}

}  // namespace

namespace detail {

template <class Word>
AtomicCell<Word>::AtomicCell(Word initial, const cell_name& name, CellValue value)
    : id_(recorder().add_cell(this, name, value, initial)) {
    static_assert(sizeof(rl::atomic<Word>) <= sizeof atomic_ && sizeof(Life) <= sizeof life_);
    auto* const atomic = ::new (atomic_) rl::atomic<Word>();
    ::new (life_) Life(1);
    // Relacy's own constructor stores, with a scheduling point. An initial value is not an operation.
    auto& context = rl::ctx();
    context.disable_preemption();
    atomic->store(initial, rl::mo_relaxed, rl::debug_info());
    context.enable_preemption();
}

template <class Word>
AtomicCell<Word>::~AtomicCell() {
    const Retiring now(id_);
    if (recorder().unordered_destroys_fail) as<Life>(life_)(rl::debug_info()).store(0);
    as<Life>(life_).~Life();
    as<rl::atomic<Word>>(atomic_).~atomic();
}

// The life is read at the step itself, not when it is announced; and before the operation: after a
// releasing decrement another thread may destroy it, rightly.
template <class Word>
template <class Act>
void AtomicCell<Word>::perform(Operation& operation, Act act) {
    atomically(operation, [&](const rl::debug_info& info) {
        static_cast<void>(as<Life>(life_)(info).load());
        act(as<rl::atomic<Word>>(atomic_), info);
        check_counter(operation);
    });
}

template <class Word>
Word AtomicCell<Word>::load(Order order, source where, bool confirming) {
    auto operation = operation_on(OperationKind::load, id_, where);
    operation.confirming = confirming;
    operation.order = effective(order);
    perform(operation, [&](auto& atomic, const rl::debug_info& info) {
        operation.before = atomic.load(relacy_order(operation.order), info);
        operation.stale = operation.before != atomic.debug_value();
    });
    return static_cast<Word>(operation.before);
}

template <class Word>
void AtomicCell<Word>::store(Word value, Order order, source where) {
    auto operation = operation_on(OperationKind::store, id_, where);
    operation.order = effective(order);
    operation.after = value;
    perform(operation, [&](auto& atomic, const rl::debug_info& info) {
        operation.before = atomic.debug_value();
        atomic.store(value, relacy_order(operation.order), info);
    });
}

template <class Word>
Word AtomicCell<Word>::modify(OperationKind kind, Word value, Order order, source where) {
    auto operation = operation_on(kind, id_, where);
    operation.order = effective(order);
    const auto relacys = relacy_order(operation.order);
    perform(operation, [&](auto& atomic, const rl::debug_info& info) {
        Word before = 0;
        Word after = value;
        if (kind == OperationKind::fetch_add) {
            before = atomic.fetch_add(value, relacys, info);
            after = static_cast<Word>(before + value);
        } else if (kind == OperationKind::fetch_sub) {
            before = atomic.fetch_sub(value, relacys, info);
            after = static_cast<Word>(before - value);
        } else {
            before = atomic.exchange(value, relacys, info);
        }
        operation.before = before;
        operation.after = after;
    });
    return static_cast<Word>(operation.before);
}

template <class Word>
bool AtomicCell<Word>::compare_exchange(OperationKind kind, Word& expected, Word desired, Order success,
                                        Order failure, source where) {
    auto operation = operation_on(kind, id_, where);
    operation.order = effective(success);
    operation.after = desired;
    const auto on_success = relacy_order(operation.order);
    const auto order_of_failure = effective(failure);
    const auto on_failure = relacy_order(order_of_failure);
    const Word wanted = expected;
    const bool fits = includes(on_success, on_failure);
    const auto first_try = fits ? on_failure : rl::mo_relaxed;
    perform(operation, [&](auto& atomic, const rl::debug_info& info) {
        // As a part of its load's step it has no choice of its own: see load_to_confirm.
        const bool may_fail_spuriously = kind == OperationKind::cas_weak && recorder().is_point();
        operation.failed =
            may_fail_spuriously
                ? !atomic.compare_exchange_weak(expected, desired, on_success, info, first_try, info)
                : !atomic.compare_exchange_strong(expected, desired, on_success, info, first_try, info);
        operation.before = expected;
        if (operation.failed && !fits) {  // nobody comes between: one that must fail has the right order
            Word other = ~expected;
            static_cast<void>(
                atomic.compare_exchange_strong(other, desired, rl::mo_seq_cst, info, on_failure, info));
        }
        operation.spurious = operation.failed && expected == wanted;
        if (operation.failed) operation.order = order_of_failure;
    });
    return !operation.failed;
}

template class AtomicCell<std::uint32_t>;
template class AtomicCell<std::uint64_t>;

using Var = rl::var<std::uint64_t>;

VarCell::VarCell(std::uint64_t initial, const cell_name& name, CellValue value)
    : id_(recorder().add_cell(this, name, value, initial)) {
    static_assert(sizeof(Var) <= sizeof var_);
    ::new (var_) Var(initial);
}

// The write makes a destructor that is not ordered after every access a data race.
VarCell::~VarCell() {
    const Retiring now(id_);
    if (recorder().unordered_destroys_fail) as<Var>(var_)(rl::debug_info()).store(0);
    as<Var>(var_).~Var();
}

std::uint64_t VarCell::get(source where) const {
    auto operation = operation_on(OperationKind::read, id_, where);
    plainly(operation, [&](const rl::debug_info& info) { operation.before = as<Var>(var_)(info).load(); });
    return operation.before;
}

void VarCell::set(std::uint64_t value, source where) {
    auto operation = operation_on(OperationKind::write, id_, where);
    operation.after = value;
    plainly(operation, [&](const rl::debug_info& info) { as<Var>(var_)(info).store(value); });
}

}  // namespace detail
}  // namespace revenant::model::relacy
