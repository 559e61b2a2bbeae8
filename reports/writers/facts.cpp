#include "reports/writers/facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "reports/command_name.hpp"
#include "reports/shell_word.hpp"

namespace revenant::reports {

using model::Ending;
using model::Verdict;

namespace {

// Of a search that was complete for some executions: which. Empty for any other.
std::string explored_only(const model::Outcome& outcome) {
    std::string text;
    if (outcome.exhaustive_of_newest) {
        text = "every load reads the newest value and no CAS fails spuriously";
    }
    if (outcome.exhaustive_of_rounds != 0) {
        text += text.empty() ? "" : " and ";
        text += fmt::format(
            "no thread comes back to a loop more than {} to read the same, or yields more often in vain",
            counted(outcome.exhaustive_of_rounds, "time"));
    }
    return text;
}

std::string bare_verdict_sentence(const Row& row) {
    const auto searched =
        fmt::format("after {} (search: {})", counted(row.outcome.executions_complete, "execution"),
                    to_text(row.outcome.ending));
    switch (standing(row)) {
        case Standing::not_deterministic:
            return fmt::format(
                "The test is not deterministic: the same choices gave another execution, {}{}.", searched,
                row.outcome.difference.empty() ? "" : "; " + row.outcome.difference);
        case Standing::missing:
            if (row.outcome.ending == Ending::refused) {
                return fmt::format("Expected {}, but the search was refused, {}: {}.", to_text(row.expected),
                                   searched, row.outcome.covered);
            }
            return fmt::format("Expected {}, but the search ended without a verdict, {}.{}",
                               to_text(row.expected), searched,
                               row.outcome.covered.empty() ? "" : " Covered: " + row.outcome.covered);
        case Standing::unproven:
            if (const auto explored = explored_only(row.outcome); !explored.empty()) {
                return fmt::format("No execution fails in which {}, {}; of the others nothing is known.",
                                   explored, searched);
            }
            return fmt::format("No verdict, and none was expected of this search, {}: nothing is proven.",
                               searched);
        case Standing::wrong:
            if (row.outcome.finding && row.expected == Verdict::broken) {
                return fmt::format("Expected broken, but not by this kind of finding: found {}, {}.",
                                   to_text(row.outcome.finding->kind), searched);
            }
            return fmt::format("Expected {}, found {}, {}.", to_text(row.expected), found(row), searched);
        case Standing::fine:
            return fmt::format("Found {}, as the catalogue lets expect, {}.", found(row), searched);
    }
    return "";
}

// A leak is told last, whenever it was found.
const char* where_behind(const Row& row) {
    const auto kind = row.outcome.finding->kind;
    if (kind == model::FindingKind::leak) return "Behind it, with leaks allowed";
    const bool only_leaks = std::all_of(row.behind.begin(), row.behind.end(), [](const auto& found) {
        return found.finding->kind == model::FindingKind::leak;
    });
    const bool is_race = kind == model::FindingKind::data_race;
    if (!is_race && only_leaks) return "Besides it";
    return "Behind it, with the accesses that race as steps of the search";
}

}  // namespace

const char* to_text(Ending ending) {
    switch (ending) {
        case Ending::exhausted: return "exhausted";
        case Ending::share: return "share";
        case Ending::finding: return "finding";
        case Ending::time_budget: return "time-budget";
        case Ending::execution_budget: return "execution-budget";
        case Ending::interrupted: return "interrupted";
        case Ending::diverged: return "diverged";
        case Ending::refused: return "refused";
    }
    return "?";
}

std::string found(const Row& row) {
    if (!row.outcome.finding) return to_text(row.outcome.verdict);
    return fmt::format("broken: {}", to_text(row.outcome.finding->kind));
}

std::string sentences(const model::Finding& finding) {
    return finding.note.empty() ? finding.sentence : finding.sentence + " " + finding.note;
}

std::string exhaustive_text(const Row& row) {
    switch (row.outcome.ending) {
        case Ending::share: return "share";
        case Ending::finding: return "stopped";
        case Ending::interrupted: return "interrupted";
        case Ending::time_budget:
        case Ending::execution_budget:
            if (row.outcome.share_explored < 0) return "budget";
            return fmt::format("budget {:.0f} %", 100 * row.outcome.share_explored);
        case Ending::diverged: return "diverged";
        case Ending::refused: return "refused";
        case Ending::exhausted: break;
    }
    if (row.outcome.exhaustive_of_newest) return "newest only";
    if (row.outcome.exhaustive_of_rounds != 0) return "few rounds";
    return row.outcome.exhaustive ? "exhaustive" : "no";
}

std::string row_name(const Row& row) {
    return fmt::format("{}, {} threads{}", row.implementation, row.threads,
                       row.shard.empty() ? "" : ", share " + row.shard);
}

Standing standing(const Row& row) {
    if (row.outcome.ending == Ending::diverged) return Standing::not_deterministic;
    const bool decided = row.outcome.verdict != Verdict::undecided;
    if (!row.as_expected) return decided ? Standing::wrong : Standing::missing;
    return decided ? Standing::fine : Standing::unproven;
}

bool is_bad(Standing standing) { return standing < Standing::unproven; }

std::string verdict_sentence(const Row& row) {
    return bare_verdict_sentence(row) + (row.advice.empty() ? "" : " " + row.advice);
}

Row row_behind(const Row& row, const model::Outcome& found) {
    Row behind;
    behind.scenario = row.scenario;
    behind.summary = row.summary;
    behind.implementation = row.implementation;
    behind.threads = row.threads;
    behind.strategy = row.strategy;
    behind.symmetry = row.symmetry;
    behind.expected = row.expected;
    behind.as_expected = row.as_expected;
    behind.outcome = found;
    return behind;
}

std::string behind_sentence(const Row& row) {
    if (!row.behind_ending || !row.outcome.finding) return "";
    std::vector<std::pair<std::string, std::size_t>> kinds;
    for (const auto& found : row.behind) {
        const std::string kind = to_text(found.finding->kind);
        if (kinds.empty() || kinds.back().first != kind) kinds.emplace_back(kind, 0);
        ++kinds.back().second;
    }
    auto list = row.behind.empty() ? std::string("nothing") : counted(row.behind.size(), "finding");
    for (const auto& [kind, count] : kinds) {
        list += (&kind == &kinds.front().first ? ": " : ", ") + kind;
        if (count > 1) list += fmt::format(" ({})", count);
    }
    if (row.races_not_shown != 0 && row.behind.empty()) {
        list = counted(row.races_not_shown, "further data race") + " at the same lines";
    } else if (row.races_not_shown != 0) {
        list += ", and " + counted(row.races_not_shown, "further data race") +
                (row.races_not_shown == 1 ? " that is not shown" : " that are not shown");
    }
    const char* end = "";
    switch (*row.behind_ending) {
        case Ending::exhausted: end = "; all else passes"; break;
        case Ending::finding: break;
        default: end = "; that search was not ended"; break;
    }
    return fmt::format("{}: {}{}.", where_behind(row), list, end);
}

std::string replay_command(const Row& row) {
    if (!row.outcome.finding) return "";
    return before_schedule() + " " + shell_quoted(model::to_text(row.outcome.schedule)) + replay_line.behind;
}

Totals totals(const Report& report) {
    Totals sum;
    sum.rows = report.rows.size();
    for (const auto& row : report.rows) {
        sum.unexpected += row.as_expected ? 0 : 1;
        const bool undecided = row.outcome.verdict == Verdict::undecided;
        sum.undecided += undecided ? 1 : 0;
        sum.undecided_unexpected += undecided && !row.as_expected ? 1 : 0;
        sum.executions += row.outcome.executions_complete;
        sum.blocked += row.outcome.executions_blocked;
        sum.seconds += row.outcome.seconds;
    }
    return sum;
}

std::string totals_text(const Report& report) {
    const auto sum = totals(report);
    const auto of_them = [](std::size_t count) {
        return count == 0 ? std::string() : fmt::format(" ({} of them undecided)", count);
    };
    return fmt::format("{}: {} as expected{}, {} not as expected{}; {} executions{} in {:.1f} s{}",
                       counted(sum.rows, "row"), sum.rows - sum.unexpected,
                       of_them(sum.undecided - sum.undecided_unexpected), sum.unexpected,
                       of_them(sum.undecided_unexpected), sum.executions,
                       sum.blocked == 0 ? "" : fmt::format(" and {} blocked", sum.blocked), sum.seconds,
                       report.interrupted ? "; interrupted" : "");
}

std::string counted(std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace revenant::reports
