// The part of the recorder that names variables of functions. Where the debug information says that they lie
// depends on the code that the function has come to, so that its frame is noted with each step.
#include <map>
#include <tuple>

#include "model/native/layout.hpp"
#include "model/native/recorder.hpp"
#include "model/native/sources.hpp"
#include "model/native/types.hpp"

namespace revenant::model::native {

void Recorder::parks() { frames_[machine().current()] = frames_here(); }

// The thread that the variable is of waits just now, or takes the step itself.
void Recorder::note_frame(CellId cell) {
    const auto address = addresses_[cell];
    if (!names || !is_of_a_stack(address)) return;
    const int owner = owner_of_stack(address);
    if (owner == machine().current()) parks();
    if (auto found = frame_around(frames_[owner], address)) frames_of_steps_[trace_.steps.size()] = *found;
}

// Two variables that had one place are two cells.
void Recorder::name_locals() {
    using Variable = std::tuple<std::string, std::uintptr_t, std::uintptr_t>;
    std::map<std::string, unsigned> ordinals;
    std::map<Variable, unsigned> numbers;
    std::map<std::pair<CellId, Variable>, CellId> cells;
    for (const auto& [step, around] : frames_of_steps_) {
        auto& target = trace_.steps[step].operation.target;
        const auto place = target;
        const auto local = local_around(addresses_[place], around);
        const bool is_known = last_at_.contains(place);
        if (local.type == 0) {
            if (is_known) target = last_at_[place];
            continue;
        }
        const Variable variable{local.name, local.begin, around.end};
        const auto [cell, is_new] = cells.try_emplace({place, variable}, place);
        if (is_new && is_known) {
            cell->second = static_cast<CellId>(trace_.cells.size());
            trace_.cells.push_back(trace_.cells[place]);
        }
        target = last_at_[place] = cell->second;
        if (!is_new) continue;
        auto& number = numbers[variable];
        if (number == 0) number = ++ordinals[local.name];
        auto name = local.name + "#" + std::to_string(number);
        const auto offset = addresses_[place] - local.begin;
        auto field = field_name(local.type, offset);
        if (place == freed_) field = offset == 0 ? "" : "+" + std::to_string(offset);
        if (!field.empty()) name += (field.front() == '[' || field.front() == '+' ? "" : ".") + field;
        trace_.cells[cell->second].name = kept(name);
        note_number(cell->second, local.type, offset);
        labels_.erase(place);
    }
}

void Recorder::number_labels() {
    std::map<std::string, unsigned> ordinals;
    for (const auto& [cell, label] : labels_) {
        trace_.cells[cell].name = kept(label + ("#" + std::to_string(++ordinals[label])));
    }
}

}  // namespace revenant::model::native
