#include "harness/search/turns.hpp"

namespace revenant::harness {

Turns turns_of(const std::vector<model::Choice>& choices) {
    Turns turns;
    for (const auto& choice : choices) {
        if (choice.kind == model::ChoiceKind::thread || turns.empty()) turns.emplace_back();
        turns.back().push_back(choice);
    }
    return turns;
}

std::vector<model::Choice> choices_of(const Turns& turns) {
    std::vector<model::Choice> choices;
    for (const auto& turn : turns) choices.insert(choices.end(), turn.begin(), turn.end());
    return choices;
}

}  // namespace revenant::harness
