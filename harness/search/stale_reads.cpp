#include "harness/search/stale_reads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "model/program.hpp"

namespace revenant::harness {
namespace {

using model::Choice;
using model::OperationKind;

bool is_atomic(OperationKind kind) {
    return kind <= OperationKind::cas_weak;  // those on an atomic come first
}

// The mixture of which the model allows more than C++ does: litmus tests SBmix_* and RWC_sc_mixed.
bool mixes_fences_and_accesses(const model::Trace& trace) {
    std::array<bool, model::program_threads_max> fences{};
    std::array<bool, model::program_threads_max> accesses{};
    for (const auto& step : trace.steps) {
        const auto& op = step.operation;
        if (step.thread < 0 || op.order != std::memory_order::seq_cst) continue;
        const auto thread = static_cast<std::size_t>(step.thread);
        fences[thread] = fences[thread] || op.kind == OperationKind::fence;
        accesses[thread] = accesses[thread] || is_atomic(op.kind);
    }
    for (std::size_t a = 0; a < fences.size(); ++a) {
        for (std::size_t b = 0; b < accesses.size(); ++b) {
            if (a != b && fences[a] && accesses[b]) return true;
        }
    }
    return false;
}

// Else it is a wait that has ended by itself.
bool is_of_cas(const model::Trace& trace, std::size_t step) {
    if (step >= trace.steps.size()) return true;
    const auto kind = trace.steps[step].operation.kind;
    return kind == OperationKind::cas_weak || kind == OperationKind::cas_strong;
}

std::string how_far(const model::Outcome& without, bool is_wake_up) {
    if (without.exhaustive_of_newest) {
        return fmt::format(": in every execution in which loads read the newest value{}, all goes well",
                           is_wake_up ? ", no CAS fails spuriously and no wait ends by itself"
                                      : " and no CAS fails spuriously");
    }
    return fmt::format("; {} executions without one have gone well, and there are more",
                       without.executions_complete);
}

}  // namespace

unsigned stale_or_spurious(const model::Outcome& outcome) {
    return static_cast<unsigned>(
        std::ranges::count_if(outcome.schedule.choices, model::is_stale_or_spurious));
}

void add_note(model::Outcome& found, const model::Outcome* without) {
    auto& note = found.finding->note;
    note.clear();
    const auto& choices = found.schedule.choices;
    const auto first = std::ranges::find_if(choices, model::is_stale_or_spurious);
    if (first == choices.end()) return;
    const auto step = found.steps_before_choices[static_cast<std::size_t>(first - choices.begin())];
    const bool stale = first->kind == model::ChoiceKind::stale_read;
    const bool is_wake_up = !stale && !is_of_cas(found.trace, static_cast<std::size_t>(step));
    const char* const what = stale ? "stale read" : is_wake_up ? "wake-up by nobody" : "spurious failure";
    note = fmt::format("It takes a {} (step {}){}.", what, step + 1,
                       without == nullptr ? "" : how_far(*without, is_wake_up));
    const bool any_stale = std::ranges::any_of(choices, [](const Choice& choice) {
        return choice.kind == model::ChoiceKind::stale_read && choice.value != 0;
    });
    if (any_stale && mixes_fences_and_accesses(found.trace)) {
        note +=
            " It may be a false alarm: where one thread has a sequentially consistent fence and another "
            "one sequentially consistent accesses, the model allows stale reads that C++ does not.";
    }
}

}  // namespace revenant::harness
