// The gate's steps: whose turn it is, and what a thread does when its turn has come. Compiled without
// instrumentation (harness/threads/CMakeLists.txt); see gate.hpp for what may be used here.
#include <signal.h>

#include "model/threads/gate_state.hpp"

namespace revenant::model::threads::gate {
namespace {

constexpr unsigned steps_max = 20'000;  // of one execution; beyond it nothing is expected to end
constexpr unsigned every_waiter = 0x7fffffff;
thread_local std::uint64_t my_random = 0;

void set(unsigned* word) {
    __atomic_store_n(word, 1u, __ATOMIC_RELEASE);
    futex(word, FUTEX_WAKE, 1, nullptr);
}

std::uint16_t target_of(OperationKind kind, ObjectClass type, const void* at) {
    if (!follows()) return no_id;
    if (kind == OperationKind::allocate) return objects.next_block();
    if (kind == OperationKind::free) return objects.live_block(at);
    return at == nullptr ? no_id : objects.cell(type, at);
}

// Compares what a thread is about to do with the script, and goes on in it.
void grant_recorded_step(int thread, const Thread& t) {
    const ScriptStep& step = plan.script[position];
    // A destructor is no step here; who waits on a condition variable has the lock of its mutex before it.
    const bool any =
        step.unfinished && (step.kind == OperationKind::retire || step.kind == OperationKind::wait);
    // A free that another thread has overtaken has lost its target.
    const bool any_target =
        step.kind == OperationKind::yield || (step.unfinished && step.kind == OperationKind::free);
    const bool same = step.kind == t.kind && step.on_block == (t.type == ObjectClass::block) &&
                      (any_target || step.target == t.target);
    if (step.thread != thread || (!any && !same)) leaves_script(thread, &t);
    ++position;
    granted = &step;
    say_step("step", thread, t);
}

// The thread that the script names, its step granted if it has come to one.
int recorded_thread() {
    const ScriptStep& step = plan.script[position];
    if (step.thread < 0) {  // teardown, while threads have not ended
        for (int i = 0; i < static_cast<int>(plan.threads); ++i) {
            if (threads[i].state == State::at_begin) return i;  // it may have no step
            if (threads[i].state == State::announced) leaves_script(i, &threads[i]);
        }
        leaves_script(step.thread, nullptr);
    }
    const Thread& t = threads[step.thread];
    if (t.state == State::ended) leaves_script(step.thread, nullptr);
    if (t.state != State::announced) return step.thread;
    granted_in_vain = threads.waits(t);
    if (granted_in_vain && !step.unfinished) {
        say_step("waits", step.thread, t);
        end_with("diverged");
    }
    grant_recorded_step(step.thread, t);
    return step.thread;
}

int choose() {
    if (++steps > steps_max) end_with("endless");
    if (follows() && position < plan.script_size) return last_thread = recorded_thread();
    int next = -1;
    if (follows()) {
        next = threads.others_first(last_thread);
        if (next >= 0 && threads[next].state == State::announced) say_step("behind", next, threads[next]);
    } else if (plan.noise == Noise::pct) {
        last_thread = next = threads.by_priority(last_thread, steps);
    } else {
        next = threads.at_random();
    }
    if (next < 0) end_in_deadlock();
    return next;
}

void wait_for_turn() {
    unsigned& go = threads[me].go;
    while (__atomic_load_n(&go, __ATOMIC_ACQUIRE) == 0) futex(&go, FUTEX_WAIT, 0, nullptr);
    __atomic_store_n(&go, 0u, __ATOMIC_RELAXED);
}

// Lets the next thread go on, and waits for the calling one's turn unless that is it.
void hand_over(bool comes_back) {
    const int next = choose();
    Thread& t = threads[next];
    if (t.state == State::announced && !threads.takes(t)) end_with("crowded");
    t.state = State::running;
    if (next == me) return;
    set(&t.go);
    if (comes_back) wait_for_turn();
}

void stop_for_debugger() {
    const long process = ::syscall(SYS_getpid);
    Line line;
    line.word("stopped").number(static_cast<std::uint64_t>(process));
    say(line);
    ::syscall(SYS_tgkill, process, ::syscall(SYS_gettid), plan.trap ? SIGTRAP : SIGSTOP);
}

// The calling thread's turn for a step of the script has come.
void begin_granted_step() {
    if (granted == nullptr) return;
    if (plan.until == position) stop_for_debugger();
    // The model could not take it either: nobody will ever unlock it. Where the mutex is free, the step has
    // failed in another way, and is taken.
    if (granted_in_vain) end_with("deadlock");
}

// Setup or teardown: nobody else runs.
void enter_alone(OperationKind kind, ObjectClass type, const void* at) {
    granted = nullptr;
    if (!follows() || position == plan.script_size) return;
    const Thread mine{.state = State::running,
                      .kind = kind,
                      .type = type,
                      .target = target_of(kind, type, at),
                      .at = hidden(at),
                      .go = 0,
                      .priority = 0,
                      .beat = 0,
                      .locking = 0,
                      .objects = 0,
                      .asleep_on = 0,
                      .others = 0,
                      .also = {}};
    grant_recorded_step(me, mine);
}

void make_noise() {
    const auto dice = next_random(my_random);
    if (plan.noise == Noise::yields && dice % 2 == 0) ::syscall(SYS_sched_yield);
    if (plan.noise == Noise::sleeps && dice % 4 == 0) {
        const timespec pause{0, static_cast<long>((dice >> 8) % 50'000)};
        ::syscall(SYS_nanosleep, &pause, nullptr);
    }
}

void announce(OperationKind kind, ObjectClass type, const void* at) {
    Thread& mine = threads[me];
    mine.state = State::announced;
    mine.kind = kind;
    mine.type = type;
    mine.at = hidden(at);
    mine.target = target_of(kind, type, at);
    mine.asleep_on = 0;
    mine.others = 0;
}

// A step is done that gives a mutex back, or whose result is known only now.
void gave_or_took(const Thread& t, bool failed) {
    bool has_room = true;
    switch (t.kind) {
        case OperationKind::unlock: threads.held.give_back(t.at); break;
        case OperationKind::unlock_shared: threads.held.give_share_back(t.at); break;
        case OperationKind::try_lock: has_room = failed || threads.held.hold(t.at); break;
        case OperationKind::try_lock_shared: has_room = failed || threads.held.share(t.at); break;
        case OperationKind::call_once:
            if (failed) threads.held.give_back(t.at);
            break;
        default: break;
    }
    if (!has_room) end_with("crowded");
}

void check_values(const ScriptStep& step, std::uint64_t before, std::uint64_t after, bool failed) {
    const bool reads = step.kind != OperationKind::store && step.kind != OperationKind::write;
    const bool writes = step.kind != OperationKind::load && step.kind != OperationKind::read && !failed;
    if ((reads && before != step.before) || (writes && after != step.after) || failed != step.failed) {
        end_with("other");
    }
}

void count_beat() {
    if (me >= 0) __atomic_store_n(&threads[me].beat, threads[me].beat + 1, __ATOMIC_RELAXED);
}
}  // namespace

void thread_begins(unsigned thread) {
    me = static_cast<int>(thread);
    my_random = seed_of_threads + 0x51ed27u * (thread + 1);
    count_beat();
    if (!serial()) return;
    threads[me].state = State::at_begin;
    if (__atomic_add_fetch(&arrived, 1u, __ATOMIC_ACQ_REL) == plan.threads) {
        look();  // the setup has ended, and no thread has begun
        hand_over(true);
    } else {
        wait_for_turn();
    }
}

void thread_ends() {
    count_beat();
    threads[me].state = State::ended;
    if (__atomic_add_fetch(&ended, 1u, __ATOMIC_ACQ_REL) == plan.threads) {
        __atomic_store_n(&all_ended, 1u, __ATOMIC_RELEASE);
        futex(&all_ended, FUTEX_WAKE, every_waiter, nullptr);
    } else if (serial()) {
        hand_over(false);
        // What it does next is instrumented, and no business of the threads that have not ended: it would run
        // beside them, and a sanitizer would see another history each time.
        while (__atomic_load_n(&all_ended, __ATOMIC_ACQUIRE) == 0) futex(&all_ended, FUTEX_WAIT, 0, nullptr);
    }
    me = setup_thread;
}

void enter(OperationKind kind, ObjectClass type, const void* at) {
    refuse_while_looking();
    count_beat();
    if (me < 0) {
        enter_alone(kind, type, at);
    } else if (serial()) {
        announce(kind, type, at);
        hand_over(true);
    } else {
        make_noise();
        __atomic_store_n(&threads[me].locking, may_wait(kind) ? 1u : 0u, __ATOMIC_RELAXED);
    }
    begin_granted_step();
}

void enter_together(const void* const* mutexes, int count) {
    refuse_while_looking();
    if (me < 0 || !serial()) return enter(OperationKind::lock, ObjectClass::mutex, mutexes[0]);
    count_beat();
    announce(OperationKind::lock, ObjectClass::mutex, mutexes[0]);
    Thread& mine = threads[me];
    for (; mine.others + 1 < count; ++mine.others) mine.also[mine.others] = hidden(mutexes[mine.others + 1]);
    hand_over(true);
    begin_granted_step();
}

void enter_part(OperationKind kind, ObjectClass type, const void* at) {
    refuse_while_looking();
    count_beat();
    if (me >= 0 && serial()) {
        announce(kind, type, at);
        threads[me].state = State::running;
        if (follows() && position == plan.script_size) say_step("behind", me, threads[me]);
    }
    enter_alone(kind, type, at);
    begin_granted_step();
    if (me >= 0 && serial()) threads[me].kind = OperationKind::fence;  // it neither gives nor takes
}

void enter_again(const void* mutex, const void* condition) {
    count_beat();
    if (me < 0) end_in_deadlock();  // who runs alone is woken by nobody
    announce(OperationKind::lock, ObjectClass::mutex, mutex);
    threads[me].asleep_on = hidden(condition);
    hand_over(true);
    begin_granted_step();
}

bool takes_turns() { return me < 0 || serial(); }

void falls_asleep(const void* condition) {
    if (me >= 0 && !threads.held.sleep(hidden(condition), me)) end_with("crowded");
}

void wakes(const void* condition, bool all) {
    const Hidden at = hidden(condition);
    const int count = threads.held.sleepers(at);
    if (all) {
        for (int i = 0; i < count; ++i) threads.held.wake(at, threads.held.sleeper(at, 0));
    } else if (count > 0) {
        const bool at_random = plan.noise == Noise::random && !follows();
        int woken = threads.held.sleeper(at, at_random ? threads.below(count) : 0);
        if (granted != nullptr) woken = static_cast<int>(granted->after) - 1;
        threads.held.wake(at, woken);
    }
}

bool gives_up_waiting(const void* condition) {
    if (me < 0) return true;
    const bool slept = threads.held.sleeps(hidden(condition), me);
    threads.held.wake(hidden(condition), me);
    return slept;
}

void gives_flag_back(const void* flag) {
    if (me >= 0 && serial()) threads.held.give_back(hidden(flag));
}

void made_latch(const void* latch, std::ptrdiff_t expected) {
    if (!takes_turns()) return;
    threads.held.give_back(hidden(latch));  // one that was at this address
    if (expected > 0 && !threads.held.share(hidden(latch), static_cast<int>(expected))) end_with("crowded");
}

void counts_down(const void* latch, std::ptrdiff_t by) {
    if (takes_turns() && by > 0) threads.held.give_share_back(hidden(latch), static_cast<int>(by));
}

unsigned thread_number() { return me < 0 ? 0 : static_cast<unsigned>(me) + 1; }

void leave(std::uint64_t before, std::uint64_t after, bool failed) {
    if (me >= 0 && serial()) gave_or_took(threads[me], failed);
    if (me >= 0) __atomic_store_n(&threads[me].locking, 0u, __ATOMIC_RELAXED);
    if (!follows() || (me < 0 && granted == nullptr)) return;  // teardown behind the script: no step
    Line line;
    line.word("did").number(before).number(after).number(failed);
    say(line);
    const ScriptStep* const step = granted;
    granted = nullptr;
    if (step != nullptr && step->values) check_values(*step, before, after, failed);
    if (me >= 0) look();
}

bool must_lock_at_once() { return me < 0 || serial(); }
void locks_itself_out() { end_in_deadlock(); }

void count_objects(int change) {
    const int slot = me < 0 ? 0 : me;  // the main thread runs while the others do not
    threads[slot].objects += change;
}

bool logs() { return plan.noise == Noise::log; }
bool follows_script() { return follows(); }

}  // namespace revenant::model::threads::gate
