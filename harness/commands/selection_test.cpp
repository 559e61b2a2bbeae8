#include "harness/commands/selection.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace revenant::harness {
namespace {

using Globs = std::vector<std::string>;

std::vector<Run> selected(const Selection& selection) {
    auto rows = select(selection);
    REQUIRE_MESSAGE(rows, rows.error());
    return *rows;
}

TEST_CASE("by default every entry is selected with two, three and four threads, in the catalogue's order") {
    const auto rows = selected({});
    const auto& entries = scenarios::entries();
    REQUIRE_FALSE(entries.empty());
    REQUIRE(rows.size() == 3 * entries.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CHECK(rows[i].entry == &entries[i / 3]);
        CHECK(rows[i].threads == 2 + i % 3);
    }
}

TEST_CASE("a thread count selects that one only") {
    for (unsigned threads = 2; threads <= 5; ++threads) {
        const auto rows = selected({{}, "*", threads});
        CHECK(rows.size() == scenarios::entries().size());
        for (const auto& row : rows) CHECK(row.threads == threads);
    }
}

TEST_CASE("a scenario's star matches a slash, and several globs select what any of them matches") {
    const auto scenarios_of = [](const Globs& globs) {
        std::set<std::string> names;
        for (const auto& row : selected({globs, "*", 2})) names.insert(std::string(row.entry->scenario));
        return names;
    };
    CHECK(scenarios_of({"tutorial/lost_update"}) == std::set<std::string>{"tutorial/lost_update"});
    CHECK(scenarios_of({"*lost_update"}) == std::set<std::string>{"tutorial/lost_update"});
    CHECK(scenarios_of({"t[tu]torial/*_updat?"}) == std::set<std::string>{"tutorial/lost_update"});
    for (const auto& name : scenarios_of({"refcount/*"})) CHECK(name.starts_with("refcount/"));
    auto both = scenarios_of({"refcount/*"});
    for (const auto* const name : {"claim_vs_read", "lost_update", "publish_vs_read"}) {
        both.insert(std::string("tutorial/") + name);
    }
    CHECK(scenarios_of({"tutorial/*", "refcount/*"}) == both);
    CHECK(scenarios_of({"refcount/*", "refcount/*"}) == scenarios_of({"refcount/*"}));
}

TEST_CASE("globs that match the same row select it once") {
    CHECK(selected({{"tutorial/*", "*lost*"}, "fetch_add", 2}).size() == 1);
}

TEST_CASE("an implementation's glob keeps what it matches") {
    const auto rows = selected({{}, "legacy_registry*", 2});
    for (const auto& row : rows) CHECK(row.entry->implementation.starts_with("legacy_registry"));
    CHECK(rows.size() < scenarios::entries().size());
}

TEST_CASE("what selects nothing gets one line that says what and where to look") {
    struct Row {
        Selection selection;
        const char* error;
    };
    const Row rows[] = {
        {{{"nothing/*"}, "*", 2}, "no scenario matches 'nothing/*'; `revenant list` shows them all"},
        {{{"tutorial/*", "nothing"}, "*", 2},
         "no scenario matches 'nothing'; `revenant list` shows them all"},
        {{{}, "nothing", 2}, "no implementation matches 'nothing'; `revenant list` shows them all"},
        {{{"tutorial/*"}, "weak_registry", 2},
         "no scenario selected has an implementation that matches 'weak_registry'; `revenant list` shows "
         "which fit"},
        {{{""}, "*", 2}, "'' is not a glob: use *, ? and closed brackets, as in 'registry/*'"},
        {{{"a[b"}, "*", 2}, "'a[b' is not a glob: use *, ? and closed brackets, as in 'registry/*'"},
        {{{"a\\"}, "*", 2}, "'a\\' is not a glob: use *, ? and closed brackets, as in 'registry/*'"},
        {{{}, "", 2}, "'' is not a glob: use *, ? and closed brackets, as in 'registry/*'"},
        {{{}, "*", 0}, "--threads 0: a model runs 1 to 12 threads"},
        {{{}, "*", 1}, "--threads 1: no scenario selected runs with so many"},
        {{{}, "*", 13}, "--threads 13: a model runs 1 to 12 threads"},
    };
    for (const auto& [selection, error] : rows) {
        const auto result = select(selection);
        CAPTURE(std::string(error));
        REQUIRE_FALSE(result);
        CHECK(result.error() == error);
    }
}

}  // namespace
}  // namespace revenant::harness
