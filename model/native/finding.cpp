#include "model/native/finding.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "model/diagnosis.hpp"
#include "model/native/points.hpp"
#include "model/native/sources.hpp"
#include "model/revival.hpp"

namespace revenant::model::native {
namespace {

// Where the block that a step works on was allocated.
std::string origin_of(const Trace& trace, const Step& step) {
    const auto block = trace.block_of(step.operation);
    if (block == no_id || step.operation.kind == OperationKind::allocate) return {};
    const auto& made = trace.steps[static_cast<std::size_t>(trace.blocks[block].allocated_step)];
    if (made.operation.where.line() == 0) return {};  // not known
    return "; " + trace.block_name(block) + " was made at " + place(made.operation.where);
}

bool is_plain(const Operation& op) {
    return op.kind == OperationKind::read || op.kind == OperationKind::write;
}

// The instructions of a race: that of the step which failed (the call that gave memory back, if it was that),
// and that of the last plain access of another thread that it can be in a race with. Two points are in none.
std::vector<std::uint64_t> plain_accesses(const Recorder& recorder, const Trace& trace, int failed) {
    std::vector<std::uint64_t> found;
    const auto& last = trace.steps[static_cast<std::size_t>(failed)];
    const bool frees = last.operation.kind == OperationKind::free;
    if (is_plain(last.operation) || frees) found.push_back(offset_of(recorder.place_of(failed)));
    const bool only_reads = last.operation.kind == OperationKind::read;
    for (int i = failed - 1; i >= 0; --i) {
        const auto& step = trace.steps[static_cast<std::size_t>(i)];
        const auto& op = step.operation;
        const auto target = frees ? trace.block_of(op) : op.target;
        if (step.thread == last.thread || !is_plain(op) || target != last.operation.target) continue;
        if (only_reads && op.kind == OperationKind::read) continue;
        if (Points::has(recorder.place_of(i)) && Points::has(recorder.place_of(failed))) continue;
        found.push_back(offset_of(recorder.place_of(i)));
        break;
    }
    return found;
}

// With the line of the instruction that could not be executed, or of the call that failed: no step is of it.
std::string with_fault(const Failure& failure, const std::string& where) {
    const auto source = failure.calls.empty() ? source_of({failure.place}) : source_of(failure.calls);
    if (source.where.line() == 0 || failure.thread < 0) return where;
    const bool is_first = where.starts_with("before");
    const auto at = " at " + place(source.where);
    if (where.starts_with(thread_name(failure.thread)) && where.ends_with(at)) return where;
    return thread_name(failure.thread) + at + (is_first ? ", " : "; before it, ") + where;
}

// As the runtime words it; what the program says itself is an assertion's.
bool is_an_end(const std::string& text) {
    return text.starts_with(uncaught) || text.starts_with("the program ") ||
           text.starts_with("main returns ");
}

// To throw an exception is to make it, and its words.
int last_before_exception(const Trace& trace, int thread) {
    for (int i = static_cast<int>(trace.steps.size()); i-- > 0;) {
        const auto& step = trace.steps[static_cast<std::size_t>(i)];
        if (step.thread == thread && !step.operation.on_block) return i;
    }
    return -1;
}

}  // namespace

Finding finding_of(Recorder& recorder, const Failure& noted, Trace trace, int last_of_case) {
    model::Failure failure;
    failure.kind = noted.kind;
    failure.text = noted.text.c_str();
    failure.waiting = recorder.waiting();
    failure.is_an_end = is_an_end(noted.text);
    if (noted.kind == FindingKind::assertion) failure.step = last_of_case;
    if (noted.text.starts_with(uncaught) && last_of_case < 0) {
        failure.step = last_before_exception(trace, noted.thread);
    }
    if (noted.kind == FindingKind::leak) {
        // The diagnosis names the first block that is not freed; one that is still reachable is no leak.
        for (std::size_t i = 0; i < trace.blocks.size(); ++i) {
            if (static_cast<std::int32_t>(i) != noted.block) trace.blocks[i].freed_step = 0;
        }
    }
    auto finding = diagnose(trace, failure);
    if (finding.step >= 0) {
        finding.where += origin_of(trace, trace.steps[static_cast<std::size_t>(finding.step)]);
        finding.sentence += revival_before(trace, finding);
    }
    if (noted.place != 0 || !noted.calls.empty()) finding.where = with_fault(noted, finding.where);
    finding.is_mismatched_free = noted.is_mismatched_free;
    if (noted.kind != FindingKind::data_race) return finding;
    finding.plain_accesses = plain_accesses(recorder, trace, finding.step);
    return finding;
}

}  // namespace revenant::model::native
