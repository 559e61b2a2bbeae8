#include "model/search/dpor.hpp"

namespace revenant::model::search {
namespace {

constexpr ThreadSet one(int thread) { return ThreadSet{1} << thread; }
constexpr bool has(ThreadSet set, int thread) { return (set & one(thread)) != 0; }

template <class Visit>
void for_each(ThreadSet set, Visit visit) {
    for (; set != 0; set &= set - 1) visit(std::countr_zero(set));
}

}  // namespace

Dpor::Dpor(const SymmetryClasses& classes) {
    for (std::size_t thread = 0; thread < classes.size(); ++thread) {
        for (std::size_t before = 0; before < thread; ++before) {
            if (classes[before] == classes[thread]) twins_before_[thread] |= one(static_cast<int>(before));
        }
    }
}

void Dpor::begin() {
    next_digit_ = 0;
    is_blocked_ = false;
    choices_ = 0;
}

void Dpor::diverge() {
    if (diverged_at_ < 0) diverged_at_ = choices_ - 1;
}

int Dpor::next_thread(ThreadSet runnable, int running) {
    ++choices_;
    // What a thread does before its first step is no other thread's business: all do it at once.
    if (const ThreadSet fresh = runnable & ~execution.started()) return std::countr_zero(fresh);
    if (is_blocked_) return nth_thread(runnable, running, 0);
    const auto depth = execution.position();
    if (depth < nodes_.size()) {
        const auto& node = nodes_[depth];
        if (node.runnable == runnable && execution.differed_at() < 0) return node.thread;
        diverge();
        return nth_thread(runnable, running, 0);
    }
    Node node;
    node.runnable = runnable;
    node.stepped = execution.stepped();
    node.digits = digits_.size();
    if (!nodes_.empty()) node.sleep = asleep_after(nodes_.back());
    const ThreadSet awake = runnable & ~node.sleep & ~held_back(node.stepped);
    if (awake == 0) {  // an execution cannot be broken off: it is run to its end, without branches
        is_blocked_ = true;
        ++blocked_;
        return nth_thread(runnable, running, 0);
    }
    node.thread = nth_thread(awake, running, 0);
    node.backtrack = one(node.thread);
    nodes_.push_back(node);
    return node.thread;
}

// Who slept before the parent's step, and is not woken by it.
ThreadSet Dpor::asleep_after(const Node& parent) const {
    ThreadSet asleep = parent.sleep & ~one(parent.thread);
    const auto& done = execution.events()[nodes_.size() - 1].access;
    for_each(asleep, [&](int thread) {
        if (planted(Rule::conflict_wakes_a_sleeper)) return;
        if (conflict(execution.pending(thread), done)) asleep &= ~one(thread);
    });
    return asleep;
}

// Threads that wait with their first step for a twin's.
ThreadSet Dpor::held_back(ThreadSet stepped) const {
    ThreadSet waiting = 0;
    for (std::size_t thread = 0; thread < twins_before_.size(); ++thread) {
        if ((twins_before_[thread] & ~stepped) != 0) waiting |= one(static_cast<int>(thread));
    }
    return waiting & ~stepped;
}

// Each thread, or the twin that takes the class's next first step in its place.
ThreadSet Dpor::representatives(ThreadSet threads, ThreadSet stepped) const {
    ThreadSet result = 0;
    for_each(threads, [&](int thread) {
        const ThreadSet waiting = twins_before_[static_cast<std::size_t>(thread)] & ~stepped;
        const bool first_step = !has(stepped, thread);
        result |= one(first_step && waiting != 0 ? std::countr_zero(waiting) : thread);
    });
    return result;
}

unsigned Dpor::choose(ChoiceKind kind, unsigned count) {
    ++choices_;
    if (is_blocked_ || nodes_.empty()) return kind == ChoiceKind::spurious_failure ? count - 1 : 0;
    const auto& node = nodes_[execution.position()];
    if (planted(kind == ChoiceKind::stale_read ? Rule::stale_read_is_offered : Rule::spurious_failure_is_offered)) {
        return kind == ChoiceKind::stale_read ? 0 : count - 1;
    }
    if (kind == ChoiceKind::stale_read &&
        !execution.newest_store_precedes(node.thread, execution.pending(node.thread).cell)) {
        return 0;
    }
    if (next_digit_ == digits_.size()) digits_.push_back({0, static_cast<std::uint8_t>(count)});
    const auto& digit = digits_[next_digit_++];
    if (digit.count != count) {
        diverge();
        return 0;
    }
    return kind == ChoiceKind::spurious_failure ? count - 1 - digit.value : digit.value;  // 0: it fails
}

// The threads that can go first after the race's first step is left out: of the steps from there to
// the second one, those that do not come after the first, and the second, in their order.
ThreadSet Dpor::initials(const Race& race) const {
    const auto& events = execution.events();
    const auto& first = events[race.first];
    ThreadSet seen = 0;
    ThreadSet result = 0;
    std::array<std::uint32_t, clock_width> earliest{};
    for (auto i = race.first + 1; i <= race.second; ++i) {
        const auto& event = events[i];
        const bool is_after = Execution::covers(event.clock, first) && !planted(Rule::initial_is_not_after_the_first);
        if (i != race.second && is_after) continue;
        if (has(seen, event.thread)) continue;
        bool leads = true;
        for_each(seen, [&](int thread) {
            leads = leads && !Execution::covers(event.clock, events[earliest[static_cast<std::size_t>(thread)]]);
        });
        leads = leads || planted(Rule::initial_has_none_before_it);
        seen |= one(event.thread);
        earliest[static_cast<std::size_t>(event.thread)] = i;
        if (leads) result |= one(event.thread);
    }
    return result;
}

void Dpor::turn_round(const Race& race) {
    auto& node = nodes_[race.first];
    const ThreadSet candidates = representatives(initials(race), node.stepped);
    if ((candidates & ~node.runnable) != 0) return diverge();  // the order is wrong: it cannot be gone there
    if ((candidates & (node.backtrack | node.sleep)) != 0) return;
    const int second = execution.events()[race.second].thread;
    const ThreadSet preferred = representatives(one(second), node.stepped);
    const ThreadSet from = (candidates & preferred) != 0 ? candidates & preferred : candidates;
    node.backtrack |= one(std::countr_zero(from));
}

bool Dpor::advance() {
    if (!is_blocked_ && execution.position() < nodes_.size()) diverge();  // it ended before it did last time
    if (execution.differed_at() >= 0) diverge();
    for (const auto& race : execution.races()) {
        if (race.second < nodes_.size()) turn_round(race);
    }
    return next_branch();
}

bool Dpor::next_branch() {
    for (; !nodes_.empty(); nodes_.pop_back()) {
        auto& node = nodes_.back();
        for (; digits_.size() > node.digits; digits_.pop_back()) {
            if (digits_.back().value + 1 == digits_.back().count) continue;
            ++digits_.back().value;
            kept_ = nodes_.size() - 1;
            return true;
        }
        node.sleep |= one(node.thread);
        if (const ThreadSet left = node.backtrack & ~node.sleep) {
            node.thread = std::countr_zero(left);
            kept_ = nodes_.size() - 1;
            return true;
        }
    }
    return false;
}

}  // namespace revenant::model::search
