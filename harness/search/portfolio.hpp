// Portfolio: the strategies that are made in turn with dpor, whose order alone misses for long what takes
// many switches in a row, and finds at once what they miss.
//
// dpor gets 256 executions, each of the others a quarter as many, and then both twice as many, up to a limit.
// Loops that count their rounds make dpor's tree large, and others' executions long. So all but random are
// kept to two rounds of a loop, and one more is dpor so, unless its first executions never come to more
// rounds: where it comes to its end, that is a result.
//
// Turns by numbers of executions and not by time: equal searches are equal however fast they are. Only where
// there is a budget of time, and one turn would take much of it, does a turn end with its share: an eighth
// for dpor, a quarter of that for each of the others.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/search/run.hpp"
#include "harness/search/settings.hpp"
#include "model/search/dpor_worker.hpp"

namespace revenant::harness {

class Portfolio {
public:
    Portfolio(const Run& run, const SearchSettings& settings);

    /// Until a finding, the end of dpor's search, or a budget. The worker has a part, and is stopped then.
    [[nodiscard]] model::Outcome search(model::search::DporWorker& worker,
                                        const model::relacy::ExploreOptions& options);
    /// Of those that are not dpor.
    [[nodiscard]] std::uint64_t executions() const;
    /// `pct 192, random 192 and bounded 192 executions`
    [[nodiscard]] std::string covered() const;

private:
    struct Member {
        const char* name;
        std::unique_ptr<model::search::Strategy> strategy;
        unsigned rounds_max = 0;  ///< see model::Schedule
        bool is_dpor = false;
        std::uint64_t executions = 0;
        bool is_done = false;      ///< there is nothing left that it would explore
        bool has_bounded = false;  ///< a loop was left after so many rounds
        [[nodiscard]] bool is_needless() const { return is_dpor && executions != 0 && !has_bounded; }
    };

    [[nodiscard]] std::optional<model::Outcome> round(const model::relacy::ExploreOptions& options);

    const Run& run_;
    std::vector<Member> members_;
    std::uint64_t dpor_executions_ = 256;
    double seconds_of_other_ = 0;  ///< a turn's, at most
};

/// The executions of one call of `explore`.
[[nodiscard]] inline std::uint64_t executions_of(const model::Outcome& outcome) {
    return outcome.executions_complete + outcome.executions_blocked;
}

}  // namespace revenant::harness
