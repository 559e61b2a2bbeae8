// Case: a bug report made replayable: `*.case`, plain text, a line a fact.
//
//     revenant.case/1
//     id: bun-27838
//     scenario: registry/intern_vs_last_release
//     implementation: legacy_registry
//     threads: 2
//     finding: resurrection
//     invariant: no strong count goes 0→1
//     place: step 18, with step 12
//     schedule: rv1:…
//     from: AddressSanitizer: heap-use-after-free  of a case that a bug report led to: what that said
//     verdict: legacy_registry = broken: resurrection
//     verdict: weak_registry = correct
//     step:    setup make registry#1
//     step: >x T2 config#1.strong fetch_add 0→1
//     digest: …                                    of the values at the end
//     checksum: …                                  of every line above
//
// Of a step, `>` marks a switch of threads, `x` the step that breaks the rule, `*` the one that it collides
// with. The steps are the ones that the schedule led to when the case was written: where the program has
// changed since, the first that differs is told.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/result.hpp"
#include "reports/report.hpp"

namespace revenant::reports {

struct Case {
    std::string id;            ///< letters, digits and dashes; the name of its folder
    model::Schedule schedule;  ///< with the names of scenario and implementation
    std::string finding;       ///< a kind, as reports spell it
    std::string invariant;
    std::size_t step = 0;           ///< counted from 1: the one that breaks the rule
    std::size_t partner = 0;        ///< the one that it collides with, or 0
    std::vector<std::string> from;  ///< lines of the bug report that led to it; none if it was found without
    std::vector<std::pair<std::string, std::string>> verdicts;  ///< of every implementation in the scenario
    std::vector<std::string> steps;                             ///< in words, with their threads
    std::string digest;
    friend bool operator==(const Case&, const Case&) = default;
};

/// Requires: the row has a finding.
[[nodiscard]] Case case_of(std::string id, const Row& row,
                           std::vector<std::pair<std::string, std::string>> verdicts,
                           std::vector<std::string> from = {});

[[nodiscard]] std::string to_text(const Case& a_case);
/// Errors: an unknown version, damage, a line that cannot be; the line says what and where.
[[nodiscard]] model::Result<Case> parse_case(std::string_view text);

/// Whether it may name a case: letters, digits and dashes, at most 64.
[[nodiscard]] bool is_case_id(std::string_view text);
/// The steps of a trace as a case has them.
[[nodiscard]] std::vector<std::string> steps_in_words(const model::Trace& trace);
/// The first step of these that is not the case's, as a line; nothing if they are all the same.
[[nodiscard]] std::optional<std::string> first_difference(const Case& a_case,
                                                          const std::vector<std::string>& steps);
/// In what a replay of all the steps came to something else than the case says; nothing if it did not.
[[nodiscard]] std::optional<std::string> other_end(const Case& a_case, const Row& replayed);

}  // namespace revenant::reports
