// search_row: one entry of the catalogue, with so many threads, under one strategy.
#pragma once

#include <csignal>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "harness/ranks.hpp"
#include "model/relacy/engine.hpp"
#include "model/result.hpp"
#include "reports/report.hpp"
#include "scenarios/catalogue.hpp"

namespace revenant::harness {

enum class StrategyName : std::uint8_t { dpor, full, bounded, random, pct };
[[nodiscard]] const char* to_text(StrategyName strategy);

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
    unsigned jobs = 1;                               ///< dpor: processes
    std::optional<Shard> shard;                      ///< dpor: this share of the search only
    std::string checkpoint;                          ///< dpor: file to go on from and save to, or empty
    Ranks* ranks = nullptr;                          ///< dpor: explore on these, or null
    unsigned preemptions = 2;                        ///< bounded: at most so many an execution
    std::uint64_t seed = 1;                          ///< of random and pct
    unsigned depth = 3;                              ///< pct: the ordered pairs of steps that a bug takes
    std::optional<double> budget_seconds;            ///< for each row
    std::optional<std::uint64_t> budget_executions;  ///< for each row
    std::function<void(const model::relacy::Progress&)> on_progress;
    const volatile std::sig_atomic_t* stop = nullptr;
};

/// Where the plain search cannot finish, and for a search that proves nothing, the number of executions
/// that a row gets when neither budget is given. A number and not a time: the output is the same on
/// every machine.
inline constexpr std::uint64_t default_executions = 100'000;
/// The greatest number of threads that the plain search finishes with.
inline constexpr unsigned full_threads_max = 2;

/// What the catalogue's claim lets one expect of this search: `undecided` where a correct
/// implementation is searched by a strategy that cannot finish.
[[nodiscard]] model::Verdict expected_verdict(const scenarios::Entry& entry, unsigned threads,
                                              StrategyName strategy);

/// Whether an outcome is what was expected of it: also a proof where no more than `undecided` was, and
/// of a broken row the right kind of finding.
[[nodiscard]] bool is_as_expected(const model::Outcome& outcome, const scenarios::Claim& claim,
                                  model::Verdict expected);

[[nodiscard]] reports::Row search_row(const scenarios::Entry& entry, unsigned threads,
                                      const SearchSettings& settings);

}  // namespace revenant::harness
