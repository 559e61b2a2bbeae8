#include "model/trace.hpp"

namespace revenant::model {
namespace {

const char* verb(const Operation& op) {
    switch (op.kind) {
        case OperationKind::load: return "load";
        case OperationKind::store: return "store";
        case OperationKind::exchange: return "exchange";
        case OperationKind::fetch_add: return "fetch_add";
        case OperationKind::fetch_sub: return "fetch_sub";
        case OperationKind::cas_strong:
        case OperationKind::cas_weak: return "CAS";
        case OperationKind::read: return "read";
        case OperationKind::write: return "write";
        case OperationKind::retire: return "destroy";
        case OperationKind::lock: return "lock";
        case OperationKind::unlock: return "unlock";
        case OperationKind::allocate: return "make";
        case OperationKind::free: return "free";
        case OperationKind::fence: return "fence";
        case OperationKind::yield: return "wait";
    }
    return "?";
}

std::string values(const Operation& op) {
    const auto before = std::to_string(op.before);
    auto change = " " + before + "→" + std::to_string(op.after);
    switch (op.kind) {
        case OperationKind::load:
        case OperationKind::read: return " = " + before + (op.stale ? " (stale)" : "");
        case OperationKind::write: return " = " + std::to_string(op.after);
        case OperationKind::store:
        case OperationKind::exchange:
        case OperationKind::fetch_add:
        case OperationKind::fetch_sub: return change;
        case OperationKind::cas_strong:
        case OperationKind::cas_weak:
            if (op.spurious) return " failed spuriously, = " + before;
            return op.failed ? " failed, = " + before : change;
        default: return "";
    }
}

}  // namespace

std::string Trace::block_name(BlockId block) const {
    if (block >= blocks.size()) return "an unknown object";
    return std::string(blocks[block].label) + "#" + std::to_string(blocks[block].ordinal);
}

std::string Trace::target_name(const Operation& op) const {
    if (op.on_block) return block_name(op.target);
    if (op.target >= cells.size())
        return op.kind == OperationKind::fence || op.kind == OperationKind::yield ? "" : "an unknown cell";
    const auto& cell = cells[op.target];
    if (cell.block == no_id) return cell.name;
    return block_name(cell.block) + "." + cell.name;
}

std::string Trace::describe(const Step& step) const {
    const auto& op = step.operation;
    const auto target = target_name(op);
    if (op.kind == OperationKind::fence) return "fence";
    if (op.kind == OperationKind::yield) return target.empty() ? "wait" : "wait for " + target;
    if (op.on_block) return std::string(verb(op)) + " " + target;
    const bool opaque = op.target < cells.size() && cells[op.target].opaque;
    return target + " " + verb(op) + (step.unfinished || opaque ? "" : values(op));
}

std::string Trace::in_words(const Step& step) const {
    return thread_name(step.thread) + " " + describe(step);
}

BlockId Trace::block_of(const Operation& op) const {
    if (op.on_block) return op.target;
    return op.target < cells.size() ? cells[op.target].block : no_id;
}

std::string thread_name(int thread) {
    if (thread == setup_thread) return "setup";
    if (thread == teardown_thread) return "teardown";
    return "T" + std::to_string(thread + 1);
}

std::string place(const std::source_location& where) {
    return std::string(where.file_name()) + ":" + std::to_string(where.line());
}

}  // namespace revenant::model
