#include "model/relacy/recorder.hpp"

#include "model/relacy/untracked.hpp"

namespace revenant::model::relacy {
namespace {

// The vectors grow while modelled code runs, whose allocations Relacy counts; ours are not to be.
template <class T>
void append(std::vector<T>& to, const T& value) {
    if (to.size() == to.capacity()) {
        const Untracked scope;
        to.reserve(to.capacity() * 2 + 64);
    }
    to.push_back(value);
}

}  // namespace

Recorder& recorder() {
    static Recorder instance;
    return instance;
}

void Recorder::begin() {
    trace.blocks.clear();
    trace.cells.clear();
    trace.steps.clear();
    choices.clear();
    extents_.clear();
    pending_ = {};
    locks_held_ = {};
    deferred_ = {};
    violation_ = {};
    thread = setup_thread;
    running = 0;
}

BlockId Recorder::add_block(const char* label, const void* address, std::size_t size) {
    Block block;
    block.label = label;
    block.ordinal = 1;
    for (const auto& earlier : trace.blocks) {
        if (std::string_view(earlier.label) == label) ++block.ordinal;
    }
    block.creator = thread;
    block.allocated_step = static_cast<int>(trace.steps.size());
    append(trace.blocks, block);
    append(extents_, Extent{static_cast<const char*>(address), size});
    return static_cast<BlockId>(trace.blocks.size() - 1);
}

BlockId Recorder::live_block(const void* address) const {
    for (std::size_t i = extents_.size(); i-- > 0;) {
        if (extents_[i].begin == address && trace.blocks[i].freed_step < 0) {
            return static_cast<BlockId>(i);
        }
    }
    return no_id;
}

void Recorder::freed(BlockId block) {
    trace.blocks[block].freed_step = static_cast<int>(trace.steps.size()) - 1;
}

CellId Recorder::add_cell(const void* address, const cell_name& name, bool opaque) {
    Cell cell{name.text, name.role, no_id, opaque};
    const auto* const at = static_cast<const char*>(address);
    for (std::size_t i = extents_.size(); i-- > 0;) {
        if (at >= extents_[i].begin && at < extents_[i].begin + extents_[i].size) {
            cell.block = static_cast<BlockId>(i);
            break;
        }
    }
    append(trace.cells, cell);
    return static_cast<CellId>(trace.cells.size() - 1);
}

void Recorder::done(const Operation& operation) {
    pending_[slot()].active = false;
    append(trace.steps, Step{thread, false, operation});
}

const Violation* Recorder::due() const {
    const auto& violation = deferred_[slot()];
    return violation.step >= 0 ? &violation : nullptr;
}

void Recorder::close_failed() {
    if (const auto& pending = pending_[slot()]; pending.active) {
        append(trace.steps, Step{thread, true, pending.operation});
    }
}

const Operation* Recorder::pending(int of_thread) const {
    const auto& pending = pending_[static_cast<std::size_t>(of_thread)];
    return pending.active ? &pending.operation : nullptr;
}

}  // namespace revenant::model::relacy
