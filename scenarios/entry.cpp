#include "scenarios/entry.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <utility>

#include "model/relacy/engine.hpp"

namespace revenant::scenarios {
namespace {

// A schedule, a case and a script carry it between colons and spaces.
bool is_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("_-+./").find(c) != std::string_view::npos;
    });
}

std::string bad_name(const char* what, std::string_view name) {
    return std::string(what) + " '" + std::string(name) + "': letters, digits and _ - + . / make a name";
}

}  // namespace

std::string fault_of(const Catalogue& catalogue) {
    std::set<std::string> seen;
    for (const auto& [id, summary, fewest, most] : catalogue.scenarios) {
        const auto named = "scenario '" + std::string(id) + "'";
        if (!is_name(id)) return bad_name("scenario", id);
        if (!seen.emplace(id).second) return named + " is there twice; say scenario(id) for more rows";
        if (fewest > most || fewest < 1 || fewest > model::relacy::explore_threads_max) {
            return named + ": " + std::to_string(fewest) + " to " + std::to_string(most) +
                   " threads; a model runs 1 to " + std::to_string(model::relacy::explore_threads_max);
        }
    }
    for (const auto& entry : catalogue.entries) {
        const auto& name = entry.implementation;
        if (!is_name(name)) return bad_name("implementation", name);
        const auto both = std::string(entry.scenario) + " " + std::string(name);
        if (!seen.insert(both).second) return both + " is there twice";
        if (entry.claim.broken_from != 0 && entry.claim.kinds.empty()) {
            return both + " is claimed to be broken, and not how";
        }
    }
    return {};
}

Catalogue without_faults(Catalogue catalogue) {
    const auto fault = fault_of(catalogue);
    if (fault.empty()) return catalogue;
    std::fprintf(stderr, "revenant: the catalogue: %s\n", fault.c_str());
    std::exit(2);
}

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
