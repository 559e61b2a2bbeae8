#include "reports/writers/html/cell.hpp"

#include <fmt/format.h>

#include "reports/writers/html/escape.hpp"

namespace revenant::reports::html {
namespace {

using model::Verdict;

std::string ending_words(const Row& row) {
    const auto& outcome = row.outcome;
    const auto part = outcome.share_explored < 0
                          ? std::string()
                          : fmt::format(", {:.1f} % of the tree known", 100 * outcome.share_explored);
    switch (outcome.ending) {
        case model::Ending::share: return "its share, all of it";
        case model::Ending::finding: return "stopped at the finding";
        case model::Ending::time_budget: return "time budget spent" + part;
        case model::Ending::execution_budget: return "execution budget spent" + part;
        case model::Ending::interrupted: return "interrupted" + part;
        case model::Ending::diverged: return "the test is not deterministic";
        case model::Ending::refused: return "refused";
        case model::Ending::exhausted: break;
    }
    return outcome.exhaustive ? "exhaustive" : "not exhaustive";
}

const char* mark(Verdict verdict) {
    switch (verdict) {
        case Verdict::correct: return "✓";
        case Verdict::broken: return "✗";
        case Verdict::undecided: return "?";
    }
    return "?";
}

}  // namespace

std::string grouped(std::uint64_t number) {
    auto digits = std::to_string(number);
    // A thin space that does not break: it reads alike in every country.
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, "\u202f");
    return digits;
}

std::string counted(std::uint64_t number, const char* word) {
    return grouped(number) + " " + word + (number == 1 ? "" : "s");
}

std::string verdict_words(const Row& row) {
    if (!row.outcome.finding) return to_text(row.outcome.verdict);
    return fmt::format("broken: {}", to_text(row.outcome.finding->kind));
}

std::string effort_words(const Row& row) {
    const auto executions = counted(row.outcome.executions_complete, "execution");
    if (row.outcome.finding) return "after " + executions;
    return ending_words(row) + ", " + executions;
}

std::string more_words(const Row& row) {
    auto text = fmt::format("strategy {}{}", row.strategy, row.symmetry ? " with symmetry" : "");
    if (!row.shard.empty()) text += ", shard " + row.shard;
    if (row.outcome.executions_blocked != 0) {
        text += ", " + counted(row.outcome.executions_blocked, "blocked execution");
    }
    text += fmt::format(", {:.3f} s", row.outcome.seconds);
    if (!row.outcome.difference.empty()) text += "; " + row.outcome.difference;
    if (row.outcome.ending == model::Ending::refused) text += "; " + row.outcome.covered;
    return text;
}

std::string cell_markup(const Row& row, const std::string& id) {
    const auto verdict = to_text(row.outcome.verdict);
    auto words = fmt::format("<span class=\"mark\" aria-hidden=\"true\">{}</span> {}",
                             mark(row.outcome.verdict), escaped(verdict_words(row)));
    if (!id.empty()) words = fmt::format("<a href=\"#{}\">{}</a>", escaped(id), words);
    std::string out =
        fmt::format("<div class=\"cell {}{}\" data-verdict=\"{}\" title=\"{}\"><b>{}</b>", verdict,
                    row.as_expected ? " expected" : " unexpected", verdict, escaped(more_words(row)), words);
    if (!row.as_expected) {
        out += fmt::format(" <strong class=\"loud\">not as expected: should be {}</strong>",
                           to_text(row.expected));
    }
    out += fmt::format("<small>{}</small>", escaped(effort_words(row)));
    if (!row.outcome.difference.empty()) {
        out += fmt::format("<small>{}</small>", escaped(row.outcome.difference));
    }
    if (!row.advice.empty()) out += fmt::format("<small>{}</small>", escaped(row.advice));
    return out + "</div>";
}

}  // namespace revenant::reports::html
