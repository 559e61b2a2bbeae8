#include "harness/search/turns.hpp"

#include <algorithm>

namespace revenant::harness {

Turns turns_of(const std::vector<model::Choice>& choices) {
    const auto is_turn = [](const model::Choice& choice) { return choice.kind == model::ChoiceKind::thread; };
    Turns turns;
    for (auto begin = choices.begin(); begin != choices.end();) {
        const auto end = std::find_if(begin + 1, choices.end(), is_turn);
        turns.emplace_back(begin, end);
        begin = end;
    }
    return turns;
}

std::vector<model::Choice> choices_of(const Turns& turns) {
    std::vector<model::Choice> choices;
    for (const auto& turn : turns) choices.insert(choices.end(), turn.begin(), turn.end());
    return choices;
}

}  // namespace revenant::harness
