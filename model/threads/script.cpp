#include "model/threads/script.hpp"

#include <sstream>

namespace revenant::model::threads {
namespace {

constexpr const char* magic = "revenant.script/1";
constexpr unsigned kinds = static_cast<unsigned>(last_operation_kind) + 1;
constexpr std::size_t steps_max = 100'000;

// Whether the values of a step are somebody's to compare: not those of a block or a mutex, nor an address
// that is in no block.
bool has_values(const Trace& trace, const Step& step) {
    const auto& op = step.operation;
    if (step.unfinished || op.lent || op.on_block || op.target >= trace.cells.size()) return false;
    switch (op.kind) {
        case OperationKind::lock:
        case OperationKind::unlock:
        case OperationKind::retire:
        case OperationKind::fence:
        case OperationKind::yield:
        case OperationKind::lock_shared:
        case OperationKind::unlock_shared:
        case OperationKind::count_down:
        case OperationKind::wait_for_latch:
        case OperationKind::wait:
        case OperationKind::notify_one:
        case OperationKind::notify_all: return false;
        case OperationKind::try_lock:
        case OperationKind::try_lock_shared:
        case OperationKind::end_wait:
        case OperationKind::call_once: return true;  // whether it failed
        default: break;
    }
    switch (trace.value_of(op)) {
        case CellValue::number:
        case CellValue::signed_number:
        case CellValue::real:
        case CellValue::truth: return true;
        case CellValue::pointer: return !points_outside(op.before) && !points_outside(op.after);
        case CellValue::opaque: break;
    }
    return false;
}

// A value without what differs between the worlds.
std::uint64_t comparable(const Trace& trace, const Operation& op, std::uint64_t value) {
    return trace.value_of(op) == CellValue::pointer ? pointer_target(value) : value;
}

}  // namespace

Result<std::vector<ScriptStep>> script_steps(const Trace& trace) {
    std::vector<ScriptStep> steps;
    for (const auto& step : trace.steps) {
        const auto& op = step.operation;
        if (op.stale || op.spurious) {
            return BadInput{"step " + std::to_string(steps.size() + 1) + " of the schedule needs " +
                            (op.stale ? "a stale read" : "a spurious failure") + " (" + trace.in_words(step) +
                            "), which this hardware cannot be made to give; the model can: replay it there"};
        }
        steps.push_back({.thread = step.thread,
                         .kind = op.kind,
                         .on_block = op.on_block,
                         .unfinished = step.unfinished,
                         .values = has_values(trace, step),
                         .failed = op.failed,
                         .target = op.target,
                         .before = comparable(trace, op, op.before),
                         .after = comparable(trace, op, op.after)});
    }
    return steps;
}

std::string to_text(const Script& script) {
    std::ostringstream text;
    text << magic << ' ' << script.scenario << ' ' << script.implementation << ' ' << script.threads << ' '
         << script.steps.size() << '\n';
    for (const auto& step : script.steps) {
        text << step.thread << ' ' << static_cast<unsigned>(step.kind) << ' ' << step.on_block << ' '
             << step.unfinished << ' ' << step.values << ' ' << step.failed << ' ' << step.target << ' '
             << step.before << ' ' << step.after << '\n';
    }
    return text.str();
}

Result<Script> parse_script(std::string_view text) {
    const BadInput bad{"not a script of this build"};
    std::istringstream in{std::string(text)};
    Script script;
    std::string first;
    std::size_t size = 0;
    in >> first >> script.scenario >> script.implementation >> script.threads >> size;
    if (!in || first != magic || size > steps_max) return bad;
    for (std::size_t i = 0; i < size; ++i) {
        ScriptStep step;
        unsigned kind = 0;
        in >> step.thread >> kind >> step.on_block >> step.unfinished >> step.values >> step.failed >>
            step.target >> step.before >> step.after;
        const bool known_thread =
            step.thread >= teardown_thread && step.thread < static_cast<int>(script.threads);
        if (!in || kind >= kinds || !known_thread) return bad;
        step.kind = static_cast<OperationKind>(kind);
        script.steps.push_back(step);
    }
    return script;
}

}  // namespace revenant::model::threads
