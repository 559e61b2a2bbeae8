// A line of a log that tells of a change of a count, in the forms in which people write one:
//
//     <config> 0x604000000010 deref 1 - 0 [T1]        old and new
//     [sock] 0x60c0 ref 0 + 1 = 1                     old, step and new
//     node 0x10 deref 1 -> 0      T1: 0x10 AddRef 2      0x10 release refs=0      0x10 unref (0)
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/import/bug_report.hpp"
#include "reports/import/operations/vocabulary.hpp"

namespace revenant::reports {

struct CounterLine {
    std::string thread;  ///< what the log calls so; empty: none is named, or there are labels
    /// What stands in brackets, and is neither a time nor a level: one of these may be the thread. What is
    /// behind the change comes first.
    std::vector<std::string> labels;
    std::string type;  ///< `<config>`, or empty
    std::string address;
    std::string verb;
    CounterChange change;
    std::string call;  ///< of the verb; of one that is not known, by the direction
    bool verb_known = false;
};

/// The operations that a log's verbs are: a log has a million lines, and three verbs.
class Verbs {
public:
    explicit Verbs(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}
    [[nodiscard]] const std::string& call_of(std::string_view verb);

private:
    const Vocabulary& vocabulary_;
    std::map<std::string, std::string, std::less<>> known_;
    std::string last_;
};

[[nodiscard]] std::optional<CounterLine> counter_line(std::string_view line, Verbs& verbs);

/// The address of an object that the line says is made, `<config> 0x10 created`, or empty: what was counted
/// at this address before was another.
[[nodiscard]] std::string_view made_in(std::string_view line);

/// The change that a text begins with: `1 - 0`, `1 → 0`, `1 - 1 = 0`. Takes it off.
[[nodiscard]] std::optional<CounterChange> take_change(std::string_view& text);

}  // namespace revenant::reports
