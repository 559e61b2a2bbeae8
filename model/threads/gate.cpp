// Compiled without instrumentation (harness/threads/CMakeLists.txt); see gate.hpp for what may be used here.
#include "model/threads/gate.hpp"

#include <linux/futex.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "model/threads/gate_line.hpp"
#include "model/threads/gate_objects.hpp"
#include "model/threads/gate_turns.hpp"

namespace revenant::model::threads::gate {
namespace {

constexpr unsigned steps_max = 20'000;  // of one execution; beyond it nothing is expected to end
constexpr unsigned ticks_for_a_report = 1200;
constexpr unsigned ticks_for_a_deadlock = 10;
constexpr long tick_ns = 100'000'000;
constexpr unsigned every_waiter = 0x7fffffff;

GatePlan plan;
GateObjects objects;
GateTurns threads;

unsigned arrived = 0;
unsigned ended = 0;
unsigned all_ended = 0;  // futex word
unsigned steps = 0;
std::size_t position = 0;             // in the script
const ScriptStep* granted = nullptr;  // the recorded step that is being taken, or null
bool granted_in_vain = false;         // … and cannot be taken: the mutex is held, as it was in the model
int last_thread = 0;
unsigned reporting = 0;
std::uint64_t seed_of_threads = 0;
thread_local int me = setup_thread;
thread_local std::uint64_t my_random = 0;

bool follows() { return plan.script != nullptr; }
bool serial() { return follows() || plan.noise == Noise::pct || plan.noise == Noise::random; }

long futex(unsigned* word, int operation, unsigned value, const timespec* timeout) {
    return ::syscall(SYS_futex, word, operation | FUTEX_PRIVATE_FLAG, value, timeout, nullptr, 0);
}
void set(unsigned* word) {
    __atomic_store_n(word, 1u, __ATOMIC_RELEASE);
    futex(word, FUTEX_WAKE, 1, nullptr);
}

[[noreturn]] void leave_process(int status) {
    for (;;) ::syscall(SYS_exit_group, status);
}

void say(Line& line) {
    if (plan.report_to >= 0) line.write_to(plan.report_to);
}
void say_step(const char* how, int thread, const Thread& t) {
    Line line;
    line.word(how).thread(thread).number(static_cast<unsigned>(t.kind));
    line.number(t.type == ObjectClass::block).number(t.target);
    say(line);
}
[[noreturn]] void end_with(const char* how, int status = exit_left_schedule) {
    Line line;
    line.word("end").word(how);
    say(line);
    leave_process(status);
}
[[noreturn]] void end_in_deadlock() {
    end_with("deadlock", follows() ? exit_left_schedule : exit_check_failed);
}

// The program does something else than the script: what would have come, then the end.
[[noreturn]] void leaves_script(int thread, const Thread* announced) {
    if (announced != nullptr) say_step("instead", thread, *announced);
    end_with("diverged");
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
    const bool any = step.unfinished && step.kind == OperationKind::retire;  // a destructor: no step here
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
    granted_in_vain = threads.waits_for_lock(t);
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
    const bool locks = t.state == State::announced && t.kind == OperationKind::lock;
    if (locks && !threads.locked(t.at)) end_with("crowded");
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
    const Thread mine{State::running, kind, type, target_of(kind, type, at), hidden(at), 0, 0, 0, 0, 0};
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

void count_beat() {
    if (me >= 0) __atomic_store_n(&threads[me].beat, threads[me].beat + 1, __ATOMIC_RELAXED);
}
unsigned all_beats() {
    unsigned sum = 0;
    for (unsigned i = 0; i < plan.threads; ++i) {
        sum += __atomic_load_n(&threads[static_cast<int>(i)].beat, __ATOMIC_RELAXED);
    }
    return sum;
}

// Every thread that has not ended is inside of a lock operation.
bool all_are_locking() {
    unsigned locking = 0;
    for (unsigned i = 0; i < plan.threads; ++i) {
        locking += __atomic_load_n(&threads[static_cast<int>(i)].locking, __ATOMIC_RELAXED);
    }
    return locking > 0 && locking + __atomic_load_n(&ended, __ATOMIC_RELAXED) == plan.threads;
}

}  // namespace

void prepare(const GatePlan& the_plan) { plan = the_plan; }

void begin_execution(std::uint64_t seed) {
    objects.clear();
    threads.begin(plan.threads, plan.depth, seed);
    arrived = ended = all_ended = steps = 0;
    position = 0;
    granted = nullptr;
    granted_in_vain = false;
    last_thread = 0;
    seed_of_threads = next_random(seed);
    me = setup_thread;
}

void begin_teardown() { me = teardown_thread; }

void wait_for_threads(unsigned step_timeout_ms) {
    unsigned seen = 0;
    unsigned quiet_ticks = 0;
    while (__atomic_load_n(&all_ended, __ATOMIC_ACQUIRE) == 0) {
        const timespec tick{0, tick_ns};
        futex(&all_ended, FUTEX_WAIT, 0, &tick);
        // Ticks and not the clock: while a debugger holds us they do not go on either.
        const unsigned now = all_beats();
        quiet_ticks = now == seen ? quiet_ticks + 1 : 0;
        seen = now;
        const bool report = __atomic_load_n(&reporting, __ATOMIC_RELAXED) != 0;
        if (!report && quiet_ticks > ticks_for_a_deadlock && all_are_locking()) end_in_deadlock();
        if (quiet_ticks > (report ? ticks_for_a_report : 1 + step_timeout_ms / 100)) end_with("timeout");
    }
}

void end_execution() {
    if (!follows()) {
        int objects_left = 0;
        for (unsigned i = 0; i < plan.threads; ++i) objects_left += threads[static_cast<int>(i)].objects;
        if (objects_left != 0) fails("leak", "at quiescence nothing leaks");
        return;
    }
    if (position < plan.script_size && !plan.script[position].unfinished) leaves_script(me, nullptr);
    Line line;
    line.word("end").word("well");
    say(line);
}

void thread_begins(unsigned thread) {
    me = static_cast<int>(thread);
    my_random = seed_of_threads + 0x51ed27u * (thread + 1);
    count_beat();
    if (!serial()) return;
    threads[me].state = State::at_begin;
    if (__atomic_add_fetch(&arrived, 1u, __ATOMIC_ACQ_REL) == plan.threads) {
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
    count_beat();
    if (me < 0) {
        enter_alone(kind, type, at);
    } else if (serial()) {
        Thread& mine = threads[me];
        mine.state = State::announced;
        mine.kind = kind;
        mine.type = type;
        mine.at = hidden(at);
        mine.target = target_of(kind, type, at);
        hand_over(true);
    } else {
        make_noise();
        __atomic_store_n(&threads[me].locking, kind == OperationKind::lock ? 1u : 0u, __ATOMIC_RELAXED);
    }
    begin_granted_step();
}

void leave(std::uint64_t before, std::uint64_t after, bool failed) {
    if (me >= 0 && serial() && threads[me].kind == OperationKind::unlock) threads.unlocked(threads[me].at);
    if (me >= 0) __atomic_store_n(&threads[me].locking, 0u, __ATOMIC_RELAXED);
    if (!follows() || (me < 0 && granted == nullptr)) return;  // teardown behind the script: no step
    Line line;
    line.word("did").number(before).number(after).number(failed);
    say(line);
    const ScriptStep* const step = granted;
    granted = nullptr;
    if (step == nullptr || !step->values) return;
    const bool reads = step->kind != OperationKind::store && step->kind != OperationKind::write;
    const bool writes = step->kind != OperationKind::load && step->kind != OperationKind::read && !failed;
    if ((reads && before != step->before) || (writes && after != step->after) || failed != step->failed) {
        end_with("other");
    }
}

bool must_lock_at_once() { return me < 0 || serial(); }
void locks_itself_out() { end_in_deadlock(); }

void count_objects(int change) {
    const int slot = me < 0 ? 0 : me;  // the main thread runs while the others do not
    threads[slot].objects += change;
}

bool logs() { return plan.noise == Noise::log; }
bool follows_script() { return follows(); }

void add_block(const char* label, const void* at, std::size_t size) {
    if (!objects.add(ObjectClass::block, at, size)) end_with("crowded");
    Line line;
    line.word("block").thread(me).word(label);
    say(line);
}

void add_cell(ObjectClass type, const void* at, const cell_name& name, CellValue value) {
    const auto block = objects.block_around(hidden(at));
    if (!objects.add(type, at, 0)) end_with("crowded");
    Line line;
    line.word("cell").number(block).number(static_cast<unsigned>(value));
    line.number(static_cast<std::uint64_t>(name.index + 1)).word(named(name).text);  // 0: in no array
    say(line);
}

std::uint64_t pointer_of(std::uint64_t address) {
    if (!follows() || address == 0) return 0;
    const auto block = objects.block_around(hidden(std::uintptr_t{address}));
    return block == no_id ? pointer_outside(0) : pointer_into(block, 0);
}

bool is_live_block(const void* at) { return objects.live_block(at) != no_id; }
bool was_a_block(const void* at) { return objects.was_a_block(at); }
void free_block(const void* at) { objects.freed(at); }
void freeing(const void* at, std::size_t size) {
    if (serial()) threads.freed(hidden(at), size);
}

void fails(const char* what_failed, const char* text) {
    Line line;
    line.word("failed").word(what_failed).word(text);
    say(line);
    Line message;
    message.word("revenant: ").add_to_word(what_failed).add_to_word(":").word(text);
    message.write_to(STDERR_FILENO);
    leave_process(exit_check_failed);
}

void report_begins() { __atomic_store_n(&reporting, 1u, __ATOMIC_RELAXED); }

}  // namespace revenant::model::threads::gate
