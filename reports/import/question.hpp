// Question: what a bug report looks like, and so what is to be searched for, or why nothing is.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/import/bug_report.hpp"

namespace revenant::reports {

enum class Scope : std::uint8_t {
    search,      ///< both sides and an operation are told
    kind_only,   ///< no more than the kind is known
    one_thread,  ///< one thread did both: no order of threads is in question
};

enum class Picture : std::uint8_t {
    other,
    drop_not_ordered,  ///< a free in a release against another's atomic decrement
    one_handle,        ///< two threads on one smart pointer: a race on the handle, not on the count
    mixed_access,      ///< a count that one thread changes atomically, and another as plain data
    destroyed_in_use,  ///< an object ends while another thread, of which no reference is seen, uses it
};

struct Question {
    Scope scope = Scope::search;
    Picture picture = Picture::other;
    std::string looks_like;           ///< one sentence without its full stop
    std::vector<std::string> advice;  ///< what shows the same picture, and what mends it; sentences
};

[[nodiscard]] Question question_of(const BugReport& report);

/// A tool that saw two accesses may name either first.
[[nodiscard]] bool may_be_swapped(const BugReport& report);

}  // namespace revenant::reports
