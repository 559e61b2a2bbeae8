// An execution of the gate, from its beginning to its end, and the watch over it: threads that take no step
// any more have met a deadlock, or take too long. Compiled without instrumentation, as gate.cpp is.
#include "model/threads/gate_state.hpp"

namespace revenant::model::threads::gate {

GatePlan plan;
GateObjects objects;
GateTurns threads;

unsigned arrived = 0;
unsigned ended = 0;
unsigned all_ended = 0;
unsigned steps = 0;
std::size_t position = 0;
const ScriptStep* granted = nullptr;
bool granted_in_vain = false;
int last_thread = 0;
unsigned reporting = 0;
std::uint64_t seed_of_threads = 0;
constinit thread_local int me = setup_thread;
void (*look_after_step)() = nullptr;
constinit thread_local bool is_looking = false;

namespace {

constexpr unsigned ticks_for_a_report = 1200;
constexpr unsigned ticks_for_a_deadlock = 10;
constexpr long tick_ns = 100'000'000;

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
    look_after_step = nullptr;
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

}  // namespace revenant::model::threads::gate
