#include "model/search/dpor.hpp"

#include <algorithm>
#include <utility>

namespace revenant::model::search {

Dpor::Dpor(const SymmetryClasses& classes) {
    for (std::size_t thread = 0; thread < classes.size(); ++thread) {
        for (std::size_t before = 0; before < thread; ++before) {
            if (classes[before] == classes[thread]) twins_before_[thread] |= set_of(static_cast<int>(before));
        }
        if (twins_before_[thread] != 0) twins_ |= set_of(static_cast<int>(thread));
    }
}

void Dpor::begin() {
    next_digit_ = 0;
    is_blocked_ = false;
    is_counted_ = false;
    choices_ = 0;
}

void Dpor::resume(std::size_t position) {
    next_digit_ = position < tree_.nodes.size() ? tree_.nodes[position].digits : 0;
    is_blocked_ = false;
    is_counted_ = false;
    choices_ = choices_before_[position];
}

void Dpor::diverge() {
    if (diverged_at_ < 0) diverged_at_ = choices_ - 1;
}

void Dpor::load(Subtree subtree) {
    tree_ = std::move(subtree);
    requests_.clear();
    kept_ = 0;
}

int Dpor::next_thread(ThreadSet runnable, int running) {
    choices_before_.resize(execution.position(), choices_);
    choices_before_.push_back(choices_);
    ++choices_;
    if (const ThreadSet fresh = not_started(runnable)) return first_of(fresh);
    if (is_blocked_) return nth_thread(runnable, running, 0);
    if (execution.stepped() == 0) running = -1;  // whoever started last has not been running yet
    const auto depth = execution.position();
    if (depth < tree_.nodes.size()) {
        const auto& node = tree_.nodes[depth];
        if (node.runnable == runnable && execution.differed_at() < 0) return node.thread();
        diverge();
        return nth_thread(runnable, running, 0);
    }
    Node node;
    node.runnable = runnable;
    node.stepped = execution.stepped();
    node.digits = static_cast<std::uint32_t>(tree_.digits.size());
    if (!tree_.nodes.empty()) {
        if (has_gone_on(tree_.nodes.back())) return block(runnable, running);
        node.asleep = asleep_after(tree_.nodes.back());
    }
    const ThreadSet awake = runnable & ~node.asleep & ~held_back(node.stepped);
    const ThreadSet sleepers = runnable & node.asleep;
    if (awake == 0 && !may_all_go_round(sleepers)) return block(runnable, running);
    const ThreadSet able = awake != 0 ? awake : sleepers;
    node.add(nth_thread(able, first_choice(able, running), 0));
    tree_.nodes.push_back(node);
    return node.thread();
}

// An execution cannot be broken off by a strategy: it is run to its end, without branches.
int Dpor::block(ThreadSet runnable, int running) {
    is_blocked_ = true;
    count_blocked();
    return nth_thread(runnable, running, 0);
}

// Whether those who sleep may all wait in loops of one read: as they know nothing else to do, it may be that
// nobody ever goes on.
bool Dpor::may_all_go_round(ThreadSet sleepers) const {
    bool all = leaves_out_rounds && sleepers != 0;
    for_each(sleepers, [&](int thread) { all = all && execution.pending(thread).kind == AccessKind::read; });
    return all;
}

// Whether who woke up has not come round: what it does is known from another branch.
bool Dpor::has_gone_on(const Node& last) const {
    return last.wakes_up() && execution.pending(last.thread()).kind != AccessKind::await;
}

// Who slept before the parent's step, and is not woken by it.
ThreadSet Dpor::asleep_after(const Node& parent) const {
    ThreadSet asleep = parent.sleeping() & ~set_of(parent.thread());
    const auto& done = execution.events()[tree_.nodes.size() - 1].access;
    for_each(asleep, [&](int thread) {
        if (is_dropped(Rule::conflict_wakes_a_sleeper)) return;
        if (conflict(execution.pending(thread), done)) asleep &= ~set_of(thread);
    });
    return asleep;
}

ThreadSet Dpor::held_back(ThreadSet stepped) const {
    ThreadSet waiting = 0;
    for_each(twins() & ~stepped, [&](int thread) {
        if ((twins_before(thread) & ~stepped) != 0) waiting |= set_of(thread);
    });
    return waiting;
}

// Each thread, or the twin that takes the class's next first step in its place.
ThreadSet Dpor::representatives(ThreadSet threads, ThreadSet stepped) const {
    if (twins() == 0) return threads;
    ThreadSet result = 0;
    for_each(threads, [&](int thread) {
        const ThreadSet waiting = twins_before_[static_cast<std::size_t>(thread)] & ~stepped;
        const bool first_step = !contains(stepped, thread);
        result |= set_of(first_step && waiting != 0 ? first_of(waiting) : thread);
    });
    return result;
}

unsigned Dpor::choose(ChoiceKind kind, unsigned count) {
    ++choices_;
    const unsigned usual = kind == ChoiceKind::spurious_failure ? count - 1 : 0;  // 0: it fails
    if (is_blocked_ || execution.position() >= tree_.nodes.size()) return usual;
    const int thread = tree_.nodes[execution.position()].thread();
    if (tree_.nodes[execution.position()].wakes_up()) return usual;
    if (is_dropped(kind == ChoiceKind::stale_read ? Rule::stale_read_is_offered
                                                  : Rule::spurious_failure_is_offered)) {
        return usual;
    }
    if (kind == ChoiceKind::stale_read &&
        !execution.newest_store_precedes(thread, execution.pending(thread).cell)) {
        return usual;
    }
    if (next_digit_ == tree_.digits.size()) tree_.digits.push_back({0, static_cast<std::uint8_t>(count)});
    const auto& digit = tree_.digits[next_digit_++];
    if (digit.count == count) return usual == 0 ? digit.value : usual - digit.value;
    diverge();
    return usual;
}

bool Dpor::leaves_out_equivalent() {
    count_blocked();
    is_blocked_ = true;
    return true;
}

// The others go first there, if they do not anyway, and the thread sleeps meanwhile. If they all sleep, or
// cannot go on, nobody would look at what becomes of the thread in the end.
bool Dpor::leaves_out_round() {
    if (!leaves_out_rounds || is_blocked_) return false;
    const auto depth = execution.position() - 1;
    const auto& node = tree_.nodes[depth];
    const ThreadSet others =
        node.runnable & ~node.sleeping() & ~held_back(node.stepped) & ~set_of(node.thread());
    if (others == 0) return false;
    if ((others & node.covered()) == 0) add_branch(depth, others, first_of(others));
    return leaves_out_equivalent();
}

// What its threads were about to do is looked at all the same: it may come before what has stopped them.
void Dpor::cut_short() { count_blocked(); }

void Dpor::count_blocked() {
    if (!std::exchange(is_counted_, true)) ++blocked_;
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
        if (i != race.second && i >= execution.position()) continue;  // pending, as the second one is
        // Who woke up to come round does so in no other execution, and leads nowhere.
        if (i != race.second && i < tree_.nodes.size() && tree_.nodes[i].wakes_up()) continue;
        const auto& event = events[i];
        const bool is_after =
            Execution::covers(event.clock, first) && !is_dropped(Rule::initial_is_not_after_the_first);
        if (i != race.second && is_after) continue;
        if (contains(seen, event.thread)) continue;
        bool leads = true;
        for_each(seen, [&](int thread) {
            leads =
                leads && !Execution::covers(event.clock, events[earliest[static_cast<std::size_t>(thread)]]);
        });
        leads = leads || is_dropped(Rule::initial_has_none_before_it);
        seen |= set_of(event.thread);
        earliest[static_cast<std::size_t>(event.thread)] = i;
        if (leads) result |= set_of(event.thread);
    }
    return result;
}

// The threads whose next step after an event is a wait for more than that.
ThreadSet Dpor::waiting_after(std::uint32_t event) const {
    ThreadSet met = 0;
    ThreadSet waiting = 0;
    for (std::size_t i = event + 1; i < execution.position(); ++i) {
        const auto& next = execution.events()[i];
        if (contains(met, next.thread)) continue;
        met |= set_of(next.thread);
        const auto kind = next.access.kind;
        if (kind == AccessKind::await || kind == AccessKind::lock_together) waiting |= set_of(next.thread);
    }
    return waiting;
}

void Dpor::turn_round(const Race& race) {
    auto& node = tree_.nodes[race.first];
    const ThreadSet able = representatives(initials(race), node.stepped);
    const ThreadSet candidates = able & node.runnable;
    // A wait that the first step has ended cannot come before it; nor can who takes several mutexes before
    // one of them, while another is held; nor who wants a mutex alone before one that shares it, where
    // another gives its part back only later. Anything else would be a wrong order.
    const bool is_shared = takes_share(execution.events()[race.first].access.kind);
    if (!is_shared && (able & ~node.runnable & ~waiting_after(race.first)) != 0) return diverge();
    if (candidates == 0 || (candidates & node.covered()) != 0) return;
    const int second = execution.events()[race.second].thread;
    const ThreadSet best = candidates & representatives(set_of(second), node.stepped);
    add_branch(race.first, candidates, first_of(best != 0 ? best : candidates));
}

void Dpor::add_branch(std::size_t depth, ThreadSet candidates, int preferred) {
    if (depth >= tree_.given) return tree_.nodes[depth].add(preferred);
    const Request request{static_cast<std::uint32_t>(depth), candidates, preferred};
    if (std::find(requests_.begin(), requests_.end(), request) == requests_.end()) {
        requests_.push_back(request);
    }
}

bool Dpor::advance() {
    const bool ended_early = !is_blocked_ && execution.position() < tree_.nodes.size();
    if (ended_early || execution.differed_at() >= 0) diverge();
    if (!tree_.nodes.empty() && has_gone_on(tree_.nodes.back())) count_blocked();
    for (const auto& race : execution.races()) {
        const bool is_pending = !is_blocked_ && race.second >= execution.position();
        if (is_pending || race.second < tree_.nodes.size()) turn_round(race);
    }
    return next_branch();
}

bool Dpor::next_branch() {
    auto& [nodes, digits, given] = tree_;
    for (; !nodes.empty() && nodes.size() >= given; nodes.pop_back()) {
        auto& node = nodes.back();
        kept_ = nodes.size() - 1;
        for (; digits.size() > node.digits; digits.pop_back()) {
            if (digits.back().value + 1 == digits.back().count) continue;
            ++digits.back().value;
            return true;
        }
        if (nodes.size() == given) break;
        if (++node.current < node.count) return true;
    }
    return false;
}

}  // namespace revenant::model::search
