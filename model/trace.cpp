#include "model/trace.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <string_view>

namespace revenant::model {
namespace {

const char* verb(const Operation& op) {
    if (*op.verb != '\0') return op.verb;
    switch (op.kind) {
        case OperationKind::load: return "load";
        case OperationKind::store: return "store";
        case OperationKind::exchange: return "exchange";
        case OperationKind::fetch_add: return "fetch_add";
        case OperationKind::fetch_sub: return "fetch_sub";
        case OperationKind::fetch_or: return "fetch_or";
        case OperationKind::fetch_and: return "fetch_and";
        case OperationKind::fetch_xor: return "fetch_xor";
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
        case OperationKind::try_lock: return "try_lock";
        case OperationKind::lock_shared: return "lock_shared";
        case OperationKind::try_lock_shared: return "try_lock_shared";
        case OperationKind::unlock_shared: return "unlock_shared";
        case OperationKind::wait: return "cv wait";
        case OperationKind::end_wait: return "cv wait over";
        case OperationKind::notify_one: return "cv notify_one";
        case OperationKind::notify_all: return "cv notify_all";
        case OperationKind::call_once: return "call_once";
        case OperationKind::count_down: return "count_down";
        case OperationKind::wait_for_latch: return "wait";
    }
    return "?";
}

// The shortest that is read as the same number.
std::string text_of(double number) {
    std::array<char, 32> text{};
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

}  // namespace

std::string Trace::block_name(BlockId block) const {
    if (block >= blocks.size()) return "an unknown object";
    return std::string(blocks[block].label) + "#" + std::to_string(blocks[block].ordinal);
}

unsigned Trace::next_ordinal(const Cell& cell) const {
    unsigned ordinal = 1;
    for (const auto& other : cells) {
        if (other.block == cell.block && other.index == cell.index &&
            std::string_view(other.name) == cell.name) {
            ++ordinal;
        }
    }
    return ordinal;
}

std::string Trace::cell_name(const Cell& cell) {
    std::string name = cell.name;
    if (cell.index >= 0) name += "[" + std::to_string(cell.index) + "]";
    if (cell.ordinal > 1) name += "#" + std::to_string(cell.ordinal);
    return name;
}

std::string Trace::target_name(const Operation& op) const {
    if (op.on_block) return block_name(op.target);
    if (op.target >= cells.size())
        return op.kind == OperationKind::fence || op.kind == OperationKind::yield ? "" : "an unknown cell";
    const auto& cell = cells[op.target];
    const auto name = cell_name(cell);
    return cell.block == no_id ? name : block_name(cell.block) + "." + name;
}

std::string Trace::describe(const Step& step) const {
    const auto& op = step.operation;
    const auto target = target_name(op);
    if (op.kind == OperationKind::fence) return "fence";
    if (op.kind == OperationKind::yield && *op.verb != '\0') {
        return target.empty() ? op.verb : target + " " + op.verb;
    }
    if (op.kind == OperationKind::yield) return target.empty() ? "wait" : "wait for " + target;
    if (op.on_block) return std::string(verb(op)) + " " + target;
    return target + " " + verb(op) + (step.unfinished ? "" : values(op));
}

std::string Trace::value_text(const Operation& op, std::uint64_t value) const {
    if (value_of(op) == CellValue::number) return std::to_string(value);
    if (value_of(op) == CellValue::signed_number) return std::to_string(static_cast<std::int64_t>(value));
    if (value_of(op) == CellValue::truth) return value == 0 ? "false" : "true";
    if (value_of(op) == CellValue::real) return text_of(std::bit_cast<double>(value));
    const auto target = pointer_target(value);
    if (target == 0) return "null";
    if (points_outside(value)) return "outside#" + std::to_string(target - pointer_outside(0) + 1);
    const auto offset = value >> 32;
    return block_name(static_cast<BlockId>(target - 1)) + (offset == 0 ? "" : "+" + std::to_string(offset));
}

std::string Trace::values(const Operation& op) const {
    const bool opaque = value_of(op) == CellValue::opaque;
    const auto before = opaque ? "" : value_text(op, op.before);
    const auto equals = opaque ? "" : " = " + before;
    auto change = opaque ? "" : " " + before + "→" + value_text(op, op.after);
    switch (op.kind) {
        case OperationKind::load:
        case OperationKind::read: return equals + (op.stale ? " (stale)" : "");
        case OperationKind::write: return opaque || op.lent ? "" : " = " + value_text(op, op.after);
        case OperationKind::store:
        case OperationKind::exchange:
        case OperationKind::fetch_add:
        case OperationKind::fetch_sub:
        case OperationKind::fetch_or:
        case OperationKind::fetch_and:
        case OperationKind::fetch_xor:
        case OperationKind::count_down: return change;
        case OperationKind::cas_strong:
        case OperationKind::cas_weak:
            if (!op.failed) return change;
            return std::string(op.spurious ? " failed spuriously" : " failed") + (opaque ? "" : "," + equals);
        case OperationKind::try_lock:
        case OperationKind::try_lock_shared: return op.failed ? " failed" : "";
        case OperationKind::wait: return op.spurious ? ", to wake up by itself" : "";
        case OperationKind::end_wait: return op.failed ? ", out of time" : ", notified";
        case OperationKind::call_once: return op.failed ? ", done already" : "";
        default: return "";
    }
}

std::string Trace::in_words(const Step& step) const {
    return thread_name(step.thread) + " " + describe(step);
}

BlockId Trace::block_of(const Operation& op) const {
    if (op.on_block) return op.target;
    return op.target < cells.size() ? cells[op.target].block : no_id;
}

CellValue Trace::value_of(const Operation& op) const {
    return op.on_block || op.target >= cells.size() ? CellValue::opaque : cells[op.target].value;
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
