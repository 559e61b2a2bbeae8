#include "harness/torture/campaign.hpp"

#include <fmt/format.h>

#include <chrono>

#include "harness/torture/orphans.hpp"

namespace revenant::harness::torture {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t failures_max = 10;  // the same mistake ten times is enough to read

std::string words(const Figures& figures) {
    std::string text;
    for (const auto& [name, number] : figures) {
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", number, name);
    }
    return text;
}

// One attack for its time.
Tally run_attack(Attack& attack, const char* name, double seconds, const Settings& settings,
                 const CampaignOptions& options, const Observer& observer) {
    Tally tally{.attack = name};
    const auto begin = Clock::now();
    const auto time_left = [&] {
        return std::chrono::duration<double>(Clock::now() - begin).count() < seconds;
    };
    while (options.rounds > 0 ? tally.rounds < options.rounds : time_left()) {
        if (settings.stop.stop_requested() || tally.failed == failures_max) break;
        const auto seed = options.seed + tally.rounds;
        observer.progress(name, fmt::format("round {}, {} failed", tally.rounds + 1, tally.failed));
        Round round(settings, name, seed, tally.figures);
        attack.attempt(round);
        if (settings.stop.stop_requested()) break;
        ++tally.rounds;
        if (round.objection().empty()) continue;
        ++tally.failed;
        observer.failure(round, name, fmt::format("--attack {} --seed {} --rounds 1", name, seed));
    }
    return tally;
}

}  // namespace

model::Result<std::vector<Tally>> run_campaign(const Settings& settings, const CampaignOptions& options,
                                               const Observer& observer) {
    adopt_orphans();
    std::vector<std::unique_ptr<Attack>> made;
    unsigned shares = 0;
    for (const auto* const kind : options.attacks) {
        auto attack = kind->make(settings);
        if (!attack) return model::BadInput{fmt::format("{}: {}", kind->name, attack.error())};
        made.push_back(std::move(*attack));
        shares += kind->share;
    }
    std::vector<Tally> tallies;
    for (std::size_t i = 0; i < made.size(); ++i) {
        const auto& kind = *options.attacks[i];
        tallies.push_back(run_attack(*made[i], kind.name, options.seconds * kind.share / shares, settings,
                                     options, observer));
    }
    return tallies;
}

std::string table(const std::vector<Tally>& tallies) {
    std::string text = "| attack | rounds | failed | what was done |\n|---|---|---|---|\n";
    for (const auto& tally : tallies) {
        text += fmt::format("| {} | {} | {} | {} |\n", tally.attack, tally.rounds, tally.failed,
                            words(tally.figures));
    }
    return text;
}

}  // namespace revenant::harness::torture
