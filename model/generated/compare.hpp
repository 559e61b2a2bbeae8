// compare: one program under `full` and under every other exhaustive strategy. They must agree on the
// verdict, and on the states that a correct program ends in.
//
// Of a broken program each search reports the first finding that it meets, and which that is may differ.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/generated/interpret.hpp"
#include "model/outcome.hpp"

namespace revenant::model::generated {

/// How a strategy answered.
struct Answer {
    Verdict verdict = Verdict::undecided;
    Ending ending = Ending::exhausted;
    std::uint64_t executions = 0;
    std::uint64_t blocked = 0;
    std::optional<FindingKind> kind;
    FinalStates states;
    std::set<Looked> looked;
};

struct Mismatch {
    std::string_view strategy;
    bool unordered_destroys_fail = true;
    std::string text;  ///< what differs, a line each
};

struct Comparison {
    bool skipped = false;  ///< `full` did not finish within its budget
    bool broken = false;   ///< in at least one of the modes
    std::uint64_t executions_full = 0;
    std::uint64_t executions_others = 0;
    std::size_t states = 0;
    std::optional<Mismatch> mismatch;
};

inline constexpr std::uint64_t executions_max = 20'000;  // of `full`, in each mode

/// What `full` says. Nothing else depends on it, so that many strategies can be compared with one run.
struct Baseline {
    bool skipped = false;
    Answer answers[2];  ///< by unordered_destroys_fail
};
[[nodiscard]] Baseline baseline_of(const Code& code, std::uint64_t budget = executions_max);

[[nodiscard]] Comparison compare(const Code& code, const Baseline& baseline);
[[nodiscard]] inline Comparison compare(const Code& code) { return compare(code, baseline_of(code)); }

}  // namespace revenant::model::generated
