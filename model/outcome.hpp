// Outcome: what a search found and what it did to find it. A race found is a result, not an error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <revenant/model/schedule.hpp>
#include <revenant/model/trace.hpp>

namespace revenant::model {

enum class FindingKind : std::uint8_t {
    resurrection,
    use_after_free,
    double_free,
    double_destroy,
    leak,
    data_race,
    deadlock,
    livelock,
    uninitialised_read,
    counter_overflow,
    counter_underflow,
    invariant,
    assertion,
};
/// `use-after-free`; the spelling of every report.
[[nodiscard]] const char* to_text(FindingKind kind);

/// What went wrong, and the two steps that did it.
struct Finding {
    FindingKind kind = FindingKind::invariant;
    std::string invariant;  ///< the rule that was broken, as a sentence without its full stop
    std::string where;      ///< `config#1.strong, T2 at file:line, after T1 at file:line`
    std::string sentence;   ///< what happened, for a person
    int step = -1;          ///< index into the trace: the step that broke the rule
    int partner = -1;       ///< the other thread's step that it collided with, or -1
    std::string note = {};  ///< what to know of it before it is believed or forced, in sentences; or empty
    /// Of a data race in ordinary code: the instructions whose plain accesses it is of, as
    /// Schedule::plain_points has them.
    std::vector<std::uint64_t> plain_accesses = {};
    /// Of a double free: what was freed was live, and of another kind of allocation. The program can go on.
    bool is_mismatched_free = false;
};

/// Two steps of different threads, by their indices into the trace, on whose order a finding hangs: with the
/// first one held back until the second is done, the execution ends well.
struct CriticalPair {
    int first = -1;
    int second = -1;
};

/// How far a search was after so many executions.
struct Milestone {
    std::uint64_t executions = 0;
    double seconds = 0;
    double share = -1;  ///< of the tree as far as it was known, from 0 to 1; -1: not known
};

enum class Verdict : std::uint8_t { correct, broken, undecided };
[[nodiscard]] const char* to_text(Verdict verdict);

/// Why a search ended.
enum class Ending : std::uint8_t {
    exhausted,
    share,  ///< a share of the search that others have the rest of
    finding,
    time_budget,
    execution_budget,
    interrupted,
    diverged,
    refused,  ///< the program asks for what there is no model of: nothing is known of what comes of it
};

struct Outcome {
    Verdict verdict = Verdict::undecided;
    Ending ending = Ending::exhausted;
    bool exhaustive = false;  ///< every execution of the model was explored
    /// Every one was without stale reads and spurious failures, and none with: no proof of anything else.
    bool exhaustive_of_newest = false;
    /// Every one was in which threads come back to a loop so often at most to read the same, or yield in vain
    /// (see Schedule::rounds_max). 0: that is not known.
    unsigned exhaustive_of_rounds = 0;
    bool rounds_were_bounded = false;  ///< a thread of some execution would have come back once more
    std::uint64_t executions_complete = 0;
    std::uint64_t executions_blocked = 0;  ///< ended early because they were equivalent to another
    double share_explored = -1;            ///< of the tree as far as it was known, from 0 to 1; -1: not known
    double seconds = 0;
    std::uint64_t plain_accesses = 0;   ///< of its last execution, where they are no steps
    std::vector<Milestone> milestones;  ///< of a search of some length; executions ascending
    std::optional<Finding> finding;     ///< set when broken
    /// In the failing execution additions that commute had no order where C++ has one: it may be no execution
    /// of C++. A search with Schedule::additions_in_order tells.
    bool lacks_order_of_additions = false;
    std::optional<CriticalPair> critical_pair;  ///< set when it was looked for and there is one
    /// Of the failing execution; without a finding, of the last one that was run.
    Trace trace;
    std::vector<std::uint32_t>
        steps_before_choices;  ///< of that execution: the steps taken before each choice
    Schedule schedule;         ///< its choices; the names are the caller's to fill in
    int diverged_at = -1;      ///< Ending::diverged: the choice that could not be followed
    /// Of a search that has no verdict: what it has done, or why it was refused, in words; or empty.
    std::string covered;
    std::string difference;  ///< … and the first step that differed, in words; empty: not known
};

}  // namespace revenant::model
