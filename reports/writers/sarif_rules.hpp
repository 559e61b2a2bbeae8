// The rules of the SARIF report: what each kind of finding means, for those who see one for the first time.
#pragma once

#include <string>
#include <vector>

#include "model/outcome.hpp"

namespace revenant::reports {

struct SarifRule {
    model::FindingKind kind;
    const char* name;     ///< in PascalCase
    const char* brief;    ///< one sentence
    const char* meaning;  ///< what it is and why it hurts
    const char* remedy;   ///< where to look first
};

/// One for each kind, in the order of the kinds: the index of a rule is the number of its kind.
[[nodiscard]] const std::vector<SarifRule>& sarif_rules();
/// `revenant/resurrection`.
[[nodiscard]] std::string rule_id(model::FindingKind kind);

}  // namespace revenant::reports
