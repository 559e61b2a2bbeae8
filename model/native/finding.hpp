// What a reader is told of an execution that failed.
#pragma once

#include "model/native/failure.hpp"
#include "model/native/recorder.hpp"
#include "model/outcome.hpp"
#include "model/trace.hpp"

namespace revenant::model::native {

/// The finding of the failure `noted`, of which `recorder` has made `trace`. `last_of_case`: the step that a
/// failed assertion is told at, or -1.
[[nodiscard]] Finding finding_of(Recorder& recorder, const Failure& noted, Trace trace, int last_of_case);

}  // namespace revenant::model::native
