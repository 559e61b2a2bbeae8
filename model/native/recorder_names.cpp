// The part of the recorder that makes a failing execution fit to be read: objects are named by their types,
// and a test framework's steps set apart.
#include <string_view>

#include "model/native/framework.hpp"
#include "model/native/recorder.hpp"
#include "model/native/sources.hpp"
#include "model/native/types.hpp"

namespace revenant::model::native {

void Recorder::name_by_type() {
    const auto& blocks = machine().heap.blocks();
    std::map<std::string, unsigned> ordinals;
    std::vector<Type> types(trace_.blocks.size());
    for (const auto& [number, id] : blocks_) {
        auto& block = trace_.blocks[id];
        const auto& places = places_[static_cast<std::size_t>(block.allocated_step)];
        types[id] = type_of_block(places, blocks[static_cast<std::size_t>(number)].size);
        if (auto name = type_name(types[id]); !name.empty()) block.label = kept(std::move(name));
        block.ordinal = ++ordinals[block.label];
    }
    for (const auto& [where, id] : cells_) {
        auto& cell = trace_.cells[id];
        const auto& [address, kind] = where;
        if (kind == ObjectKind::freed) continue;  // a pointer to any of the fields that begin there
        if (cell.block != no_id) {
            const auto number = static_cast<std::size_t>(machine().heap.block_around(address));
            const auto offset = address - blocks[number].address;
            note_number(id, types[cell.block], offset);
            auto name = field_name(types[cell.block], offset);
            if (!name.empty()) cell.name = kept(std::move(name));
        } else if (const auto variable = variable_around(address)) {
            const auto typed = type_of_variable(variable->begin);
            note_number(id, typed.type, typed.offset + (address - variable->begin));
            const auto name = field_name(typed.type, typed.offset + (address - variable->begin));
            if (name.empty() || name.starts_with('+')) continue;
            const auto whole =
                variable->name.substr(0, typed.is_part ? variable->name.rfind('.') : std::string::npos);
            cell.name = kept(whole + (name.starts_with('[') ? "" : ".") + name);
        }
    }
}

int Recorder::set_case_apart() {
    if (program_framework() == Framework::none) return -1;
    const auto count = static_cast<int>(trace_.steps.size());
    const auto is_of_case = [&](int step) {
        const auto number = static_cast<std::size_t>(step);
        return trace_.steps[number].thread != 0 ||
               (is_of_a_case(places_[number]) && !is_of_a_library_once(number));
    };
    int first = 0;
    int last = count - 1;
    while (first < count && !is_of_case(first)) ++first;
    while (last > first && !is_of_case(last)) --last;
    if (first == count) return -1;
    for (int i = 0; i < first; ++i) trace_.steps[static_cast<std::size_t>(i)].thread = setup_thread;
    for (int i = last + 1; i < count; ++i) trace_.steps[static_cast<std::size_t>(i)].thread = teardown_thread;
    for (int i = first; i <= last; ++i) {
        const auto number = static_cast<std::size_t>(i);
        trace_.steps[number].of_framework =
            is_of_the_framework(places_[number]) || is_of_a_library_once(number);
    }
    // A framework frees what it has made for the case; what has failed came before that.
    for (int i = last; i >= first; --i) {
        const auto& step = trace_.steps[static_cast<std::size_t>(i)];
        if (!step.of_framework && !step.operation.on_block) return i;
    }
    return last;
}

// What the standard library's library does once, and asks for each time: the locale, say.
bool Recorder::is_of_a_library_once(std::size_t step) const {
    const auto label = labels_.find(trace_.steps[step].operation.target);
    if (trace_.steps[step].operation.on_block || label == labels_.end()) return false;
    const std::string_view name = label->second;
    return (name == "once" || name == "outside") && is_of_standard_library(places_[step].front());
}

}  // namespace revenant::model::native
