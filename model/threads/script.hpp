// Script: what real threads are to do: the steps of an execution that the model has had, in order.
//
// Made from a trace by the command, which has the model; read by a program that has real threads and a
// sanitizer, and no model. Text: a header line, then a line a step, numbers only. An internal form: both
// sides are of one build.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/result.hpp"
#include "model/threads/gate.hpp"
#include "model/trace.hpp"

namespace revenant::model::threads {

struct Script {
    std::string scenario;
    std::string implementation;
    unsigned threads = 0;
    std::vector<ScriptStep> steps;
};

/// The steps of a trace. Errors: it needs what no hardware can be made to do (a stale read, a spurious
/// failure); the line names the step.
[[nodiscard]] Result<std::vector<ScriptStep>> script_steps(const Trace& trace);

[[nodiscard]] std::string to_text(const Script& script);
/// Errors: not a script of this build.
[[nodiscard]] Result<Script> parse_script(std::string_view text);

}  // namespace revenant::model::threads
