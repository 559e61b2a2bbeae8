// Report: what a run of `check` has to say, as a plain value. Every writer renders this one value.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/outcome.hpp"

namespace revenant::reports {

struct Row {
    std::string scenario;
    std::string summary;  ///< of the scenario, a line
    std::string implementation;
    unsigned threads = 0;
    std::string strategy;
    bool symmetry = false;  ///< permutations of like threads were explored once
    std::string shard;      ///< `2/3`: this share of the search only; empty: all of it
    model::Outcome outcome;
    /// What lies behind the outcome's data race, leak or mismatched free, found with those allowed, or with
    /// the accesses of the races before as steps of the search: each its finding, trace and schedule. Leaks
    /// and mismatched frees are told last.
    std::vector<model::Outcome> behind;
    std::size_t races_not_shown = 0;             ///< data races behind it that are not among these
    std::optional<model::Ending> behind_ending;  ///< of the last search for it; nothing: there was none
    model::Verdict expected = model::Verdict::correct;  ///< what this search can be expected to say
    bool as_expected = false;
    std::string advice;  ///< what would make the search smaller, in a sentence; or empty
};

/// How a report came to be. Of the run and not of its result: no writer of a format for programs has it, no
/// checksum covers it, and what is empty is left out.
struct Provenance {
    std::string made;     ///< when: `2026-01-31 12:00 UTC`
    std::string command;  ///< the words of the command, as a shell takes them
    std::string commit;   ///< of revenant
    std::string build;    ///< its checksum: see harness/files/build_id.hpp
    std::string machine;
};

struct Report {
    std::vector<Row> rows;
    bool interrupted = false;  ///< the run was stopped; rows that had not begun are missing
    std::string version = {};  ///< of the command that ran
    /// The lines of the source files that the findings name, by the path that they give. A file that is not
    /// there is left out: the writers do without.
    std::map<std::string, std::vector<std::string>> sources = {};
    Provenance provenance = {};
    std::string build = {};  ///< … and what tells it from another build: see harness/files/build_id.hpp
};

}  // namespace revenant::reports
