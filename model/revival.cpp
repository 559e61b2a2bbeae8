#include "model/revival.hpp"

namespace revenant::model {
namespace {

bool brings(const Operation& op, std::uint64_t from, std::uint64_t to) {
    return reads_value(op.kind) && stores_value(op) && op.before == from && op.after == to;
}

const Step& step_at(const Trace& trace, int i) { return trace.steps[static_cast<std::size_t>(i)]; }

// The step that brought the same count to 0, if none has changed it since; or -1.
int drop_before(const Trace& trace, int revival) {
    const auto count = step_at(trace, revival).operation.target;
    for (int i = revival - 1; i >= 0; --i) {
        const auto& op = step_at(trace, i).operation;
        if (op.on_block || op.target != count || !stores_value(op)) continue;
        return brings(op, 1, 0) ? i : -1;
    }
    return -1;
}

bool explains(const Trace& trace, const Finding& finding, int drop, int revival) {
    if (step_at(trace, drop).thread == step_at(trace, revival).thread) return false;
    const auto counted = trace.block_of(step_at(trace, revival).operation);
    if (counted != no_id && counted < trace.blocks.size()) {
        const int freed = trace.blocks[counted].freed_step;
        if (freed >= 0 && freed < revival) return false;  // another life of the same memory
    }
    const auto failed = trace.block_of(step_at(trace, finding.step).operation);
    if (failed >= trace.blocks.size()) return false;
    if (failed == counted) return true;
    const int freed = trace.blocks[failed].freed_step;
    if (freed > finding.step) return false;  // who fails came before it
    return freed > drop && step_at(trace, freed).thread == step_at(trace, drop).thread;
}

}  // namespace

std::string revival_before(const Trace& trace, const Finding& finding) {
    for (int i = finding.step - 1; i >= 0; --i) {
        const auto& step = step_at(trace, i);
        if (step.operation.on_block || !brings(step.operation, 0, 1)) continue;
        const int drop = drop_before(trace, i);
        if (drop < 0 || !explains(trace, finding, drop, i)) continue;
        return " It comes of a revived count: " + thread_name(step_at(trace, drop).thread) + " brought " +
               trace.target_name(step.operation) + " to 0 (step " + std::to_string(drop + 1) + "), and " +
               thread_name(step.thread) + " took it from 0 to 1 again (step " + std::to_string(i + 1) + ").";
    }
    return {};
}

}  // namespace revenant::model
