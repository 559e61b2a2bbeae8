// Atomics and plain variables of the model world.
#include "model/relacy/cells.hpp"

#include "model/relacy/steps.hpp"

namespace revenant::model::relacy {
namespace {

/// Judges what a step did to a counter, by its values before and after. `goes_down`: what was added is below
/// 0, or what was subtracted is not.
void check_counter(const Operation& operation, bool goes_down) {
    const auto& trace = recorder().trace;
    const auto& cell = trace.cells[operation.target];
    if (!is_counter(cell.role) || operation.failed || operation.kind == OperationKind::load) return;
    const auto before = operation.before;
    const auto after = operation.after;
    const bool is_signed = cell.value == CellValue::signed_number;
    const auto is_less = [&](std::uint64_t a, std::uint64_t b) {
        return is_signed ? static_cast<std::int64_t>(a) < static_cast<std::int64_t>(b) : a < b;
    };
    const bool sums =
        operation.kind == OperationKind::fetch_add || operation.kind == OperationKind::fetch_sub;
    Violation violation;
    violation.step = static_cast<int>(trace.steps.size());
    if (sums && !goes_down && is_less(after, before)) {
        violation.kind = FindingKind::counter_overflow;
        violation.text = "a counter overflowed";
    } else if (sums && goes_down && (is_less(before, after) || (is_signed && is_less(after, 0)))) {
        violation.kind = FindingKind::counter_underflow;
        violation.text = "a counter underflowed";
    } else if (before == 0 && is_less(0, after) && cell.role == cell_role::strong_count &&
               recorder().revivals_fail) {
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

using Atomic = rl::atomic<std::uint64_t>;

}  // namespace

namespace detail {

AtomicCell::AtomicCell(std::uint64_t initial, const cell_name& name, CellValue value)
    : id_(new_cell(this, name, value, initial)) {
    static_assert(sizeof(Atomic) <= sizeof atomic_ && sizeof(Life) <= sizeof life_);
    if (const auto access = recorder().appearing(id_)) {
        recorder().destroyed(id_);
        take_step(*access);
        recorder().born(id_);
    }
    auto* const atomic = ::new (atomic_) Atomic();
    ::new (life_) Life(1);
    // Relacy's own constructor stores, with a scheduling point. An initial value is not an operation.
    auto& context = rl::ctx();
    context.disable_preemption();
    atomic->store(initial, rl::mo_relaxed, rl::debug_info());
    context.enable_preemption();
}

AtomicCell::~AtomicCell() {
    const Retiring now(id_, true);
    if (recorder().unordered_destroys_fail) as<Life>(life_)(rl::debug_info()).store(0);
    as<Life>(life_).~Life();
    as<Atomic>(atomic_).~Atomic();
}

// The life is read at the step itself, not when it is announced; and before the operation: after a
// releasing decrement another thread may destroy it, rightly.
template <class Act>
void AtomicCell::perform(Operation& operation, Act act) {
    atomically(operation, [&](const rl::debug_info& info) {
        static_cast<void>(as<Life>(life_)(info).load());
        act(as<Atomic>(atomic_), info);
    });
}

// No step: nobody else can tell that it was read, nor is anything in order because of it.
std::uint64_t AtomicCell::newest(source where) const {
    if (recorder().is_gone(id_)) {
        recorder().looks = false;
        recorder().announce(operation_on(OperationKind::load, id_, where), search::Access{});
        fail({FindingKind::use_after_free, "memory that was freed"});
    }
    return std::launder(reinterpret_cast<const Atomic*>(atomic_))->debug_value();
}

std::uint64_t AtomicCell::load(Order order, source where, const char* verb, bool confirming) {
    if (recorder().looks) return newest(where);
    auto operation = operation_on(OperationKind::load, id_, where);
    operation.verb = verb;
    operation.confirming = confirming;
    operation.order = order.order;
    perform(operation, [&](auto& atomic, const rl::debug_info& info) {
        operation.before = atomic.load(relacy_order(operation.order), info);
        operation.stale = operation.before != atomic.debug_value();
    });
    return operation.before;
}

void AtomicCell::store(std::uint64_t value, Order order, source where, const char* verb) {
    auto operation = operation_on(OperationKind::store, id_, where);
    operation.verb = verb;
    operation.order = order.order;
    operation.after = value;
    perform(operation, [&](auto& atomic, const rl::debug_info& info) {
        operation.before = atomic.debug_value();
        atomic.store(value, relacy_order(operation.order), info);
        check_counter(operation, false);
    });
}

std::uint64_t AtomicCell::modify(OperationKind kind, const Change& change, Order order, source where,
                                 const char* verb) {
    auto operation = operation_on(kind, id_, where);
    operation.verb = verb;
    operation.order = order.order;
    perform(operation, [&](auto& atomic, const rl::debug_info& info) {
        // A read-modify-write reads the newest value, and nobody comes between.
        operation.before = atomic.debug_value();
        operation.after = change.after(operation.before, change.operand);
        static_cast<void>(atomic.exchange(operation.after, relacy_order(operation.order), info));
        check_counter(operation, change.goes_down);
    });
    return operation.before;
}

bool AtomicCell::compare_exchange(OperationKind kind, std::uint64_t& expected, std::uint64_t desired,
                                  Order success, Order failure, source where) {
    auto operation = operation_on(kind, id_, where);
    operation.order = success.order;
    operation.after = desired;
    const auto on_success = relacy_order(operation.order);
    const auto order_of_failure = failure.order;
    const auto on_failure = relacy_order(order_of_failure);
    const auto wanted = expected;
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
            std::uint64_t other = ~expected;
            static_cast<void>(
                atomic.compare_exchange_strong(other, desired, rl::mo_seq_cst, info, on_failure, info));
        }
        operation.spurious = operation.failed && expected == wanted;
        if (operation.failed) operation.order = order_of_failure;
        check_counter(operation, false);
    });
    return !operation.failed;
}

using Var = rl::var<std::uint32_t>;

VarCell::VarCell(std::uint64_t initial, const cell_name& name, CellValue value)
    : id_(new_cell(this, name, value, initial)) {
    static_assert(sizeof(Var) <= sizeof var_);
    ::new (var_) Var(0);
}

// The write makes a destructor that is not ordered after every access a data race.
VarCell::~VarCell() {
    const Retiring now(id_);
    if (recorder().unordered_destroys_fail) as<Var>(var_)(rl::debug_info()).store(0);
    as<Var>(var_).~Var();
}

void VarCell::read(const Data& data, source where) const {
    auto operation = operation_on(OperationKind::read, id_, where);
    plainly(operation, [&](const rl::debug_info& info) {
        static_cast<void>(as<Var>(var_)(info).load());
        if (data.word != nullptr) operation.before = data.word(data.at);
    });
}

void VarCell::write(std::uint64_t after, bool lent, source where) {
    auto operation = operation_on(OperationKind::write, id_, where);
    operation.after = after;
    operation.lent = lent;
    plainly(operation, [&](const rl::debug_info& info) { as<Var>(var_)(info).store(0); });
}

}  // namespace detail
}  // namespace revenant::model::relacy
