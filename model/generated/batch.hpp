// A batch of generated programs, compared one after another.
#pragma once

#include <cstdint>
#include <string>

namespace revenant::model::generated {

struct Tally {
    std::uint64_t programs = 0;
    std::uint64_t skipped = 0;
    std::uint64_t broken = 0;
    std::uint64_t states = 0;
    std::uint64_t executions_full = 0;
    std::uint64_t executions_others = 0;
    std::uint64_t mismatches = 0;

    void add(const Tally& other);
};

/// Compares `programs` programs of the seed, watched or not (Code::is_watched). Each mismatch is shrunk and
/// appended to `report`.
[[nodiscard]] Tally run_batch(std::uint32_t seed, std::uint64_t programs, std::string& report,
                              bool are_watched = false);

/// `400 programs (2 skipped, 61 broken), 1234 states, …`
[[nodiscard]] std::string to_text(const Tally& tally);

}  // namespace revenant::model::generated
