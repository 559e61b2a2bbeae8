#include "model/relacy/platform.hpp"

#include "model/relacy/include_relacy.hpp"
#include "model/relacy/overrides.hpp"
#include "model/relacy/recorder.hpp"
#include "model/relacy/untracked.hpp"

// Relacy's replacements of the global operators are inline: which of them a compiler leaves in the
// program is its own affair, and clang leaves new out while delete stays. All of them, or none.
[[gnu::used]] static void* (*const keep_new)(std::size_t) = &operator new;
[[gnu::used]] static void* (*const keep_new_array)(std::size_t) = &operator new[];
[[gnu::used]] static void (*const keep_delete)(void*) noexcept = &operator delete;
[[gnu::used]] static void (*const keep_delete_array)(void*) noexcept = &operator delete[];

// Relacy replaces the unsized operator delete only. Code that is compiled with sized deallocation,
// a library's included, would free a block of Relacy's with the wrong function.
void operator delete(void* p, std::size_t) noexcept { ::operator delete(p); }
void operator delete[](void* p, std::size_t) noexcept { ::operator delete[](p); }

namespace revenant::model::relacy {
namespace {

// Protected in Relacy, and the only way to say that an allocation is not the program's.
struct Open : rl::context {
    static int& disable_alloc() { return rl::ctx().*(&Open::disable_alloc_); }
};

rl::debug_info here(const source& where) {
    return {where.function_name(), where.file_name(), static_cast<unsigned>(where.line())};
}

rl::memory_order relacy_order(std::memory_order order) {
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

std::memory_order effective(const detail::Order& order) {
    return overridden(order.site, order.order);
}

[[noreturn]] void fail(const Violation& violation) {
    recorder().violated(violation);
    rl::ctx().fail_test("", rl::test_result_user_assert_failed, rl::debug_info());
    std::abort();  // not reached: the execution is abandoned
}

void raise_if_due() {
    if (const auto* violation = recorder().due()) fail(*violation);
}

/// One step that other threads can see: announce it, let the others go first, do it at once.
template <class Act>
void atomically(Operation& operation, Act act) {
    raise_if_due();
    recorder().announce(operation);
    auto& context = rl::ctx();
    context.sched();
    context.disable_preemption();
    act(here(operation.where));
    context.enable_preemption();
    recorder().done(operation);
}

/// A step on plain data: not a scheduling point; a race on it is found by its clocks.
template <class Act>
void plainly(Operation& operation, Act act) {
    raise_if_due();
    recorder().announce(operation);
    act(here(operation.where));
    recorder().done(operation);
}

Operation operation_on(OperationKind kind, std::uint16_t target, const source& where) {
    Operation operation;
    operation.kind = kind;
    operation.target = target;
    operation.where = where;
    return operation;
}

/// A destructor outside of a free is what the thread does now; inside of one, the free is.
class Retiring {
public:
    Retiring(CellId cell) : announced_(recorder().pending(recorder().running) == nullptr) {
        if (announced_) {
            recorder().announce(operation_on(OperationKind::retire, cell, source::current()));
        }
    }
    ~Retiring() {
        if (announced_) recorder().done_silently();
    }

private:
    bool announced_;
};

template <class T>
T& as(std::byte* storage) {
    return *std::launder(reinterpret_cast<T*>(storage));
}

void check_counter(const Operation& operation, std::uint64_t max) {
    const auto& trace = recorder().trace;
    const auto role = trace.cells[operation.target].role;
    if (role == cell_role::plain || operation.failed) return;
    const bool adds = operation.kind == OperationKind::fetch_add ||
                      operation.kind == OperationKind::cas_strong ||
                      operation.kind == OperationKind::cas_weak;
    const bool subtracts = operation.kind == OperationKind::fetch_sub;
    Violation violation;
    violation.step = static_cast<int>(trace.steps.size());
    if (adds && operation.before == max) {
        violation.kind = FindingKind::counter_overflow;
        violation.text = "a counter overflowed";
    } else if (subtracts && operation.before == 0) {
        violation.kind = FindingKind::counter_underflow;
        violation.text = "a counter underflowed";
    } else if (adds && operation.before == 0 && role == cell_role::strong_count) {
        violation.kind = FindingKind::resurrection;
        violation.text = "a strong count went 0→1";
    } else {
        return;
    }
    recorder().defer(violation);
}

}  // namespace

Untracked::Untracked() {
    if (rl::is_ctx()) ++Open::disable_alloc();
}
Untracked::~Untracked() {
    if (rl::is_ctx()) --Open::disable_alloc();
}

namespace detail {

using Life = rl::var<std::uint32_t>;

template <class Word>
AtomicCell<Word>::AtomicCell(Word initial, const cell_name& name)
    : id_(recorder().add_cell(this, name)) {
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
        check_counter(operation, std::numeric_limits<Word>::max());
    });
}

template <class Word>
Word AtomicCell<Word>::load(Order order, source where) {
    auto operation = operation_on(OperationKind::load, id_, where);
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
Word AtomicCell<Word>::exchange(Word value, Order order, source where) {
    auto operation = operation_on(OperationKind::exchange, id_, where);
    operation.order = effective(order);
    operation.after = value;
    perform(operation, [&](auto& atomic, const rl::debug_info& info) {
        operation.before = atomic.exchange(value, relacy_order(operation.order), info);
    });
    return static_cast<Word>(operation.before);
}

template <class Word>
Word AtomicCell<Word>::fetch_add(Word value, Order order, source where) {
    auto operation = operation_on(OperationKind::fetch_add, id_, where);
    operation.order = effective(order);
    perform(operation, [&](auto& atomic, const rl::debug_info& info) {
        operation.before = atomic.fetch_add(value, relacy_order(operation.order), info);
        operation.after = static_cast<Word>(operation.before + value);
    });
    return static_cast<Word>(operation.before);
}

template <class Word>
Word AtomicCell<Word>::fetch_sub(Word value, Order order, source where) {
    auto operation = operation_on(OperationKind::fetch_sub, id_, where);
    operation.order = effective(order);
    perform(operation, [&](auto& atomic, const rl::debug_info& info) {
        operation.before = atomic.fetch_sub(value, relacy_order(operation.order), info);
        operation.after = static_cast<Word>(operation.before - value);
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
    const auto on_failure = relacy_order(effective(failure));
    const Word wanted = expected;
    perform(operation, [&](auto& atomic, const rl::debug_info& info) {
        operation.failed =
            kind == OperationKind::cas_weak
                ? !atomic.compare_exchange_weak(expected, desired, on_success, info, on_failure, info)
                : !atomic.compare_exchange_strong(expected, desired, on_success, info, on_failure, info);
        operation.before = expected;
        operation.spurious = operation.failed && expected == wanted;
    });
    return !operation.failed;
}

template class AtomicCell<std::uint32_t>;
template class AtomicCell<std::uint64_t>;

using Var = rl::var<std::uint64_t>;

VarCell::VarCell(std::uint64_t initial, const cell_name& name, bool opaque)
    : id_(recorder().add_cell(this, name, opaque)) {
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
    plainly(operation, [&](const rl::debug_info& info) {
        operation.before = as<Var>(var_)(info).load();
    });
    return operation.before;
}

void VarCell::set(std::uint64_t value, source where) {
    auto operation = operation_on(OperationKind::write, id_, where);
    operation.after = value;
    plainly(operation, [&](const rl::debug_info& info) { as<Var>(var_)(info).store(value); });
}

void* allocate(std::size_t size, const char* label, source where) {
    raise_if_due();
    void* const memory = rl::ctx().alloc(size, false, here(where));
    auto operation =
        operation_on(OperationKind::allocate, recorder().add_block(label, memory, size), where);
    operation.on_block = true;
    recorder().announce(operation);
    recorder().done(operation);
    return memory;
}

void begin_free(const void* object, source where) {
    raise_if_due();
    auto operation = operation_on(OperationKind::free, recorder().live_block(object), where);
    operation.on_block = true;
    recorder().announce(operation);
    if (operation.target == no_id) {
        fail({FindingKind::double_free, "memory is freed once"});
    }
}

void end_free(void* object, source where) {
    const auto block = recorder().live_block(object);
    auto operation = operation_on(OperationKind::free, block, where);
    operation.on_block = true;
    recorder().done(operation);
    recorder().freed(block);
    rl::ctx().free(object, false, here(where));
}

void violated(FindingKind kind, const char* text) { fail({kind, text}); }

}  // namespace detail

relacy_platform::mutex::mutex(cell_name name) : id_(recorder().add_cell(this, name)) {
    static_assert(sizeof(rl::mutex) <= sizeof mutex_);
    ::new (mutex_) rl::mutex();
}
relacy_platform::mutex::~mutex() { std::destroy_at(&as<rl::mutex>(mutex_)); }

void relacy_platform::mutex::lock(source where) {
    auto operation = operation_on(OperationKind::lock, id_, where);
    atomically(operation, [&](const rl::debug_info& info) { as<rl::mutex>(mutex_).lock(info); });
    recorder().count_lock(1);
}

void relacy_platform::mutex::unlock(source where) {
    auto operation = operation_on(OperationKind::unlock, id_, where);
    atomically(operation, [&](const rl::debug_info& info) { as<rl::mutex>(mutex_).unlock(info); });
    recorder().count_lock(-1);
}

void relacy_platform::fence(order o, source where) {
    auto operation = operation_on(OperationKind::fence, no_id, where);
    operation.order = effective(o);
    atomically(operation, [&](const rl::debug_info& info) {
        rl::atomic_thread_fence(relacy_order(operation.order), info);
    });
}

bool relacy_platform::holds_a_mutex() { return recorder().locks_held() > 0; }

}  // namespace revenant::model::relacy
