// order_matters: whether it can make a difference which of two steps comes first.
#pragma once

#include "model/trace.hpp"

namespace revenant::harness {

/// They work on one cell, and not both of them read it; or one of them ends the life of what the other works
/// on; or both are fences, which name no cell.
[[nodiscard]] bool order_matters(const model::Trace& trace, const model::Operation& a,
                                 const model::Operation& b);

}  // namespace revenant::harness
