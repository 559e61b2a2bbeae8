// Compiled without instrumentation (CMakeLists.txt); see gate.hpp for what may be used here.
#include "model/replay/gate.hpp"

#include <linux/futex.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "model/replay/gate_line.hpp"

namespace revenant::model::replay::gate {
namespace {

constexpr int threads_max = 8;
constexpr int objects_max = 4096;
constexpr unsigned steps_max = 20'000;  // of one execution; beyond it nothing is expected to end
constexpr unsigned steps_of_a_thread =
    24;  // about as many as the scenarios have: where change points may fall
constexpr unsigned ticks_for_a_report = 1200;
constexpr long tick_ns = 100'000'000;

enum class State : std::uint8_t { outside, at_begin, announced, running, ended };

// An address, turned round: the leak detector takes every pointer that it finds in memory for a use.
using Hidden = std::uintptr_t;
Hidden hidden(const void* at) { return ~reinterpret_cast<Hidden>(at); }

struct Object {
    Hidden begin;
    std::size_t size;  // of a block
    Class of;
    bool live;
    bool opaque;
    std::uint16_t number;  // among the cells, or among the blocks
};

struct alignas(64) Thread {  // a cache line each: what they count must not slow the others down
    State state;
    OperationKind kind;
    Class of;
    std::uint16_t target;
    Hidden at;
    unsigned go;  // futex word
    unsigned priority;
    unsigned beat;  // counts operations
};

GatePlan plan;
Object objects[objects_max];
int objects_size = 0;
std::uint16_t cells = 0;
std::uint16_t blocks = 0;
constexpr int held_max = 64;
Hidden held[held_max];  // mutexes that are locked
int held_size = 0;

Thread threads[threads_max];
unsigned arrived = 0;
unsigned ended = 0;
unsigned all_ended = 0;  // futex word
std::size_t position = 0;
unsigned steps = 0;
int last_thread = 0;
int turn_of_waiters = 0;
const ScriptStep* granted = nullptr;  // the recorded step that is being taken, or null
unsigned change_at[128];
unsigned reporting = 0;
std::uint64_t random_state = 0;
thread_local int me = setup_thread;
thread_local std::uint64_t my_random = 0;

bool follows() { return plan.script != nullptr; }
bool serial() { return follows() || plan.noise == Noise::pct || plan.noise == Noise::random; }

std::uint64_t next_random(std::uint64_t& state) {  // splitmix64
    std::uint64_t z = (state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

long futex(unsigned* word, int operation, unsigned value, const timespec* timeout) {
    return ::syscall(SYS_futex, word, operation | FUTEX_PRIVATE_FLAG, value, timeout, nullptr, 0);
}
void wait_until_set(unsigned* word) {
    while (__atomic_load_n(word, __ATOMIC_ACQUIRE) == 0) futex(word, FUTEX_WAIT, 0, nullptr);
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
[[noreturn]] void end_with(const char* how, int status) {
    Line line;
    line.word("end").word(how);
    say(line);
    leave_process(status);
}

// --- names ---

const Object* find(Class of, const void* at) {
    for (int i = objects_size; i-- > 0;) {
        if (objects[i].begin == hidden(at) && objects[i].of == of) return &objects[i];
    }
    return nullptr;
}
Object* live_block(const void* at) {
    for (int i = objects_size; i-- > 0;) {
        Object& object = objects[i];
        if (object.begin == hidden(at) && object.of == Class::block && object.live) return &object;
    }
    return nullptr;
}
std::uint16_t target_of(OperationKind kind, Class of, const void* at) {
    if (!follows()) return no_id;
    if (kind == OperationKind::allocate) return blocks;
    if (kind == OperationKind::free) {
        const Object* const block = live_block(at);
        return block == nullptr ? no_id : block->number;
    }
    const Object* const object = at == nullptr ? nullptr : find(of, at);
    return object == nullptr ? no_id : object->number;
}

bool is_held(Hidden mutex) {
    for (int i = 0; i < held_size; ++i) {
        if (held[i] == mutex) return true;
    }
    return false;
}
void release(Hidden mutex) {
    for (int i = 0; i < held_size; ++i) {
        if (held[i] != mutex) continue;
        held[i] = held[--held_size];
        return;
    }
}

// --- who goes next ---

void say_step(const char* how, int thread, const Thread& t) {
    Line line;
    line.word(how).thread(thread).number(static_cast<unsigned>(t.kind));
    line.number(t.of == Class::block).number(t.target);
    say(line);
}

// The program does something else than the script: what would have come, then the end.
[[noreturn]] void leaves_script(int thread, const Thread* announced) {
    if (announced != nullptr) say_step("instead", thread, *announced);
    end_with("diverged", exit_left_schedule);
}

bool waits_for_lock(const Thread& t) { return t.kind == OperationKind::lock && is_held(t.at); }
bool is_able(const Thread& t) {
    return t.state == State::at_begin || (t.state == State::announced && !waits_for_lock(t));
}

void stop_for_debugger() {
    const long process = ::syscall(SYS_getpid);
    Line line;
    line.word("stopped").number(static_cast<std::uint64_t>(process));
    say(line);
    ::syscall(SYS_tgkill, process, ::syscall(SYS_gettid), plan.trap ? SIGTRAP : SIGSTOP);
}

// Compares what a thread is about to do with the script, and steps on in it.
void take_recorded_step(int thread, const Thread& t) {
    const ScriptStep& step = plan.script[position];
    const bool any = step.unfinished && step.kind == OperationKind::retire;  // a destructor: no step here
    // A free that another thread has overtaken has lost its target.
    const bool same_target = step.target == t.target || step.kind == OperationKind::yield ||
                             (step.unfinished && step.kind == OperationKind::free);
    if (!any && (step.thread != thread || step.kind != t.kind || step.on_block != (t.of == Class::block) ||
                 !same_target)) {
        leaves_script(thread, &t);
    }
    ++position;
    granted = &step;
    say_step("step", thread, t);
    if (plan.until == position) stop_for_debugger();
    if (step.unfinished && step.kind == OperationKind::lock) end_with("deadlock", exit_left_schedule);
}

int recorded_thread() {
    const ScriptStep& step = plan.script[position];
    if (step.thread < 0) {  // teardown, while threads have steps left
        for (int i = 0; i < static_cast<int>(plan.threads); ++i) {
            if (threads[i].state == State::at_begin) return i;  // it may have none
            if (threads[i].state == State::announced) leaves_script(i, &threads[i]);
        }
        leaves_script(step.thread, nullptr);
    }
    const Thread& t = threads[step.thread];
    if (t.state == State::ended) leaves_script(step.thread, nullptr);
    if (t.state != State::announced) return step.thread;
    if (waits_for_lock(t) && !step.unfinished) {
        say_step("waits", step.thread, t);
        end_with("diverged", exit_left_schedule);
    }
    take_recorded_step(step.thread, t);
    return step.thread;
}

// Behind the script: the thread that took its last step gives way to the others, so that what it is about
// to use is freed first if it ever is.
int thread_behind_script() {
    const int size = static_cast<int>(plan.threads);
    for (const bool may_wait : {false, true}) {
        for (int i = 0; i <= size; ++i) {
            int candidate = i < size ? i : last_thread;
            if (i < size && i == last_thread) continue;
            if (may_wait) candidate = (turn_of_waiters + i) % size;
            const Thread& t = threads[candidate];
            if (!is_able(t)) continue;
            const bool yields = t.state == State::announced && t.kind == OperationKind::yield;
            if (yields && !may_wait) continue;
            if (may_wait) turn_of_waiters = (candidate + 1) % size;
            return candidate;
        }
    }
    return -1;
}

int thread_by_priority() {
    for (unsigned i = 0; i + 1 < plan.depth && i < sizeof change_at / sizeof change_at[0]; ++i) {
        if (change_at[i] == steps) threads[last_thread].priority = plan.depth - 1 - i;
    }
    int best = -1;
    for (int i = 0; i < static_cast<int>(plan.threads); ++i) {
        const Thread& t = threads[i];
        if (!is_able(t)) continue;
        if (best < 0 || t.priority > threads[best].priority) best = i;
    }
    // Who waits for another thread lets all others go first.
    if (best >= 0 && threads[best].state == State::announced && threads[best].kind == OperationKind::yield) {
        threads[best].priority = 0;
        return thread_behind_script();
    }
    return best;
}

int thread_at_random() {
    int able = 0;
    for (unsigned i = 0; i < plan.threads; ++i) able += is_able(threads[i]) ? 1 : 0;
    if (able == 0) return -1;
    auto nth = static_cast<int>(next_random(random_state) % static_cast<unsigned>(able));
    for (int i = 0;; ++i) {
        if (is_able(threads[i]) && nth-- == 0) return i;
    }
}

int choose() {
    if (++steps > steps_max) end_with("endless", exit_left_schedule);
    if (follows() && position < plan.script_size) {
        const int thread = recorded_thread();
        last_thread = thread;
        return thread;
    }
    int thread = -1;
    if (follows()) {
        thread = thread_behind_script();
        if (thread >= 0 && threads[thread].state == State::announced) {
            say_step("behind", thread, threads[thread]);
        }
    } else {
        thread = plan.noise == Noise::pct ? thread_by_priority() : thread_at_random();
        if (thread >= 0) last_thread = thread;
    }
    if (thread < 0) end_with("deadlock", follows() ? exit_left_schedule : exit_check_failed);
    return thread;
}

// Lets the next thread go on. True: it is the calling one.
bool hand_over() {
    const int next = choose();
    Thread& t = threads[next];
    if (t.state == State::announced && t.kind == OperationKind::lock) {
        if (held_size == held_max) end_with("crowded", exit_left_schedule);
        held[held_size++] = t.at;
    }
    t.state = State::running;
    if (next == me) return true;
    set(&t.go);
    return false;
}
void wait_for_turn() {
    unsigned& go = threads[me].go;
    wait_until_set(&go);
    __atomic_store_n(&go, 0u, __ATOMIC_RELAXED);
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
    for (unsigned i = 0; i < plan.threads; ++i) sum += __atomic_load_n(&threads[i].beat, __ATOMIC_RELAXED);
    return sum;
}

}  // namespace

void prepare(const GatePlan& the_plan) { plan = the_plan; }

void begin_execution(std::uint64_t seed) {
    objects_size = held_size = 0;
    cells = blocks = 0;
    position = 0;
    steps = 0;
    arrived = ended = all_ended = 0;
    last_thread = turn_of_waiters = 0;
    random_state = seed;
    me = setup_thread;
    granted = nullptr;
    for (unsigned i = 0; i < plan.threads; ++i) {
        threads[i].state = State::outside;
        threads[i].go = 0;
        threads[i].priority = plan.depth + static_cast<unsigned>(next_random(random_state) % 0xffffu);
    }
    for (auto& at : change_at)
        at = 1 + static_cast<unsigned>(next_random(random_state) % (steps_of_a_thread * plan.threads));
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
        const unsigned patience = report ? ticks_for_a_report : 1 + step_timeout_ms / 100;
        if (quiet_ticks > patience) end_with("timeout", exit_left_schedule);
    }
}

void end_execution() {
    if (!follows()) return;
    if (position < plan.script_size && !plan.script[position].unfinished) leaves_script(me, nullptr);
    Line line;
    line.word("end").word("well");
    say(line);
}

void thread_begins(unsigned thread) {
    me = static_cast<int>(thread);
    my_random = random_state ^ (0x51ed27u * (thread + 1));
    count_beat();
    if (!serial()) return;
    threads[thread].state = State::at_begin;
    const bool last = __atomic_add_fetch(&arrived, 1u, __ATOMIC_ACQ_REL) == plan.threads;
    if (!last || !hand_over()) wait_for_turn();
}

void thread_ends() {
    count_beat();
    threads[me].state = State::ended;
    const bool last = __atomic_add_fetch(&ended, 1u, __ATOMIC_ACQ_REL) == plan.threads;
    if (last) {
        set(&all_ended);
    } else if (serial()) {
        hand_over();
    }
    me = setup_thread;
}

void enter(OperationKind kind, Class of, const void* at) {
    count_beat();
    if (me < 0) {  // setup or teardown: nobody else runs
        if (!follows()) return;
        granted = nullptr;
        const Thread mine{State::running, kind, of, target_of(kind, of, at), hidden(at), 0, 0, 0};
        if (position < plan.script_size) take_recorded_step(me, mine);
        return;
    }
    if (!serial()) return make_noise();
    Thread& mine = threads[me];
    mine.state = State::announced;
    mine.kind = kind;
    mine.of = of;
    mine.at = hidden(at);
    mine.target = target_of(kind, of, at);
    if (!hand_over()) wait_for_turn();
}

void leave(std::uint64_t before, std::uint64_t after, bool failed) {
    if (me >= 0 && serial() && threads[me].kind == OperationKind::unlock) release(threads[me].at);
    if (!follows()) return;
    Line line;
    line.word("did").number(before).number(after).number(failed);
    say(line);
    const ScriptStep* const step = granted;
    granted = nullptr;
    if (step == nullptr || !step->values) return;
    const bool reads = step->kind != OperationKind::store && step->kind != OperationKind::write;
    const bool writes = step->kind != OperationKind::load && step->kind != OperationKind::read && !failed;
    if ((reads && before != step->before) || (writes && after != step->after) || failed != step->failed) {
        end_with("other", exit_left_schedule);
    }
}

bool logs() { return plan.noise == Noise::log; }
bool names_objects() { return follows(); }

void add_block(const char* label, const void* at, std::size_t size) {
    if (objects_size == objects_max) end_with("crowded", exit_left_schedule);
    objects[objects_size++] = {hidden(at), size, Class::block, true, false, blocks++};
    Line line;
    line.word("block").thread(me).word(label);
    say(line);
}

void add_cell(Class of, const void* at, const cell_name& name, bool opaque) {
    if (objects_size == objects_max) end_with("crowded", exit_left_schedule);
    std::uint16_t block = no_id;
    for (int i = objects_size; i-- > 0;) {
        const Object& object = objects[i];
        const Hidden offset = object.begin - hidden(at);  // turned round, they count down
        if (object.of == Class::block && offset < object.size) {
            block = object.number;
            break;
        }
    }
    objects[objects_size++] = {hidden(at), 0, of, true, opaque, cells++};
    Line line;
    line.word("cell").number(block).number(opaque).word(name.text);
    say(line);
}

bool is_live_block(const void* at) { return live_block(at) != nullptr; }
bool was_a_block(const void* at) { return find(Class::block, at) != nullptr; }

void free_block(const void* at) {
    Object* const block = live_block(at);
    if (block != nullptr) block->live = false;
}

void fails(const char* what_failed, const char* text) {
    Line line;
    line.word("failed").word(what_failed).word(text);
    say(line);
    Line message;
    message.word("revenant:").word(what_failed).word("failed:").word(text);
    message.write_to(STDERR_FILENO);
    leave_process(exit_check_failed);
}

void report_begins() { __atomic_store_n(&reporting, 1u, __ATOMIC_RELAXED); }

}  // namespace revenant::model::replay::gate
