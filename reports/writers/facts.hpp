// Facts: what a row and a report say in a few words, for more than one writer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "reports/printable.hpp"
#include "reports/report.hpp"

namespace revenant::reports {

/// `time-budget`; the spelling of every report.
[[nodiscard]] const char* to_text(model::Ending ending);

/// `broken: leak`, `correct`, `undecided`.
[[nodiscard]] std::string found(const Row& row);

/// The finding in sentences, with what is to be known of it.
[[nodiscard]] std::string sentences(const model::Finding& finding);

/// How much of the search was done, in a word or two: `exhaustive`, `stopped`, `budget 25 %`, `diverged`,
/// `refused`; `newest only`: every execution without stale reads and spurious failures; `few rounds`: every
/// one with so few rounds of each loop as `--rounds` says.
[[nodiscard]] std::string exhaustive_text(const Row& row);

/// `legacy_registry, 3 threads`, and which share of the search if it was not all of it.
[[nodiscard]] std::string row_name(const Row& row);

/// What a row comes to for those who decide by it. The first three are wrong, each in its own way.
enum class Standing : std::uint8_t {
    not_deterministic,  ///< the test itself is broken, and its verdict worthless
    wrong,              ///< decided, and not as the catalogue claims
    missing,            ///< a verdict was expected, and the search ended before there was one
    unproven,           ///< no verdict, and none was expected of this search: neither good nor bad
    fine,               ///< decided, and as the catalogue claims
};
[[nodiscard]] Standing standing(const Row& row);
[[nodiscard]] bool is_bad(Standing standing);

/// What makes the row what it is, in one sentence, with its full stop: `Expected correct, found broken:
/// leak.` After it stands the row's advice, if it has one.
[[nodiscard]] std::string verdict_sentence(const Row& row);

/// A finding that lies behind the row's own, as a row of its own.
[[nodiscard]] Row row_behind(const Row& row, const model::Outcome& found);

/// What was found behind the row's data race or leak, in a sentence; empty: nobody has looked.
[[nodiscard]] std::string behind_sentence(const Row& row);

/// `revenant replay 'rv1:…'`, or by another name of the command, quoted for a shell; empty without a finding.
[[nodiscard]] std::string replay_command(const Row& row);

struct Totals {
    std::size_t rows = 0;
    std::size_t unexpected = 0;
    std::size_t undecided = 0;             ///< of all rows
    std::size_t undecided_unexpected = 0;  ///< … of those that should have been decided
    std::uint64_t executions = 0;
    std::uint64_t blocked = 0;
    double seconds = 0;
};
[[nodiscard]] Totals totals(const Report& report);
/// `4 rows: 3 as expected (1 of them undecided), 1 not as expected; 3021 executions in 4.5 s`, and `;
/// interrupted`. The two numbers add up to the rows.
[[nodiscard]] std::string totals_text(const Report& report);

/// `1 row`, `2 rows`.
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);

}  // namespace revenant::reports
