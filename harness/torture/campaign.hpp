// Campaign: the attacks one after the other, each in rounds with consecutive seeds, for its share of the
// time.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "harness/torture/attack.hpp"
#include "harness/torture/round.hpp"

namespace revenant::harness::torture {

struct CampaignOptions {
    std::vector<const AttackKind*> attacks;
    std::uint64_t seed = 1;
    double seconds = 60;       ///< of all attacks together
    std::uint64_t rounds = 0;  ///< of each attack, however long they take; 0: as the time goes
};

/// How an attack went.
struct Tally {
    std::string attack;
    std::uint64_t rounds = 0;
    std::uint64_t failed = 0;
    Figures figures = {};
};

/// Who is told what while it goes on.
struct Observer {
    std::function<void(const std::string& what, const std::string& progress)> progress;
    /// A round found something. `again`: the options that make it again alone.
    std::function<void(const Round& round, const std::string& attack, const std::string& again)> failure;
};

/// Runs them until the time is up, or the stop of the settings. An attack ends when it has failed ten times.
/// Errors: an attack that cannot be made here; nothing has been run then.
[[nodiscard]] model::Result<std::vector<Tally>> run_campaign(const Settings& settings,
                                                             const CampaignOptions& options,
                                                             const Observer& observer);

/// The tallies as a table in Markdown, a line each.
[[nodiscard]] std::string table(const std::vector<Tally>& tallies);

}  // namespace revenant::harness::torture
