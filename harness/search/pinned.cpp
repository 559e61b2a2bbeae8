#include "harness/search/pinned.hpp"

#include <fmt/format.h>

#include "harness/search/search_row.hpp"

namespace revenant::harness {
namespace {

void add(std::string& text, const scenarios::Entry& entry, unsigned threads, bool symmetry = true) {
    SearchSettings settings;
    settings.symmetry = symmetry;
    const auto row = search_row({&entry, threads}, settings);
    const auto& outcome = row.outcome;
    text += fmt::format("{} {} {}{}: {}{} complete {} blocked {}\n", entry.scenario, entry.implementation,
                        threads, symmetry ? "" : " no-symmetry", to_text(outcome.verdict),
                        outcome.finding ? std::string(" ") + to_text(outcome.finding->kind) : "",
                        outcome.executions_complete, outcome.executions_blocked);
}

}  // namespace

std::string pinned_counts() {
    std::string text =
        "# Executions of `revenant check`, exhaustive. Written by `make pin`; read the diff before it goes "
        "in.\n";
    for (const auto& entry : scenarios::entries()) {
        const bool reference = entry.scenario.starts_with("reference/");
        const bool correct_seed =
            entry.scenario == "registry/intern_vs_last_release" && entry.claim.broken_from == 0;
        for (const unsigned threads : {2u, 3u}) add(text, entry, threads);
        if (reference || correct_seed) add(text, entry, 4);
        for (const unsigned threads : {2u, 3u, 4u}) {
            if (reference && entry.claim.broken_from == 0) add(text, entry, threads, false);
        }
    }
    return text;
}

}  // namespace revenant::harness
