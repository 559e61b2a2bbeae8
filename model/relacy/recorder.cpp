#include "model/relacy/recorder.hpp"

#include <algorithm>

#include "model/relacy/untracked.hpp"
#include "model/relacy/watchdog.hpp"

namespace revenant::model::relacy {
namespace {

// The vectors grow while modelled code runs, whose allocations Relacy counts; ours are not to be.
template <class T>
void append(std::vector<T>& to, const T& value) {
    if (to.size() == to.capacity()) {
        const Untracked scope;
        to.reserve(to.capacity() * 2 + 64);
    }
    to.push_back(value);
}

}  // namespace

void Recorder::begin() {
    std::swap(trace, previous_);
    std::swap(choices, previous_choices_);
    chosen_before_.clear();
    trace.blocks.clear();
    trace.cells.clear();
    trace.steps.clear();
    choices.clear();
    extents_.clear();
    hidden_.clear();
    blocking_.begin();
    destroyed_.clear();
    confirming_.fill(no_id);
    waiting_.begin();
    pending_ = {};
    locks_held_ = {};
    wake_ups_ = {};
    time_outs_ = {};
    call_.fill("");
    deferred_ = {};
    violation_ = {};
    spins_ = false;
    every_step.clear();
    looks = false;
    thread = setup_thread;
    running = 0;
}

BlockId Recorder::add_block(const char* label, const void* address, std::size_t size, void* allocated) {
    Block block;
    block.label = label;
    block.ordinal = 1;
    for (const auto& earlier : trace.blocks) {
        if (std::string_view(earlier.label) == label) ++block.ordinal;
    }
    block.creator = thread;
    block.allocated_step = static_cast<int>(trace.steps.size());
    append(trace.blocks, block);
    append(extents_, Extent{static_cast<const char*>(address), size, allocated});
    return static_cast<BlockId>(trace.blocks.size() - 1);
}

BlockId Recorder::live_block(const void* address) const {
    for (std::size_t i = extents_.size(); i-- > 0;) {
        if (extents_[i].begin == address && trace.blocks[i].freed_step < 0) {
            return static_cast<BlockId>(i);
        }
    }
    return no_id;
}

void Recorder::freed(BlockId block) {
    trace.blocks[block].freed_step = static_cast<int>(trace.steps.size()) - 1;
}

CellId Recorder::add_cell(const void* address, const cell_name& name, CellValue value,
                          std::uint64_t initial) {
    if (name.role == cell_role::opaque) value = CellValue::opaque;
    const auto named_cell = named(name);
    Cell cell{named_cell.text, name.role, no_id, value, initial, name.index};
    const auto* const at = static_cast<const char*>(address);
    for (std::size_t i = extents_.size(); i-- > 0;) {
        if (at >= extents_[i].begin && at < extents_[i].begin + extents_[i].size) {
            cell.block = static_cast<BlockId>(i);
            break;
        }
    }
    cell.ordinal = trace.next_ordinal(cell);
    append(trace.cells, cell);
    {
        const Untracked scope;
        blocking_.add();
    }
    append(destroyed_, std::int8_t{0});
    return static_cast<CellId>(trace.cells.size() - 1);
}

// Whether it gives an atomic a value. Of a load that is to be confirmed the CAS does, as a part of its step.
static bool changes_atomic(const Operation& operation) {
    return operation.kind == OperationKind::load ||
           (operation.kind != OperationKind::write && stores_value(operation));
}

search::Access Recorder::access_of(const Operation& operation) const {
    using search::AccessKind;
    using search::is_dropped;
    using search::Rule;
    search::Access access;
    bool spends = false;
    switch (operation.kind) {
        case OperationKind::load:
            access.kind = confirms(operation) ? AccessKind::write : AccessKind::read;
            break;
        case OperationKind::cas_strong:
        case OperationKind::cas_weak:
            if (visible_points && confirming_[slot()] == operation.target) return access;  // part of the load
            // One that has failed spuriously has used up what the next one may still do.
            spends = operation.spurious && !is_dropped(Rule::spurious_failure_is_a_write);
            access.kind = operation.failed && !spends ? AccessKind::read : AccessKind::write;
            break;
        case OperationKind::store:
        case OperationKind::exchange:
        case OperationKind::fetch_add:
        case OperationKind::fetch_sub:
        case OperationKind::fetch_or:
        case OperationKind::fetch_and:
        case OperationKind::fetch_xor: access.kind = AccessKind::write; break;
        case OperationKind::read:
            if (plain_is_visible() && !is_dropped(Rule::plain_access_is_visible))
                access.kind = AccessKind::read;
            break;
        case OperationKind::write:
            if (plain_is_visible() && !is_dropped(Rule::plain_access_is_visible)) {
                access.kind = AccessKind::write;
            }
            break;
        case OperationKind::lock: access.kind = AccessKind::lock; break;
        case OperationKind::fence:
            if (operation.order == std::memory_order::seq_cst) access.kind = AccessKind::fence;
            return access;
        case OperationKind::yield: return {AccessKind::await, operation.target, no_id};
        case OperationKind::unlock:
            if (tells_unlocks(operation.target)) access.kind = AccessKind::unlock;
            break;
        case OperationKind::try_lock:
            access.kind = operation.failed ? AccessKind::try_failed : AccessKind::try_lock;
            break;
        case OperationKind::lock_shared: access.kind = AccessKind::share; break;
        case OperationKind::try_lock_shared:
            access.kind = operation.failed ? AccessKind::try_failed : AccessKind::try_share;
            break;
        case OperationKind::unlock_shared: access.kind = AccessKind::unshare; break;
        case OperationKind::call_once:
            access.kind = operation.failed ? AccessKind::passed : AccessKind::lock;
            break;
        case OperationKind::count_down:
            access.kind = operation.failed ? AccessKind::count_nothing : AccessKind::count_down;
            break;
        case OperationKind::wait_for_latch: access.kind = AccessKind::wait_for_latch; break;
        case OperationKind::wait:
        case OperationKind::end_wait:
        case OperationKind::notify_one:
        case OperationKind::notify_all: access.kind = AccessKind::write; break;
        case OperationKind::retire:
        case OperationKind::allocate:
        case OperationKind::free: return access;
    }
    if (access.kind == AccessKind::none) return access;
    access.cell = operation.target;
    access.block = trace.cells[operation.target].block;
    access.watched = watches() && access.kind == AccessKind::write && changes_atomic(operation);
    return access;
}

void Recorder::announce(const Operation& operation, const Needs& needs) {
    announce(operation, access_of(operation), needs);
}

void Recorder::announce_together(const Operation& operation, const Needs& needs) {
    announce(operation, {search::AccessKind::lock_together, no_id, no_id}, needs);
    if (thread < 0) return;
    const Untracked scope;
    std::vector<search::Access> locks;
    for (std::size_t i = 0; i < needs.count; ++i) {
        locks.push_back({search::AccessKind::lock, needs.free[i], trace.cells[needs.free[i]].block});
    }
    execution->announce_together(thread, locks);
}

void Recorder::announce(const Operation& operation, const search::Access& access, const Needs& needs) {
    step_taken = 1;
    auto& pending = pending_[slot()];
    pending.active = true;
    pending.operation = operation;
    pending.access = access;
    pending.needs = needs;
    if (thread >= 0 && pending.access.kind != search::AccessKind::none) {
        execution->announce(thread, pending.access);
    }
}

std::uint64_t Recorder::pointer_of(std::uint64_t address) {
    if (address == 0) return 0;
    for (std::size_t i = extents_.size(); i-- > 0;) {
        const auto offset = address - reinterpret_cast<std::uintptr_t>(extents_[i].begin);
        if (offset < extents_[i].size) return pointer_into(static_cast<BlockId>(i), offset);
    }
    return pointer_outside(number_of(address) - 1);
}

std::uint64_t Recorder::number_of(std::uint64_t bits) {
    if (bits == 0) return 0;
    const auto known = std::find(hidden_.begin(), hidden_.end(), bits);
    const auto number = static_cast<std::uint64_t>(known - hidden_.begin()) + 1;
    if (known == hidden_.end()) append(hidden_, bits);
    return number;
}

void Recorder::hide_addresses(Operation& operation) {
    if (operation.on_block || operation.target >= trace.cells.size()) return;  // has no value
    switch (trace.cells[operation.target].value) {
        case CellValue::number:
        case CellValue::signed_number:
        case CellValue::real:
        case CellValue::truth: return;
        case CellValue::pointer:
            operation.before = pointer_of(operation.before);
            operation.after = pointer_of(operation.after);
            return;
        case CellValue::opaque:
            operation.before = number_of(operation.before);
            operation.after = number_of(operation.after);
            return;
    }
}

void Recorder::done(const Operation& with_addresses) {
    auto& pending = pending_[slot()];
    pending.active = false;
    append(trace.steps, Step{thread, false, with_addresses, call_[slot()]});
    auto& operation = trace.steps.back().operation;
    hide_addresses(operation);
    spins_ = visible_points && waiting_.spins(running, operation);
    if (thread < 0) return;
    if (visible_points) note_values(operation);
    // Of a CAS or a try it is not known before what it will be; before a free come the steps of the
    // destructor.
    const bool cas = operation.kind == OperationKind::cas_strong || operation.kind == OperationKind::cas_weak;
    const bool tries =
        pending.access.kind != search::AccessKind::none &&
        (operation.kind == OperationKind::try_lock || operation.kind == OperationKind::try_lock_shared ||
         operation.kind == OperationKind::call_once);
    const bool changed = cas || tries || operation.kind == OperationKind::free;
    const auto access = changed ? access_of(operation) : pending.access;
    if (access.kind != search::AccessKind::none) {
        const Untracked scope;
        execution->perform(thread, access);
        confirming_[slot()] = confirms(operation) ? operation.target : no_id;
    } else if (cas && !operation.failed) {
        confirming_[slot()] = no_id;
    }
}

// For who waits: what this thread has seen, and what it has changed.
void Recorder::note_values(const Operation& operation) {
    const Untracked scope;
    const auto cell = operation.target;
    const bool changes = operation.before != operation.after;
    switch (operation.kind) {
        case OperationKind::load: return waiting_.saw(thread, cell, !operation.stale);
        case OperationKind::read: return waiting_.saw(thread, cell, true);
        case OperationKind::write: return waiting_.changed(cell);
        case OperationKind::store:
            if (changes) waiting_.changed(cell);
            return;
        case OperationKind::cas_strong:
        case OperationKind::cas_weak:
        case OperationKind::exchange:
        case OperationKind::fetch_add:
        case OperationKind::fetch_sub:
        case OperationKind::fetch_or:
        case OperationKind::fetch_and:
        case OperationKind::fetch_xor:
            waiting_.saw(thread, cell, !operation.spurious);
            if (changes && !operation.failed) waiting_.changed(cell);
            return;
        case OperationKind::try_lock:
        case OperationKind::try_lock_shared:
            if (operation.failed) waiting_.saw(thread, cell, true);
            return;
        case OperationKind::unlock:
        case OperationKind::unlock_shared: return waiting_.changed(cell);
        default: return;
    }
}

std::optional<search::Access> Recorder::retiring(CellId cell, bool is_atomic) const {
    const bool watched = is_atomic && watches();
    if (thread < 0 || !(plain_is_visible() || watched)) return std::nullopt;
    search::Access access{search::AccessKind::retire, no_id, trace.cells[cell].block};
    if (access.block == no_id) access = {search::AccessKind::write, cell, no_id};
    access.watched = watched;
    const auto latest = execution->latest(thread);
    const bool rides = latest >= 0 && execution->events()[static_cast<std::size_t>(latest)].access == access;
    return rides ? std::nullopt : std::optional(access);
}

std::optional<search::Access> Recorder::appearing(CellId cell) const {
    const auto block = trace.cells[cell].block;
    const bool is_fresh = block != no_id && extents_[block].allocated != nullptr;
    if (thread < 0 || !watches() || is_fresh) return std::nullopt;
    return search::Access{search::AccessKind::write, cell, block, false, true};
}

std::optional<search::Access> Recorder::freeing(BlockId block) const {
    if (thread < 0 || !watches() || block == no_id) return std::nullopt;
    for (std::size_t cell = 0; cell < trace.cells.size(); ++cell) {
        if (trace.cells[cell].block == block && destroyed_[cell] == 0) {
            return search::Access{search::AccessKind::retire, no_id, block, false, true};
        }
    }
    return std::nullopt;
}

void Recorder::locked(CellId mutex) {
    ++locks_held_[slot()];
    blocking_.take(mutex, static_cast<int>(slot()));
}

void Recorder::unlocked(CellId mutex) {
    --locks_held_[slot()];
    blocking_.give_back(mutex);
    if (thread >= 0) execution->release(thread, mutex);
}

bool Recorder::lacks_a_need(int of_thread) const {
    const auto& pending = pending_[static_cast<std::size_t>(of_thread)];
    return pending.active && pending.needs.any() && !blocking_.are_met(pending.needs, of_thread);
}

bool Recorder::lets_time_pass(int of_thread) const {
    const auto& pending = pending_[static_cast<std::size_t>(of_thread)];
    return pending.active && pending.needs.or_nothing_else;
}

bool Recorder::waits_for_a_change(int of_thread) const {
    const auto* const operation = pending(of_thread);
    return operation != nullptr && operation->kind == OperationKind::yield && !waiting_.may_go_on(of_thread);
}

bool Recorder::waits_for_a_lock(int of_thread) const {
    const auto* const operation = pending(of_thread);
    return operation != nullptr && operation->kind == OperationKind::lock &&
           blocking_.holder(operation->target) >= 0;
}

std::string Recorder::difference() const {
    std::size_t same = 0;  // choices; after the first other one, other steps are no surprise
    while (same < choices.size() && same < previous_choices_.size() &&
           choices[same] == previous_choices_[same]) {
        ++same;
    }
    const std::size_t end = same < choices.size() ? chosen_before_[same] : trace.steps.size();
    for (std::size_t i = 0; i < end; ++i) {
        const auto words = [i](const Trace& of) {
            if (i >= of.steps.size()) return std::string("the execution ended before it");
            const auto& step = of.steps[i];
            const auto& where = step.operation.where;
            return of.in_words(step) + " at " + place(where);
        };
        if (words(trace) == words(previous_)) continue;
        return "step " + std::to_string(i + 1) + " was " + words(trace) + ", and before: " + words(previous_);
    }
    return {};
}

const Violation* Recorder::due() const {
    const auto& violation = deferred_[slot()];
    return violation.step >= 0 ? &violation : nullptr;
}

void Recorder::close_failed() {
    if (const auto& pending = pending_[slot()]; pending.active) {
        append(trace.steps, Step{thread, true, pending.operation, call_[slot()]});
        hide_addresses(trace.steps.back().operation);
    }
}

const Operation* Recorder::pending(int of_thread) const {
    const auto& pending = pending_[static_cast<std::size_t>(of_thread)];
    return pending.active ? &pending.operation : nullptr;
}

}  // namespace revenant::model::relacy
