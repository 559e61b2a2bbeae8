// Operations: which operation on a count each deed of a report is a part of.
#pragma once

#include "reports/import/bug_report.hpp"
#include "reports/import/operations/vocabulary.hpp"

namespace revenant::reports {

/// Fills in `call` and `any_call` of all deeds. The outermost function of a stack that has a word decides: a
/// `deref` inside of an `intern` is `intern`. A read or a write counts only where there is nothing else.
void find_operations(BugReport& report, const Vocabulary& vocabulary);

}  // namespace revenant::reports
