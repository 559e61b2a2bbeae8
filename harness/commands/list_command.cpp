#include "harness/commands/list_command.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "harness/commands/complain.hpp"
#include "harness/commands/selection.hpp"
#include "scenarios/entry.hpp"

namespace revenant::harness {
namespace {

std::string claim_text(const scenarios::Claim& claim) {
    if (claim.broken_from == 0) return "correct";
    std::string kinds;
    for (const auto kind : claim.kinds) {
        kinds += fmt::format("{}{}", kinds.empty() ? "" : " or ", to_text(kind));
    }
    return claim.broken_from <= 2
               ? "broken: " + kinds
               : fmt::format("broken with {} threads or more: {}", claim.broken_from, kinds);
}

std::string paragraphs() {
    std::string text;
    for (const auto& scenario : scenarios::scenarios()) {
        text += fmt::format("{}\n    {}\n", scenario.id, scenario.summary);
        for (const auto& entry : scenarios::entries()) {
            if (entry.scenario != scenario.id) continue;
            text += fmt::format("    {:<40} {}\n", entry.implementation, claim_text(entry.claim));
        }
        text += "\n";
    }
    return text;
}

std::string lines_of_rows() {
    std::string text;
    const auto rows = select({});
    if (!rows) return text;  // a catalogue that is empty
    for (const auto& row : *rows) {
        text += fmt::format("{} {} {}\n", row.entry->scenario, row.entry->implementation, row.threads);
    }
    return text;
}

}  // namespace

ExitStatus run_list(bool rows) {
    print(rows ? lines_of_rows() : paragraphs());
    if (const auto error = flush_stdout()) return complain(exit_usage, *error);
    return exit_as_expected;
}

}  // namespace revenant::harness
