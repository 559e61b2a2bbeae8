#include "harness/search/signature.hpp"

#include <algorithm>
#include <string_view>

namespace revenant::harness {
namespace {

using model::FindingKind;
using model::OperationKind;
using model::Outcome;
using reports::BugReport;
using reports::Deed;

// The report's paths are absolute, or relative to somewhere; ours are relative to the source tree.
bool is_at(const reports::Frame& frame, std::string_view file, unsigned line) {
    const std::string_view path = frame.file;
    if (frame.line != line || !path.ends_with(file)) return false;
    return path.size() == file.size() || path[path.size() - file.size() - 1] == '/';
}

bool same_place(const Deed& deed, const model::Step& step) {
    const auto& where = step.operation.where;
    return std::ranges::any_of(deed.stack, [&](const auto& frame) {
        return is_at(frame, where.file_name(), static_cast<unsigned>(where.line()));
    });
}

// The model sees the first announced access to any of the blocks that an operation frees; the report is of
// one of them. It is enough that this one had been freed by then, by the same operation.
bool freed_at_same_place(const Deed& deed, const Outcome& outcome, int free_step, int use_step) {
    const auto& steps = outcome.trace.steps;
    const auto& freeing = steps[static_cast<std::size_t>(free_step)];
    if (freeing.operation.kind != OperationKind::free) return false;
    return std::any_of(steps.begin(), steps.begin() + use_step, [&](const model::Step& step) {
        return step.operation.kind == OperationKind::free && step.thread == freeing.thread &&
               step.call == freeing.call && same_place(deed, step);
    });
}

bool same_operation(const Deed& deed, const model::Step& step) {
    const auto& op = step.operation;
    if (deed.change) {
        const bool adds = op.kind == OperationKind::fetch_add || op.kind == OperationKind::cas_weak ||
                          op.kind == OperationKind::cas_strong;
        const bool kind_fits = op.kind == OperationKind::fetch_sub || adds;
        // An assertion of the code's own speaks while the step is what it was.
        return kind_fits && op.before == deed.change->before && op.after == deed.change->after;
    }
    const std::string_view call = step.call;
    if (deed.any_call) return true;
    if (!deed.call.empty()) return call == deed.call;
    return call.empty() || call == "read" || call == "write";
}

bool same_threads(const BugReport& report, const Outcome& outcome, int a, int b) {
    const auto& deeds = report.deeds;
    if (deeds[0].thread.empty() || deeds[1].thread.empty()) return true;
    const auto thread = [&](int i) { return outcome.trace.steps[static_cast<std::size_t>(i)].thread; };
    return (deeds[0].thread == deeds[1].thread) == (thread(a) == thread(b));
}

// The deeds of the report held against two steps, in this order.
Likeness likeness_of(const BugReport& report, const Outcome& outcome, int first, int second) {
    const auto step = [&](int i) -> const model::Step& {
        return outcome.trace.steps[static_cast<std::size_t>(i)];
    };
    const auto& deeds = report.deeds;
    if (first < 0 || !same_operation(deeds[0], step(first))) return Likeness::none;
    bool places = same_place(deeds[0], step(first));
    if (deeds.size() > 1) {
        if (second < 0 || !same_operation(deeds[1], step(second)) ||
            !same_threads(report, outcome, first, second)) {
            return Likeness::none;
        }
        places = places && (same_place(deeds[1], step(second)) ||
                            freed_at_same_place(deeds[1], outcome, second, first));
    }
    if (places) return Likeness::places;
    const bool nothing_told = std::ranges::all_of(deeds, &Deed::any_call);
    return nothing_told ? Likeness::kind : Likeness::operations;
}

}  // namespace

Likeness likeness(const BugReport& report, const Outcome& outcome) {
    const auto& finding = *outcome.finding;
    if (std::ranges::find(report.kinds, finding.kind) == report.kinds.end()) return Likeness::none;
    if (finding.kind == FindingKind::leak) {
        // It is told by where the memory came from, which is the partner unless nothing came after it. Who
        // made it is nobody's mistake: any call will do.
        const int made = finding.partner >= 0 ? finding.partner : finding.step;
        const bool here = same_place(report.deeds[0], outcome.trace.steps[static_cast<std::size_t>(made)]);
        return here ? Likeness::places : Likeness::kind;
    }
    const auto straight = likeness_of(report, outcome, finding.step, finding.partner);
    // Of a race either access may be the one that is reported first.
    if (finding.kind != FindingKind::data_race || report.deeds.size() < 2) return straight;
    return std::max(straight, likeness_of(report, outcome, finding.partner, finding.step));
}

}  // namespace revenant::harness
