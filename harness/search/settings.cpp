#include "harness/search/settings.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "model/search/bounded.hpp"
#include "model/search/full.hpp"
#include "model/search/pct.hpp"
#include "model/search/random.hpp"

namespace revenant::harness {
namespace {

// Three threads are 10^11 executions and more.
constexpr unsigned full_threads_max = 2;

unsigned never(const scenarios::Entry&) { return 0; }

constexpr StrategyKind strategy_kinds[] = {
    {StrategyName::dpor, "dpor", "exhaustive, one execution of each class of equivalent ones",
     [](const scenarios::Entry& entry) { return entry.exhaustive_threads_max; }, nullptr},
    {StrategyName::full, "full", "every execution", [](const scenarios::Entry&) { return full_threads_max; },
     [](const SearchSettings&) -> std::unique_ptr<model::search::Strategy> {
         return std::make_unique<model::search::FullSearch>();
     }},
    {StrategyName::bounded, "bounded", "every execution with few preemptions", never,
     [](const SearchSettings& settings) -> std::unique_ptr<model::search::Strategy> {
         return std::make_unique<model::search::BoundedSearch>(settings.preemptions);
     }},
    {StrategyName::random, "random", "seeded, never exhaustive", never,
     [](const SearchSettings& settings) -> std::unique_ptr<model::search::Strategy> {
         return std::make_unique<model::search::RandomSearch>(settings.seed);
     }},
    {StrategyName::pct, "pct", "seeded, by priorities, never exhaustive", never,
     [](const SearchSettings& settings) -> std::unique_ptr<model::search::Strategy> {
         return std::make_unique<model::search::PctSearch>(settings.seed, settings.depth);
     }},
    {StrategyName::portfolio, "portfolio", "dpor, with pct, random and bounded in turn",
     [](const scenarios::Entry& entry) { return entry.exhaustive_threads_max; }, nullptr},
};

}  // namespace

std::span<const StrategyKind> strategies() { return strategy_kinds; }

const StrategyKind& kind_of(StrategyName strategy) {
    return *std::ranges::find(strategy_kinds, strategy, &StrategyKind::name);
}

model::Result<Shard> parse_shard(const std::string& text) {
    constexpr unsigned shards_max = 10'000;
    Shard shard;
    const auto* const end = text.data() + text.size();
    const auto [slash, first] = std::from_chars(text.data(), end, shard.index);
    if (first == std::errc{} && slash != end && *slash == '/') {
        const auto [last, second] = std::from_chars(slash + 1, end, shard.count);
        if (second == std::errc{} && last == end && shard.index >= 1 && shard.index <= shard.count &&
            shard.count <= shards_max) {
            return shard;
        }
    }
    return model::BadInput{"'" + text + "' is not a share such as 1/3, up to 10000 of them"};
}

std::string to_text(const std::optional<Shard>& shard) {
    return shard ? std::to_string(shard->index) + "/" + std::to_string(shard->count) : std::string();
}

}  // namespace revenant::harness
