// TraceBuilder: a trace made by hand, for the tests of what reads traces.
#pragma once

#include "model/trace.hpp"

namespace revenant::model {

class TraceBuilder {
public:
    using source = std::source_location;

    /// An object and its `allocate` step.
    BlockId make(int thread, const char* label, source where = source::current()) {
        unsigned ordinal = 1;
        for (const auto& block : trace.blocks) ordinal += std::string(label) == block.label ? 1 : 0;
        const auto block = static_cast<BlockId>(trace.blocks.size());
        trace.blocks.push_back({label, ordinal, thread, next(), -1});
        add(thread, OperationKind::allocate, block, 0, 0, where).on_block = true;
        return block;
    }
    int free(int thread, BlockId block, source where = source::current()) {
        trace.blocks[block].freed_step = next();
        add(thread, OperationKind::free, block, 0, 0, where).on_block = true;
        return next() - 1;
    }
    CellId cell(BlockId block, const char* name, cell_role role = cell_role::plain) {
        Cell made;
        made.name = name;
        made.role = role;
        made.block = block;
        trace.cells.push_back(made);
        return static_cast<CellId>(trace.cells.size() - 1);
    }
    /// A step on a cell; the reference is good until the next step.
    Operation& add(int thread, OperationKind kind, std::uint16_t target, std::uint64_t before = 0,
                   std::uint64_t after = 0, source where = source::current()) {
        Step step;
        step.thread = thread;
        step.operation.kind = kind;
        step.operation.target = target;
        step.operation.before = before;
        step.operation.after = after;
        step.operation.where = where;
        trace.steps.push_back(step);
        return trace.steps.back().operation;
    }
    /// The number of the step that comes next.
    [[nodiscard]] int next() const { return static_cast<int>(trace.steps.size()); }

    Trace trace;
};

}  // namespace revenant::model
