#include "scenarios/entry.hpp"

namespace revenant::scenarios {

const std::vector<Scenario>& scenarios() { return whole_catalogue().scenarios; }
const std::vector<Entry>& entries() { return whole_catalogue().entries; }

namespace {

const Scenario* find_scenario(std::string_view id) {
    for (const auto& known : scenarios()) {
        if (known.id == id) return &known;
    }
    return nullptr;
}

// Null: there is none, or there are several.
const Entry* only_correct_in(std::string_view scenario) {
    const Entry* only = nullptr;
    for (const auto& entry : entries()) {
        if (entry.scenario != scenario || entry.claim.broken_from != 0) continue;
        if (only != nullptr) return nullptr;
        only = &entry;
    }
    return only;
}

}  // namespace

std::string_view summary_of(std::string_view scenario) {
    const auto* const known = find_scenario(scenario);
    return known == nullptr ? std::string_view() : known->summary;
}

bool runs_with(const Entry& entry, unsigned threads) {
    const auto* const known = find_scenario(entry.scenario);
    return known != nullptr && threads >= known->threads_min && threads <= known->threads_max;
}

const Entry* find_entry(std::string_view scenario, std::string_view implementation) {
    for (const auto& entry : entries()) {
        if (entry.scenario == scenario && entry.implementation == implementation) return &entry;
    }
    return nullptr;
}

const Entry* fix_of(const Entry& entry) {
    if (entry.claim.broken_from == 0) return nullptr;
    auto name = entry.fix;
    if (name.empty()) name = entry.implementation.substr(0, entry.implementation.find('+'));
    // Its own name, where nobody has named its fix, is that of a broken one.
    const auto* named = find_entry(entry.scenario, name);
    if (named != nullptr && named->claim.broken_from != 0 && !named->fix.empty()) {
        named = find_entry(entry.scenario, named->fix);  // a mutant of what has a fix
    }
    return named != nullptr && named->claim.broken_from == 0 ? named : only_correct_in(entry.scenario);
}

}  // namespace revenant::scenarios
