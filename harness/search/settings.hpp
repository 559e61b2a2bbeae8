// SearchSettings: how a row is to be searched: the strategy, its bounds, its budgets.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/search/ranks.hpp"
#include "model/outcome.hpp"
#include "model/relacy/engine.hpp"
#include "model/result.hpp"
#include "model/search/strategy.hpp"
#include "model/stop_token.hpp"
#include "scenarios/entry.hpp"

namespace revenant::harness {

enum class StrategyName : std::uint8_t { dpor, full, bounded, random, pct, portfolio };

/// The index-th (from 1) of so many shares of a search.
struct Shard {
    unsigned index = 1;
    unsigned count = 1;
};
/// Errors: not two numbers, or an index outside of 1 to count.
[[nodiscard]] model::Result<Shard> parse_shard(const std::string& text);
/// `2/3`, or empty.
[[nodiscard]] std::string to_text(const std::optional<Shard>& shard);

struct SearchSettings {
    StrategyName strategy = StrategyName::dpor;
    bool symmetry = true;                            ///< dpor: permutations of like threads once
    bool newest_only = false;                        ///< no stale reads, no spurious failures
    unsigned rounds_max = 0;                         ///< ordinary code: see model::Schedule
    unsigned jobs = 1;                               ///< dpor: processes
    std::optional<Shard> shard;                      ///< dpor: this share of the search only
    std::string checkpoint;                          ///< dpor: file to go on from and save to, or empty
    Ranks* ranks = nullptr;                          ///< dpor: explore on these, or null
    std::vector<model::FindingKind> allowed;         ///< ordinary code: kinds that are no findings
    bool stop_at_first = false;                      ///< nobody looks for what lies behind it
    unsigned preemptions = 2;                        ///< bounded: at most so many an execution
    std::uint64_t seed = 1;                          ///< of random and pct
    unsigned depth = 3;                              ///< pct: the ordered pairs of steps that a bug takes
    std::optional<double> budget_seconds;            ///< for each row
    std::optional<std::uint64_t> budget_executions;  ///< for each row
    std::function<void(const model::relacy::Progress&)> on_progress;
    /// Hears in one line that the checkpoint could not be written, and with an empty one that it can be
    /// again. It is tried again at the next save: no search is lost for it.
    std::function<void(const std::string&)> on_unsaved;
    model::StopToken stop;
};

/// A strategy as people choose it. To add one, add a name above and a line to the table in settings.cpp.
struct StrategyKind {
    StrategyName name;
    const char* text;  ///< as it is chosen and reported: `dpor`
    const char* help;  ///< what it does, in a few words
    /// The greatest number of threads with which it explores all that there is of an entry; 0: never.
    unsigned (*exhaustive_threads_max)(const scenarios::Entry& entry);
    /// Null for dpor and portfolio, whose search is in parts: see dpor_search.hpp.
    std::unique_ptr<model::search::Strategy> (*make)(const SearchSettings& settings);
};
/// Whether it is dpor that the strategy explores with, alone or in turn with others.
[[nodiscard]] constexpr bool has_dpor(StrategyName strategy) {
    return strategy == StrategyName::dpor || strategy == StrategyName::portfolio;
}
[[nodiscard]] std::span<const StrategyKind> strategies();
[[nodiscard]] const StrategyKind& kind_of(StrategyName strategy);

}  // namespace revenant::harness
