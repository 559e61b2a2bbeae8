#include "scenarios/entry.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <string>

namespace revenant::scenarios {
namespace {

bool convicts(const Entry& entry) { return entry.claim.broken_from != 0; }

}  // namespace

TEST_CASE("every scenario id is subject/event and has a summary and entries") {
    REQUIRE(!scenarios().empty());
    const std::regex form("[a-z]+/[a-z_]+");
    for (const auto& scenario : scenarios()) {
        CAPTURE(scenario.id);
        CHECK(std::regex_match(std::string(scenario.id), form));
        CHECK(!scenario.summary.empty());
        CHECK(std::any_of(entries().begin(), entries().end(),
                          [&](const Entry& e) { return e.scenario == scenario.id; }));
    }
}

TEST_CASE("every entry belongs to a listed scenario and is there once") {
    std::set<std::string> seen;
    for (const auto& entry : entries()) {
        const auto name = std::string(entry.scenario) + " " + std::string(entry.implementation);
        CAPTURE(name);
        CHECK(seen.insert(name).second);
        CHECK(std::any_of(scenarios().begin(), scenarios().end(),
                          [&](const Scenario& s) { return s.id == entry.scenario; }));
        CHECK(find_entry(entry.scenario, entry.implementation) == &entry);
    }
}

TEST_CASE("every claim of a broken implementation says how it breaks, and only those do") {
    for (const auto& entry : entries()) {
        CAPTURE(entry.scenario);
        CAPTURE(entry.implementation);
        CHECK(convicts(entry) == !entry.claim.kinds.empty());
    }
}

TEST_CASE("every broken implementation has a fix, which is claimed correct in the same scenario") {
    for (const auto& entry : entries()) {
        CAPTURE(entry.scenario);
        CAPTURE(entry.implementation);
        const auto* const fix = fix_of(entry);
        CHECK((fix != nullptr) == convicts(entry));
        if (fix == nullptr) continue;
        CHECK(fix->scenario == entry.scenario);
        CHECK_FALSE(convicts(*fix));
    }
}

TEST_CASE("the fix of a broken implementation of no known name is the only correct one in its scenario") {
    const auto fix = [](std::string_view scenario, std::string_view implementation) {
        Entry entry;
        entry.scenario = scenario;
        entry.implementation = implementation;
        entry.claim = {2, {model::FindingKind::invariant}};
        return fix_of(entry);
    };
    CHECK(fix("tutorial/lost_update", "of_a_stranger") == find_entry("tutorial/lost_update", "fetch_add"));
    CHECK(fix("tutorial/lost_update", "fetch_add+x") == find_entry("tutorial/lost_update", "fetch_add"));
    // Broken ones of the catalogue's that are named here as if nobody knew their fixes: none is its own.
    CHECK(fix("tutorial/claim_vs_read", "weak_once+x+y") ==
          find_entry("tutorial/claim_vs_read", "weak_in_loop"));
    CHECK(fix("registry/two_keys", "weak_registry+blind_ref") ==
          find_entry("registry/two_keys", "weak_registry"));
    CHECK(fix("tutorial/claim_vs_read", "of_a_stranger") == nullptr);  // there are two
}

TEST_CASE("every mistake is convicted by at least one scenario, with two threads") {
    std::set<std::string_view> mistakes{
        "legacy_registry",        "strong_registry",    "load_then_store",
        "value_then_flag",        "weak_once",          "tunnel_borrows",
        "tunnel_looks_first",     "tunnel_clones_late", "tunnel_holds_on_legacy",
        "tunnel_holds_on_strong", "chain_copies",       "chain_looks_first",
        "chain_exchanges",        "plain_handle",       "slot_then_count"};
    for (const auto& entry : entries()) {
        if (entry.implementation.find('+') != std::string_view::npos) mistakes.insert(entry.implementation);
    }
    CHECK(mistakes.size() >= 15);
    for (const auto& mistake : mistakes) {
        CAPTURE(mistake);
        CHECK(std::any_of(entries().begin(), entries().end(), [&](const Entry& e) {
            return e.implementation == mistake && e.claim.verdict(2) == model::Verdict::broken;
        }));
    }
}

TEST_CASE("no correct implementation is claimed to be broken anywhere") {
    for (const auto& entry : entries()) {
        for (const auto* const correct : {"weak_registry",
                                          "shared_registry",
                                          "weakable_ref_count",
                                          "shared_ptr",
                                          "thread_safe_ref_count",
                                          "ref_ptr",
                                          "fetch_add",
                                          "flag_then_value",
                                          "fences",
                                          "weak_in_loop",
                                          "strong",
                                          "context_cache",
                                          "context_cache_on_shared",
                                          "connection_pool",
                                          "connection_pool_on_shared",
                                          "tunnel_holds",
                                          "tunnel_holds_on_shared",
                                          "tunnel_awaited",
                                          "chain_moves",
                                          "chain_moves_on_shared",
                                          "fence_ref_count",
                                          "drain",
                                          "locked_handle",
                                          "atomic_handle",
                                          "split_count",
                                          "count_then_slot",
                                          "signal_last"}) {
            if (entry.implementation == correct) CHECK_FALSE(convicts(entry));
        }
    }
}

}  // namespace revenant::scenarios
