// Sides: gathers the stacks of a report, each under its heading, into the two deeds that it tells of.
#pragma once

#include <string>
#include <string_view>

#include "reports/import/bug_report.hpp"

namespace revenant::reports {

class Sides {
public:
    enum class Of : std::uint8_t { first, second };

    /// The stack that follows is this deed's. A second one of a kind, a second leak for example, is passed
    /// over.
    void begin(Of of, Act act, std::string words, std::string thread);
    /// The stack that follows is of something else: where the memory was made, who started a thread.
    void begin_other() { deed_ = &ignored_; }
    /// A stack counts from 0: one that begins anew has lost its heading, and is nobody's.
    void add(const Frame& frame, unsigned number);

    [[nodiscard]] bool has_first() const { return !first_.words.empty(); }
    [[nodiscard]] bool has_second() const { return !second_.words.empty(); }
    Deed& first() { return first_; }
    Deed& second() { return second_; }

    /// Into the report, with what is missing from a whole one. `other` is what the second would be. What
    /// the report says of a free that nobody came upon is nothing.
    void finish(BugReport& report, const std::string& other);

private:
    Deed first_, second_, ignored_;
    Deed* deed_ = nullptr;
    unsigned last_number_ = 0;
};

}  // namespace revenant::reports
