// The order audit: what the comments beside each memory order claim, asked of the model. A site is
// weakened by its name; the scenario that its comment names must fail, or all must pass.
#include <doctest/doctest.h>

#include <string>

#include "harness/search/search_row.hpp"

namespace revenant::harness {
namespace {

using std::memory_order;

reports::Row weakened(scenarios::Entry entry, std::string_view site, memory_order order) {
    entry.overrides = {{site, order}};
    return search_row({&entry, 2}, {});
}

struct Load {
    std::string_view site;
    std::string_view implementation;
    std::string_view scenario;
};

}  // namespace

TEST_CASE("an acquire-release decrement is needed in both halves, where its comment says") {
    const Load loads[] = {
        {"thread_safe_ref_count.deref", "thread_safe_ref_count", "refcount/release_vs_release"},
        {"weakable_ref_count.deref", "weakable_ref_count", "refcount/release_vs_release"},
        {"weakable_ref_count.weak_deref", "weakable_ref_count", "refcount/weak_release_vs_last_release"},
        {"shared_ptr.drop", "shared_ptr", "refcount/release_vs_release"},
        {"weak_ptr.drop", "shared_ptr", "refcount/weak_release_vs_last_release"},
    };
    for (const auto& [site, implementation, scenario] : loads) {
        const auto* const entry = scenarios::find_entry(scenario, implementation);
        REQUIRE(entry != nullptr);
        for (const auto order : {memory_order::relaxed, memory_order::acquire, memory_order::release}) {
            CAPTURE(std::string(site));
            CAPTURE(static_cast<int>(order));
            const auto row = weakened(*entry, site, order);
            REQUIRE(row.outcome.finding);
            CHECK(row.outcome.finding->kind == model::FindingKind::data_race);
        }
        CHECK(weakened(*entry, site, memory_order::acq_rel).outcome.verdict == model::Verdict::correct);
    }
}

TEST_CASE("an order of a scenario's own is needed, where its comment says") {
    const Load loads[] = {
        {"tunnel.close", "tunnel_awaited", "tunnel/second_context_vs_teardown"},
        {"tunnel.wait", "tunnel_awaited", "tunnel/second_context_vs_teardown"},
        {"chain.complete", "chain_moves", "chain/cancel_vs_complete"},
        {"chain.cancel", "chain_moves", "chain/cancel_vs_complete"},
    };
    for (const auto& [site, implementation, scenario] : loads) {
        const auto* const entry = scenarios::find_entry(scenario, implementation);
        REQUIRE(entry != nullptr);
        CAPTURE(std::string(site));
        const auto row = weakened(*entry, site, memory_order::relaxed);
        REQUIRE(row.outcome.finding);
        CHECK(row.outcome.finding->kind == model::FindingKind::data_race);
        CHECK(search_row({entry, 2}, {}).outcome.verdict == model::Verdict::correct);
    }
}

TEST_CASE("a relaxed upgrade passes every scenario, as its comment says") {
    int tried = 0;
    for (const auto& entry : scenarios::entries()) {
        const bool counts =
            entry.implementation == "weakable_ref_count" || entry.implementation == "weak_registry";
        if (!counts) continue;
        ++tried;
        CAPTURE(std::string(entry.scenario));
        const auto row = weakened(entry, "weakable_ref_count.upgrade", memory_order::relaxed);
        CHECK(row.outcome.verdict == model::Verdict::correct);
        CHECK(row.outcome.exhaustive);
    }
    CHECK(tried >= 11);
}

}  // namespace revenant::harness
