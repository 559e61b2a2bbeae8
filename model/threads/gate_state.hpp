// What the parts of the gate share: the plan, what one execution has come to, and the words in which the gate
// tells its parent of it. For the gate's own sources: no function of it is seen by others, so that no
// instrumented copy can replace it.
#pragma once

#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <revenant/cells/every_step.hpp>

#include "model/threads/gate.hpp"
#include "model/threads/gate_line.hpp"
#include "model/threads/gate_objects.hpp"
#include "model/threads/gate_turns.hpp"

namespace revenant::model::threads::gate {

extern GatePlan plan;
extern GateObjects objects;
extern GateTurns threads;

extern unsigned arrived;
extern unsigned ended;
extern unsigned all_ended;  ///< futex word
extern unsigned steps;
extern std::size_t position;       ///< in the script
extern const ScriptStep* granted;  ///< the recorded step that is being taken, or null
extern bool granted_in_vain;       ///< … and cannot be taken: the mutex is held, as it was in the model
extern int last_thread;
extern unsigned reporting;
extern std::uint64_t seed_of_threads;
extern void (*look_after_step)();  ///< or null
extern constinit thread_local int me;
extern constinit thread_local bool is_looking;

namespace {

inline bool follows() { return plan.script != nullptr; }
inline bool serial() { return follows() || plan.noise == Noise::pct || plan.noise == Noise::random; }

inline long futex(unsigned* word, int operation, unsigned value, const timespec* timeout) {
    return ::syscall(SYS_futex, word, operation | FUTEX_PRIVATE_FLAG, value, timeout, nullptr, 0);
}

[[noreturn]] inline void leave_process(int status) {
    for (;;) ::syscall(SYS_exit_group, status);
}

inline void say(Line& line) {
    if (plan.report_to >= 0) line.write_to(plan.report_to);
}
inline void say_step(const char* how, int thread, const Thread& t) {
    Line line;
    line.word(how).thread(thread).number(static_cast<unsigned>(t.kind));
    line.number(t.type == ObjectClass::block).number(t.target);
    say(line);
}
[[noreturn]] inline void end_with(const char* how, int status = exit_left_schedule) {
    Line line;
    line.word("end").word(how);
    say(line);
    leave_process(status);
}
[[noreturn]] inline void end_in_deadlock() {
    end_with("deadlock", follows() ? exit_left_schedule : exit_check_failed);
}

// The program does something else than the script: what would have come, then the end.
[[noreturn]] inline void leaves_script(int thread, const Thread* announced) {
    if (announced != nullptr) say_step("instead", thread, *announced);
    end_with("diverged");
}

// In what is looked at after every step.
inline void refuse_while_looking() {
    if (is_looking) fails("invariant", every_step_rules::refusal);
}
// While nobody else goes on.
inline void look() {
    if (look_after_step == nullptr) return;
    is_looking = true;
    look_after_step();
    is_looking = false;
}

}  // namespace
}  // namespace revenant::model::threads::gate
