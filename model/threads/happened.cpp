#include "model/threads/happened.hpp"

#include <sstream>

namespace revenant::model::threads {
namespace {

std::optional<Step> step_of(std::istringstream& in) {
    Step step;
    unsigned kind = 0;
    in >> step.thread >> kind >> step.operation.on_block >> step.operation.target;
    if (!in || kind > static_cast<unsigned>(OperationKind::yield)) return std::nullopt;
    step.operation.kind = static_cast<OperationKind>(kind);
    step.unfinished = true;  // until it is known what came of it
    return step;
}

std::string rest_of(std::istringstream& in) {
    std::string rest;
    std::getline(in >> std::ws, rest);
    return rest;
}

}  // namespace

void Happened::take(std::string_view line) {
    std::istringstream in{std::string(line)};
    std::string word;
    in >> word;
    if (word == "block") {
        Block block;
        in >> block.creator;
        block.label = names_.emplace_back(rest_of(in)).c_str();
        block.ordinal = 1;
        for (const auto& other : trace.blocks) block.ordinal += std::string_view(other.label) == block.label;
        block.allocated_step = static_cast<int>(trace.steps.size()) - 1;
        trace.blocks.push_back(block);
    } else if (word == "cell") {
        Cell cell;
        unsigned value = 0;
        int place = 0;  // in an array, from 1
        in >> cell.block >> value >> place;
        cell.index = place - 1;
        if (value <= static_cast<unsigned>(CellValue::opaque)) cell.value = static_cast<CellValue>(value);
        cell.name = names_.emplace_back(rest_of(in)).c_str();
        cell.ordinal = trace.next_ordinal(cell);
        trace.cells.push_back(cell);
    } else if (word == "step" || word == "behind") {
        if (const auto step = step_of(in)) {
            trace.steps.push_back(*step);
            if (word == "step") ++recorded_steps;
        }
    } else if (word == "did" && !trace.steps.empty()) {
        auto& step = trace.steps.back();
        in >> step.operation.before >> step.operation.after >> step.operation.failed;
        step.unfinished = false;
        if (step.operation.kind == OperationKind::free && step.operation.target < trace.blocks.size()) {
            trace.blocks[step.operation.target].freed_step = static_cast<int>(trace.steps.size()) - 1;
        }
    } else if (word == "instead" || word == "waits") {
        instead = step_of(in);
        waits = word == "waits";
    } else if (word == "stopped") {
        in >> stopped;
    } else if (word == "failed") {
        in >> failed_kind;
        failed_text = rest_of(in);
    } else if (word == "end") {
        in >> end;
    }
}

}  // namespace revenant::model::threads
