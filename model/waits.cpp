#include "model/waits.hpp"

#include <map>
#include <string_view>

namespace revenant::model {
namespace {

bool gives_back(OperationKind kind) {
    return kind == OperationKind::unlock || kind == OperationKind::unlock_shared;
}

// From the last step back: whoever has taken it, and not given it back since.
int taken_at(const Trace& trace, const Operation& waited_for) {
    std::map<int, int> given_back;  // by the thread
    for (int i = static_cast<int>(trace.steps.size()); i-- > 0;) {
        const auto& step = trace.steps[static_cast<std::size_t>(i)];
        const auto& op = step.operation;
        if (step.unfinished || op.on_block || op.target != waited_for.target || op.failed) continue;
        auto& times = given_back[step.thread];
        if (gives_back(op.kind)) ++times;
        if (!has_locked(op)) continue;
        if (times == 0) return i;
        --times;
    }
    return -1;
}

}  // namespace

bool is_wait(const Operation& op) {
    return may_wait(op.kind) || (op.kind == OperationKind::yield && std::string_view(op.verb) == join_verb);
}

WaitInWords wait_in_words(const Trace& trace, const Step& waiting, bool nobody_will) {
    const auto& op = waiting.operation;
    auto sentence = thread_name(waiting.thread) + " waits";
    if (op.where.line() != 0) sentence += " at " + place(op.where);
    if (op.kind == OperationKind::yield) {
        return {sentence + " for " + thread_name(static_cast<int>(op.before)) + " to end"};
    }
    sentence += std::string_view(op.verb) == change_clause ? " for a change of " : " for ";
    sentence += trace.target_name(op);
    const bool is_latch = op.kind == OperationKind::wait_for_latch;
    if (is_latch || op.kind == OperationKind::wait) {
        if (!nobody_will) return {sentence};
        const char* const usual = is_latch ? "which nobody will count down" : "which nobody will notify";
        return {sentence + ", " + (*op.verb == '\0' ? usual : op.verb)};
    }
    const int taken = taken_at(trace, op);
    if (taken < 0) return {sentence};
    const int holder = trace.steps[static_cast<std::size_t>(taken)].thread;
    const auto since = " since step " + std::to_string(taken + 1);
    const bool is_own = holder == waiting.thread;
    return {
        sentence + (is_own ? ", which it holds itself" : ", which " + thread_name(holder) + " holds") + since,
        taken};
}

}  // namespace revenant::model
