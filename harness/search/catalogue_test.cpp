// The main claim: every row of the catalogue comes out as the catalogue says.
#include <doctest/doctest.h>

#include <string>

#include "harness/search/search_row.hpp"
#include "harness/search/stale_reads.hpp"

namespace revenant::harness {
namespace {

std::string text_of(const reports::Row& row) {
    return row.scenario + " " + row.implementation + ": " + to_text(row.outcome.verdict) +
           (row.outcome.finding ? " " + row.outcome.finding->sentence : "");
}

/// Millions of executions with two threads, where dpor has eight: the nightly run finishes these.
bool is_long_in_plain_search(const scenarios::Entry& entry) {
    return entry.scenario == "cache/address_reuse" && entry.claim.verdict(2) == model::Verdict::correct;
}

}  // namespace

TEST_CASE("with two and three threads every row is decided as claimed, the correct ones exhaustively") {
    REQUIRE(!scenarios::entries().empty());
    for (const unsigned threads : {2u, 3u}) {
        for (const auto& entry : scenarios::entries()) {
            const auto row = search_row({&entry, threads}, {});
            INFO(threads << " threads, " << text_of(row));
            CHECK(row.as_expected);
            CHECK(row.outcome.verdict == entry.claim.verdict(threads));
            CHECK(row.outcome.exhaustive == (entry.claim.verdict(threads) == model::Verdict::correct));
            // No hardware can be made to give a stale read: it is shown only where there is nothing else.
            if (row.outcome.finding) {
                // A case file tells each implementation's verdict by the first kind of its claim.
                CHECK(row.outcome.finding->kind == entry.claim.kinds.front());
                CHECK((stale_or_spurious(row.outcome) != 0) == entry.claim.stale_or_spurious);
            }
        }
    }
}

TEST_CASE("the plain search agrees with two threads") {
    SearchSettings settings;
    settings.strategy = StrategyName::full;
    for (const auto& entry : scenarios::entries()) {
        const bool is_long = is_long_in_plain_search(entry);
        settings.budget_executions = is_long ? 50'000 : 1'000'000;
        const auto row = search_row({&entry, 2}, settings);
        INFO(text_of(row));
        if (is_long) {
            CHECK(row.outcome.verdict == model::Verdict::undecided);  // or it belongs to the others
            continue;
        }
        CHECK(row.outcome.verdict == entry.claim.verdict(2));
        CHECK(row.as_expected);
    }
}

TEST_CASE("with four threads every row that is claimed broken is convicted as claimed") {
    for (const auto& entry : scenarios::entries()) {
        if (entry.claim.verdict(4) != model::Verdict::broken) continue;
        const auto row = search_row({&entry, 4}, {});
        INFO(text_of(row));
        CHECK(row.as_expected);
    }
}

TEST_CASE("a random search with three to five threads contradicts no claim, and convicts the broken") {
    for (unsigned threads = 3; threads <= 5; ++threads) {
        for (const auto& entry : scenarios::entries()) {
            SearchSettings settings;
            settings.strategy = StrategyName::random;
            settings.budget_executions = 2000;
            auto row = search_row({&entry, threads}, settings);
            // A conviction may take more of them than it takes to try a correct one.
            if (!row.as_expected && row.outcome.verdict == model::Verdict::undecided) {
                settings.budget_executions = 20'000;
                row = search_row({&entry, threads}, settings);
            }
            INFO(threads << " threads, " << text_of(row));
            CHECK(row.as_expected);
        }
    }
}

}  // namespace revenant::harness
