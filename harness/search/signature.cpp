#include "harness/search/signature.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "reports/import/question.hpp"

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
        const auto before = static_cast<std::int64_t>(op.before);
        // A count of no sign has become the greatest number there is.
        const bool below = deed.change->after < 0 && op.kind == OperationKind::fetch_sub;
        return kind_fits && before == deed.change->before &&
               (below || static_cast<std::int64_t>(op.after) == deed.change->after);
    }
    const std::string_view call = step.call;
    if (deed.any_call) return true;
    // What is no operation on a count is a use of what is held, whatever a scenario calls it.
    const auto is_use = [](std::string_view name) {
        constexpr std::string_view operations[] = {"intern",    "release",      "clone", "upgrade",
                                                   "downgrade", "release_weak", "assign"};
        return std::ranges::find(operations, name) == std::end(operations);
    };
    return call == deed.call || (is_use(deed.call) && is_use(call));
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

// The model stops at the first step that races, and names the other thread's last access. A tool may name an
// earlier one: it is as little ordered, if that thread has published nothing since.
Likeness with_earlier_accesses(const BugReport& report, const Outcome& outcome) {
    const auto& finding = *outcome.finding;
    if (finding.kind != FindingKind::data_race || finding.partner < 0) return Likeness::none;
    const auto& steps = outcome.trace.steps;
    const auto& partner = steps[static_cast<std::size_t>(finding.partner)];
    auto best = Likeness::none;
    for (int i = finding.partner - 1; i >= 0; --i) {
        const auto& step = steps[static_cast<std::size_t>(i)];
        if (step.thread != partner.thread) continue;
        const auto kind = step.operation.kind;
        const bool plain = kind == OperationKind::read || kind == OperationKind::write;
        if (!plain && kind != OperationKind::load && kind != OperationKind::allocate) break;
        const bool same = plain && step.operation.target == partner.operation.target;
        if (!same || kind != OperationKind::write) continue;
        best = std::max({best, likeness_of(report, outcome, finding.step, i),
                         likeness_of(report, outcome, i, finding.step)});
    }
    return best;
}

// The report has a free in a release, and another's atomic decrement. The model stops at the first access
// that nothing orders, which is the destructor's, with what the other did before it let go: where its
// decrement has come by then, no order puts that before the release either.
bool drop_is_not_ordered(const BugReport& report, const Outcome& outcome) {
    const auto& finding = *outcome.finding;
    if (finding.kind != FindingKind::data_race || finding.partner < 0) return false;
    if (reports::question_of(report).picture != reports::Picture::drop_not_ordered) return false;
    const auto& steps = outcome.trace.steps;
    const auto& last = steps[static_cast<std::size_t>(finding.step)];
    const auto& other = steps[static_cast<std::size_t>(finding.partner)];
    const auto called = [](const model::Step& step) {
        const std::string_view call = step.call;
        return call == "release" || call == "release_weak";
    };
    const auto drops = [&](const model::Step& step) {
        return step.thread == other.thread && step.operation.kind == OperationKind::fetch_sub && called(step);
    };
    return called(last) && std::any_of(steps.begin() + finding.partner, steps.begin() + finding.step, drops);
}

// Two threads on one handle: whatever each of them does with it.
bool is_race_on_handle(const BugReport& report, const Outcome& outcome) {
    const auto& finding = *outcome.finding;
    if (finding.kind != FindingKind::data_race || finding.partner < 0) return false;
    if (reports::question_of(report).picture != reports::Picture::one_handle) return false;
    const auto is_on_handle = [&](int i) {
        const std::string_view call = outcome.trace.steps[static_cast<std::size_t>(i)].call;
        return call == "assign" || call == "clone";
    };
    return is_on_handle(finding.step) && is_on_handle(finding.partner);
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
    auto best = likeness_of(report, outcome, finding.step, finding.partner);
    if (report.deeds.size() < 2) return best;
    // Of a race either access may be the one that is reported first.
    if (finding.kind == FindingKind::data_race || reports::may_be_swapped(report))
        best = std::max(best, likeness_of(report, outcome, finding.partner, finding.step));
    if (best != Likeness::places) best = std::max(best, with_earlier_accesses(report, outcome));
    if (best != Likeness::none) return best;
    if (drop_is_not_ordered(report, outcome) || is_race_on_handle(report, outcome))
        return Likeness::operations;
    return best;
}

}  // namespace revenant::harness
