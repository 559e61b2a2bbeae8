#include "model/generated/compare.hpp"

#include <algorithm>
#include <memory>

#include "model/relacy/engine.hpp"
#include "model/search/dpor_worker.hpp"
#include "model/search/full.hpp"

namespace revenant::model::generated {
namespace {

using Classes = std::vector<unsigned>;

/// The parts of a search, written down and read again between any two.
class Parts : public search::WorkSource {
public:
    /// `shares`: they are made independent as soon as there are a few.
    Parts(const Classes& twins, bool shares) : held_back_(twins), shares_(shares) {}
    [[nodiscard]] std::optional<search::Part> take() override {
        list_ = std::move(*search::WorkList::parse(list_.to_text()));
        if (shares_ && list_.waiting() >= 3) {
            list_.close([&](search::ThreadSet stepped) { return held_back_.held_back(stepped); });
            shares_ = false;
        }
        return list_.take();
    }
    void report(search::PartReport report) override { list_.report(std::move(report)); }

private:
    search::WorkList list_;
    search::Dpor held_back_;
    bool shares_;
};

/// Dpor, cut after each execution.
class InParts final : private Parts, public search::DporWorker {
public:
    InParts(const Classes& twins, bool shares)
        : Parts(twins, shares), search::DporWorker(twins, static_cast<Parts&>(*this), 1) {
        static_cast<void>(start());
    }
};

/// The exhaustive strategies besides `full`. A new one is a new row.
struct Searched {
    std::string_view name;
    bool up_to_twins;  ///< only one of the executions that differ by a permutation of twins is explored
    bool always;       ///< also for a program without twins
    std::unique_ptr<search::Strategy> (*make)(const Classes& twins);
};
constexpr Searched strategies[] = {
    {"dpor", false, true,
     [](const Classes&) -> std::unique_ptr<search::Strategy> { return std::make_unique<search::Dpor>(); }},
    {"dpor with symmetry", true, false,
     [](const Classes& twins) -> std::unique_ptr<search::Strategy> {
         return std::make_unique<search::Dpor>(twins);
     }},
    {"dpor in parts", false, true,
     [](const Classes&) -> std::unique_ptr<search::Strategy> {
         return std::make_unique<InParts>(Classes{}, false);
     }},
    {"dpor in shares, with symmetry", true, true,
     [](const Classes& twins) -> std::unique_ptr<search::Strategy> {
         return std::make_unique<InParts>(twins, true);
     }},
};

constexpr std::size_t lines_max = 8;

bool has_twins(const Classes& classes) {
    for (std::size_t i = 0; i < classes.size(); ++i) {
        if (classes[i] != i) return true;
    }
    return false;
}

FinalStates up_to_twins(const FinalStates& states, const Classes& classes) {
    FinalStates result;
    for (const auto& state : states) result.insert(up_to_twins(state, classes));
    return result;
}

Answer ask(const Code& code, search::Strategy& strategy, bool unordered_destroys_fail, std::uint64_t budget) {
    relacy::ExploreOptions options;
    options.unordered_destroys_fail = unordered_destroys_fail;
    options.budget_executions = budget;
    Interpreter program(code, strategy);
    const auto outcome =
        relacy::explore(program, static_cast<unsigned>(code.threads.size()), strategy, options);
    Answer answer;
    answer.verdict = outcome.verdict;
    answer.ending = outcome.ending;
    answer.executions = outcome.executions_complete;
    answer.blocked = outcome.executions_blocked;
    if (outcome.finding) answer.kind = outcome.finding->kind;
    answer.states = program.states();
    answer.looked = program.looked();
    return answer;
}

std::string describe(const Answer& answer) {
    if (answer.ending == Ending::diverged) return "diverged";
    return std::string(model::to_text(answer.verdict)) +
           (answer.kind ? std::string(" (") + model::to_text(*answer.kind) + ")" : std::string());
}

std::string only_in(const FinalStates& some, const FinalStates& others, const char* what, const Code& code) {
    std::string text;
    std::size_t lines = 0;
    for (const auto& state : some) {
        if (others.contains(state) || lines++ >= lines_max) continue;
        text += std::string(what) + to_text(state, code) + "\n";
    }
    if (lines > lines_max) text += "… " + std::to_string(lines - lines_max) + " more\n";
    return text;
}

std::string only_in(const std::set<Looked>& some, const std::set<Looked>& others, const char* what) {
    std::string text;
    for (const auto& values : some) {
        if (others.contains(values)) continue;
        text += what;
        for (const auto value : values) text += std::to_string(value) + " ";
        text += "\n";
    }
    return text;
}

std::string difference(const Code& code, const Answer& full, const Answer& other, const Classes* classes) {
    if (full.verdict != other.verdict) return "full: " + describe(full) + ", it: " + describe(other) + "\n";
    if (full.verdict != Verdict::correct) return {};
    if (other.executions > full.executions) return "it needed more executions than full\n";
    const auto expected = classes != nullptr ? up_to_twins(full.states, *classes) : full.states;
    const auto found = classes != nullptr ? up_to_twins(other.states, *classes) : other.states;
    return only_in(expected, found, "missing: ", code) + only_in(found, expected, "extra: ", code) +
           only_in(full.looked, other.looked, "never looked at: ") +
           only_in(other.looked, full.looked, "looked at: ");
}

}  // namespace

Baseline baseline_of(const Code& code, std::uint64_t budget) {
    Baseline baseline;
    for (const bool mode : {false, true}) {
        search::FullSearch full;
        baseline.answers[mode] = ask(code, full, mode, budget);
        baseline.skipped = baseline.skipped || baseline.answers[mode].ending == Ending::execution_budget;
        if (baseline.skipped) break;
    }
    return baseline;
}

Comparison compare(const Code& code, const Baseline& baseline) {
    Comparison comparison;
    for (const auto& answer : baseline.answers) {
        comparison.executions_full += answer.executions;
        comparison.broken = comparison.broken || answer.verdict == Verdict::broken;
    }
    comparison.skipped = baseline.skipped;
    if (baseline.skipped) return comparison;
    const auto classes = code.is_watched ? Classes{} : twins(code);  // no two are alike
    for (const auto& row : strategies) {
        if (row.up_to_twins && !row.always && !has_twins(classes)) continue;
        for (const bool mode : {false, true}) {
            const auto strategy = row.make(classes);
            const auto& full = baseline.answers[mode];
            const auto other = ask(code, *strategy, mode, executions_max * 2);
            comparison.executions_others += other.executions + other.blocked;
            comparison.states = std::max(comparison.states, full.states.size());
            auto text = difference(code, full, other, row.up_to_twins ? &classes : nullptr);
            if (text.empty()) continue;
            comparison.mismatch = Mismatch{row.name, mode, std::move(text)};
            return comparison;
        }
    }
    return comparison;
}

}  // namespace revenant::model::generated
