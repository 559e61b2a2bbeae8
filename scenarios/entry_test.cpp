// What a catalogue of a stranger's may not have.
#include "scenarios/entry.hpp"

#include <doctest/doctest.h>

namespace revenant::scenarios {
namespace {

Catalogue catalogue(std::vector<Scenario> scenarios,
                    const std::vector<std::string_view>& implementations = {}) {
    Catalogue made{std::move(scenarios), {}};
    for (const auto& name : implementations) {
        Entry entry;
        entry.scenario = made.scenarios.front().id;
        entry.implementation = name;
        made.entries.push_back(entry);
    }
    return made;
}

TEST_CASE("our own catalogue has no fault") { CHECK(fault_of(whole_catalogue()).empty()); }

TEST_CASE("a fault of a catalogue is told in a line") {
    struct Row {
        Catalogue catalogue;
        const char* fault;  ///< empty: there is none
    };
    Catalogue without_kinds = catalogue({{"a/b", ""}}, {"x"});
    without_kinds.entries.front().claim.broken_from = 2;
    const Row rows[] = {
        {{}, ""},
        {catalogue({{"a/b", ""}, {"A-1.c+d_e", ""}}, {"x", "x+y"}), ""},
        {catalogue({{"", ""}}), "scenario '': letters, digits and _ - + . / make a name"},
        {catalogue({{"a: b", ""}}), "scenario 'a: b': letters, digits and _ - + . / make a name"},
        {catalogue({{"a", ""}}, {"x:2"}), "implementation 'x:2': letters, digits and _ - + . / make a name"},
        {catalogue({{"a", ""}}, {"x y"}), "implementation 'x y': letters, digits and _ - + . / make a name"},
        {catalogue({{"a", ""}, {"a", ""}}), "scenario 'a' is there twice; say scenario(id) for more rows"},
        {catalogue({{"a", ""}}, {"x", "x"}), "a x is there twice"},
        {catalogue({{"a", "", 3, 2}}), "scenario 'a': 3 to 2 threads; a model runs 1 to 12"},
        {catalogue({{"a", "", 0, 1}}), "scenario 'a': 0 to 1 threads; a model runs 1 to 12"},
        {catalogue({{"a", "", 13, 14}}), "scenario 'a': 13 to 14 threads; a model runs 1 to 12"},
        {catalogue({{"a", "", 1, 99}}), ""},
        {without_kinds, "a/b x is claimed to be broken, and not how"},
    };
    for (const auto& [written, fault] : rows) {
        CAPTURE(fault);
        CHECK(fault_of(written) == fault);
    }
}

}  // namespace
}  // namespace revenant::scenarios
