// The part of the recorder that says what the threads that have not ended wait for.
#include <string_view>

#include "model/native/recorder.hpp"
#include "model/native/segments.hpp"
#include "model/native/sources.hpp"
#include "model/waits.hpp"

namespace revenant::model::native {
namespace {

// What nobody will do for a thread that is blocked.
const char* missing(ObjectKind kind) {
    switch (kind) {
        case ObjectKind::semaphore: return "which nobody will post";
        case ObjectKind::barrier: return "which nobody else will come to";
        case ObjectKind::atomic: return change_clause;
        default: return "";
    }
}

}  // namespace

// A thread that waits for an atomic which is no int has looked at it before it waits in libstdc++'s table.
CellId Recorder::atomic_in_place_of(CellId cell, int thread) const {
    const auto is_of_table = [&](CellId target) {
        return target < trace_.cells.size() &&
               std::string_view(trace_.cells[target].name).starts_with(waiter_pool);
    };
    if (!is_of_table(cell)) return cell;
    for (auto step = trace_.steps.rbegin(); step != trace_.steps.rend(); ++step) {
        const auto& op = step->operation;
        const bool is_look = step->thread == thread && op.kind == OperationKind::load;
        if (is_look && !is_of_table(op.target)) return op.target;
    }
    return cell;
}

CellId Recorder::known_cell(std::uintptr_t address, ObjectKind kind) const {
    if (kind == ObjectKind::mutex && address % 2 != 0) return known_cell(address - 1, ObjectKind::guard);
    const auto known = cells_.find({address, kind == ObjectKind::atomic ? ObjectKind::plain : kind});
    return known == cells_.end() ? no_id : known->second;
}

Operation Recorder::wait_of(int number) const {
    const auto& all = machine();
    const auto& thread = all.known_thread(number);
    Operation wait;
    wait.kind = thread.kind;
    if (thread.state == Thread::State::waiting) {
        const bool is_round = thread.access.kind == search::AccessKind::await;
        const auto other = thread.kind == OperationKind::lock ? ObjectKind::mutex : ObjectKind::condition;
        const bool is_of_one = is_round && thread.access.cell != no_id;
        const auto round = is_of_one ? all.objects.all()[thread.access.cell].kind : ObjectKind::plain;
        wait.target = known_cell(thread.object, is_round ? round : other);
    } else if (thread.blocked_on == ObjectKind::plain) {
        wait.verb = join_verb;
        for (int i = 0; i < static_cast<int>(all.threads_made()); ++i) {
            const auto& other = all.known_thread(i);
            if (other.joiner == number && other.state != Thread::State::ended) {
                wait.before = static_cast<std::uint64_t>(i);
            }
        }
    } else {
        wait.kind = thread.blocked_on == ObjectKind::rwlock ? OperationKind::lock : OperationKind::wait;
        wait.verb = missing(thread.blocked_on);
        wait.target = known_cell(thread.object, thread.blocked_on);
    }
    if (const auto last = last_at_.find(wait.target); last != last_at_.end()) wait.target = last->second;
    wait.target = atomic_in_place_of(wait.target, number);
    return wait;
}

std::vector<Step> Recorder::waiting() {
    std::vector<Step> steps;
    const auto& all = machine();
    for (int i = 0; i < static_cast<int>(all.threads_made()); ++i) {
        const auto& thread = all.known_thread(i);
        using State = Thread::State;
        if (thread.state != State::waiting && thread.state != State::blocked) continue;
        Step step;
        step.thread = i;
        step.unfinished = true;
        step.operation = wait_of(i);
        std::vector<std::uintptr_t> places{thread.place};
        for (const auto& frame : frames_[i]) {
            if (!is_code_of_the_process(frame.place)) places.push_back(frame.place);
        }
        const auto source = source_of(places);
        step.operation.where = source.where;
        step.call = source.function;
        steps.push_back(step);
    }
    return steps;
}

}  // namespace revenant::model::native
