#include "harness/search/lock_by_hand.hpp"

#include <algorithm>
#include <map>

namespace revenant::harness {
namespace {

using model::Operation;
using model::OperationKind;

constexpr int nobody = -3;

bool acquires(std::memory_order order) {
    return order == std::memory_order::acquire || order == std::memory_order::acq_rel ||
           order == std::memory_order::seq_cst;
}

bool releases(std::memory_order order) {
    return order == std::memory_order::release || order == std::memory_order::acq_rel ||
           order == std::memory_order::seq_cst;
}

/// What an operation may take a lock by; empty: it does not.
std::string taken_by(const Operation& operation) {
    switch (operation.kind) {
        case OperationKind::cas_strong:
        case OperationKind::cas_weak: return "compare_exchange";
        case OperationKind::exchange: return *operation.verb == '\0' ? "exchange" : operation.verb;
        case OperationKind::fetch_or: return "fetch_or";
        default: return "";
    }
}

/// Whether it may give a lock back: it asks nothing, so that nobody else can have changed the cell. A CAS or
/// a subtraction is what a count or a list goes back to its old value by.
bool gives_back(OperationKind kind) {
    return kind == OperationKind::store || kind == OperationKind::exchange ||
           kind == OperationKind::fetch_and;
}

bool may_be_a_lock(const model::Cell& cell) {
    return !is_counter(cell.role) &&
           (cell.value == model::CellValue::number || cell.value == model::CellValue::signed_number ||
            cell.value == model::CellValue::truth);
}

}  // namespace

/// One of the executions, step by step.
class LocksByHand::Execution {
public:
    Execution(LocksByHand& all, const model::Trace& trace) : all_(all), trace_(trace) {}

    void step(const model::Step& step) {
        const auto& op = step.operation;
        if (step.unfinished || step.thread == model::setup_thread) return;
        if (step.thread == model::teardown_thread) end();
        if (op.kind == OperationKind::yield) return waits(step.thread, op);
        const auto seen = held_.find(step.thread);
        if (seen != held_.end() && (op.on_block || seen->second.cell != op.target)) held_.erase(seen);
        if (op.on_block || op.target >= trace_.cells.size()) return;
        if (!may_be_a_lock(trace_.cells[op.target])) return;
        if (op.kind == OperationKind::load) {
            looks(step.thread, op);
        } else if (!model::stores_value(op)) {
            fails(step.thread, op);
        } else {
            changes(step.thread, op);
        }
    }
    /// Nobody keeps a lock when the threads have ended.
    void end() {
        for (auto& [cell, use] : uses_) {
            if (use.holder != nobody) no_lock(cell, use);
        }
    }

private:
    struct Use {
        bool is_known = false;  ///< its values are
        std::uint64_t free = 0;
        int holder = nobody;
    };
    /// What a thread's last steps have found held by another thread, and in how many of them.
    struct FoundHeld {
        model::CellId cell;
        int times = 0;
    };
    // Where a loop has no yield the thread is known to wait by its rounds.
    static constexpr int rounds_of_a_wait = 3;

    Known& known(model::CellId cell) {
        Operation of_cell;
        of_cell.target = cell;
        return all_.known(trace_.target_name(of_cell));
    }
    void no_lock(model::CellId cell, Use& use) {
        known(cell).is_something_else = true;
        use.holder = nobody;
    }
    void finds_held(int thread, model::CellId cell) {
        auto& found = held_.try_emplace(thread, FoundHeld{cell, 0}).first->second;
        if (++found.times >= rounds_of_a_wait) known(cell).is_waited_for = true;
    }
    void waits(int thread, const Operation& yield) {
        const auto found = held_.find(thread);
        if (found == held_.end() || *yield.verb != '\0') return;
        const bool is_it = yield.target == found->second.cell || yield.target == model::no_id;
        if (is_it) known(found->second.cell).is_waited_for = true;
    }
    void looks(int thread, const Operation& load) {
        const auto& use = uses_[load.target];
        const bool is_held = use.holder != nobody && use.holder != thread;
        if (is_held && !load.stale) finds_held(thread, load.target);
    }
    // A CAS that expects a free lock fails only while it is held, or has read a value of then.
    void fails(int thread, const Operation& op) {
        const bool is_cas = op.kind == OperationKind::cas_strong || op.kind == OperationKind::cas_weak;
        if (!is_cas || op.spurious || op.stale) return;
        auto& use = uses_[op.target];
        if (use.holder == nobody) return no_lock(op.target, use);
        if (use.holder != thread) finds_held(thread, op.target);
    }
    void changes(int thread, const Operation& op) {
        auto& use = uses_[op.target];
        const bool wrote_the_same = op.kind != OperationKind::store && op.before == op.after;
        if (use.holder == nobody) {
            take(thread, op, use);
        } else if (use.holder != thread && wrote_the_same && !taken_by(op).empty()) {
            finds_held(thread, op.target);
        } else if (use.holder == thread && gives_back(op.kind) && releases(op.order) &&
                   op.after == use.free) {
            use.holder = nobody;
            known(op.target).holders.insert(thread);
        } else {
            no_lock(op.target, use);
        }
    }
    void take(int thread, const Operation& op, Use& use) {
        const auto by = taken_by(op);
        const bool is_free = !use.is_known || op.before == use.free;
        if (by.empty() || !acquires(op.order) || op.before == op.after || !is_free) {
            return no_lock(op.target, use);
        }
        auto& lock = known(op.target).lock;
        if (lock.made_of.empty()) {
            lock.made_of = by;
            if (op.where.line() != 0) lock.place = model::place(op.where);
        }
        use = {true, op.before, thread};
        held_.erase(thread);
    }

    LocksByHand& all_;
    const model::Trace& trace_;
    std::map<model::CellId, Use> uses_;
    std::map<int, FoundHeld> held_;  // by thread
};

LocksByHand::Known& LocksByHand::known(const std::string& cell) {
    const auto found =
        std::find_if(known_.begin(), known_.end(), [&](const Known& one) { return one.lock.cell == cell; });
    if (found != known_.end()) return *found;
    known_.push_back({{cell, "", ""}, {}});
    return known_.back();
}

void LocksByHand::look_at(const model::Trace& trace, bool is_whole) {
    Execution execution(*this, trace);
    for (const auto& step : trace.steps) execution.step(step);
    if (is_whole) execution.end();
}

bool LocksByHand::has_candidates() const {
    return std::any_of(known_.begin(), known_.end(),
                       [](const Known& one) { return !one.is_something_else && !one.holders.empty(); });
}

std::optional<LockByHand> LocksByHand::first() const {
    for (const auto& one : known_) {
        if (!one.is_something_else && one.is_waited_for && one.holders.size() > 1) return one.lock;
    }
    return std::nullopt;
}

}  // namespace revenant::harness
