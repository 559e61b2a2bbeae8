#include "model/relations.hpp"

#include <algorithm>
#include <map>

namespace revenant::model {
namespace {

using Clock = std::vector<std::uint32_t>;

void join(Clock& into, const Clock& other) {
    for (std::size_t i = 0; i < into.size(); ++i) into[i] = std::max(into[i], other[i]);
}

bool acquires(std::memory_order order) {
    return order == std::memory_order::acquire || order == std::memory_order::consume ||
           order == std::memory_order::acq_rel || order == std::memory_order::seq_cst;
}
bool releases(std::memory_order order) {
    return order == std::memory_order::release || order == std::memory_order::acq_rel ||
           order == std::memory_order::seq_cst;
}

bool is_plain(const Operation& op) {
    return op.kind == OperationKind::read || op.kind == OperationKind::write;
}

/// A value that a cell has had: who stored it, and what reading it tells.
struct Stored {
    int step = -1;
    std::uint64_t value = 0;
    std::uint64_t before = 0;  ///< the value that it took the place of
    Clock released = {};       ///< empty: nothing is released by it
};

/// What is known of one thread's order.
struct Thread {
    Clock now;
    Clock by_fence;  ///< what its last releasing fence covers; empty: it had none
    Clock to_come;   ///< what its relaxed loads have read, for an acquiring fence
};

/// Goes through the steps once.
class Walk {
public:
    Walk(const Trace& trace, std::size_t slots, std::vector<Arrow>& arrows)
        : trace_(trace), arrows_(arrows), threads_(slots) {
        for (auto& thread : threads_) thread.now.assign(slots, 0);
    }

    Clock take(int index, std::size_t slot) {
        const auto& step = trace_.steps[static_cast<std::size_t>(index)];
        auto& thread = threads_[slot];
        if (step.thread >= 0) join(thread.now, threads_[setup_slot].now);
        if (step.thread == teardown_thread) {
            for (const auto& other : threads_) join(thread.now, other.now);
        }
        numbers_.push_back(++thread.now[slot]);
        if (!step.unfinished) act(index, step.operation, thread);
        return thread.now;
    }
    static constexpr std::size_t setup_slot = 0;
    static std::size_t slot_of(int of_thread) {
        if (of_thread == setup_thread) return setup_slot;
        return of_thread == teardown_thread ? 1 : static_cast<std::size_t>(of_thread) + 2;
    }

private:
    void act(int index, const Operation& op, Thread& thread) {
        if (op.kind == OperationKind::fence) return fence(op.order, thread);
        if (op.kind == OperationKind::unlock) {
            unlocked_[op.target] = {index, 0, 0, thread.now};
            shared_[op.target].clear();
            return;
        }
        if (op.kind == OperationKind::unlock_shared) {
            return shared_[op.target].push_back({index, 0, 0, thread.now});
        }
        if (op.kind == OperationKind::count_down) {
            if (op.failed) return;
            return counted_[op.target].push_back({index, 0, 0, thread.now});
        }
        if (op.kind == OperationKind::wait_for_latch) return follow_all(index, counted_[op.target], thread);
        if (has_locked(op) || op.kind == OperationKind::call_once) return lock(index, op, thread);
        Clock sequence;  // the release sequence that an RMW goes on with
        if (reads_value(op.kind)) sequence = read(index, op, thread);
        if (stores_value(op)) store(index, op, thread, std::move(sequence));
    }

    // It comes after the last unlock, and what nobody else may share after all that shared it since.
    void lock(int index, const Operation& op, Thread& thread) {
        if (const auto before = unlocked_.find(op.target); before != unlocked_.end()) {
            join(thread.now, before->second.released);
            arrow(before->second.step, index, Arrow::Kind::hands_over);
        }
        if (op.kind != OperationKind::lock && op.kind != OperationKind::try_lock) return;
        follow_all(index, shared_[op.target], thread);
    }
    void follow_all(int index, const std::vector<Stored>& given_back, Thread& thread) {
        for (const auto& each : given_back) {
            join(thread.now, each.released);
            arrow(each.step, index, Arrow::Kind::hands_over);
        }
    }

    static void fence(std::memory_order order, Thread& thread) {
        if (acquires(order) && !thread.to_come.empty()) join(thread.now, thread.to_come);
        if (releases(order)) thread.by_fence = thread.now;
    }

    // Whether a load may as well have read an older store of the same value: then what it has learned is not
    // known, and nothing is claimed. A store that is known to come before the load hides those before it.
    bool is_ambiguous(const std::vector<Stored>& values, std::size_t at, std::uint64_t value,
                      const Thread& thread) const {
        for (std::size_t i = at; i-- > 0 && !is_known(values[i].step, thread);) {
            if ((i == 0 ? values[0].before : values[i - 1].value) == value) return true;
        }
        return false;
    }
    bool is_known(int step, const Thread& thread) const {
        const auto i = static_cast<std::size_t>(step);
        return thread.now[slot_of(trace_.steps[i].thread)] >= numbers_[i];
    }

    Clock read(int index, const Operation& op, Thread& thread) {
        const auto& values = history_[op.target];
        // The newest of that value; a stale load read an older one than the newest of all.
        std::size_t at = values.size() - (op.stale && !values.empty() ? 1 : 0);
        while (at > 0 && values[at - 1].value != op.before) --at;
        if (at == 0) return {};  // the initial value
        const auto& from = values[at - 1];
        if (op.kind == OperationKind::load && is_ambiguous(values, at, op.before, thread)) return {};
        const bool synchronises = !is_plain(op) && acquires(op.order) && !from.released.empty();
        if (synchronises) {
            join(thread.now, from.released);
        } else if (!is_plain(op) && !from.released.empty()) {
            if (thread.to_come.empty()) thread.to_come.assign(thread.now.size(), 0);
            join(thread.to_come, from.released);
        }
        arrow(from.step, index, synchronises ? Arrow::Kind::synchronises : Arrow::Kind::reads_from);
        return from.released;
    }

    void store(int index, const Operation& op, const Thread& thread, Clock sequence) {
        Stored stored{index, op.after, op.before};
        if (!is_plain(op)) {
            stored.released = std::move(sequence);
            const Clock& own = releases(op.order) ? thread.now : thread.by_fence;
            if (stored.released.empty()) {
                stored.released = own;
            } else if (!own.empty()) {
                join(stored.released, own);
            }
        }
        history_[op.target].push_back(std::move(stored));
    }

    void arrow(int from, int to, Arrow::Kind kind) {
        const auto thread = [&](int i) { return trace_.steps[static_cast<std::size_t>(i)].thread; };
        if (thread(from) != thread(to)) arrows_.push_back({from, to, kind});
    }

    const Trace& trace_;
    std::vector<Arrow>& arrows_;
    std::vector<Thread> threads_;
    std::vector<std::uint32_t> numbers_;  ///< of each step: how many its thread had taken with it
    std::map<CellId, std::vector<Stored>> history_;
    std::map<CellId, Stored> unlocked_;
    std::map<CellId, std::vector<Stored>> shared_;   ///< parts that were given back since
    std::map<CellId, std::vector<Stored>> counted_;  ///< how a latch was counted down
};

}  // namespace

Relations::Relations(const Trace& trace) {
    std::size_t slots = 2;
    for (const auto& step : trace.steps) slots = std::max(slots, static_cast<std::size_t>(step.thread + 3));
    Walk walk(trace, slots, arrows_);
    for (std::size_t i = 0; i < trace.steps.size(); ++i) {
        slots_.push_back(Walk::slot_of(trace.steps[i].thread));
        clocks_.push_back(walk.take(static_cast<int>(i), slots_.back()));
    }
}

bool Relations::happens_before(int first, int second) const {
    const auto a = static_cast<std::size_t>(first);
    const auto b = static_cast<std::size_t>(second);
    return first < second && clocks_[b][slots_[a]] >= clocks_[a][slots_[a]];
}

}  // namespace revenant::model
