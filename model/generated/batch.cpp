#include "model/generated/batch.hpp"

#include "model/generated/generate.hpp"
#include "model/generated/shrink.hpp"

namespace revenant::model::generated {

void Tally::add(const Tally& other) {
    programs += other.programs;
    skipped += other.skipped;
    broken += other.broken;
    states += other.states;
    executions_full += other.executions_full;
    executions_others += other.executions_others;
    mismatches += other.mismatches;
}

Tally run_batch(std::uint32_t seed, std::uint64_t programs, std::string& report, bool are_watched) {
    Tally tally;
    Generator generator(seed);
    for (std::uint64_t i = 0; i < programs; ++i) {
        auto code = generator.next();
        code.is_watched = are_watched;
        const auto comparison = compare(code);
        tally.add({1, comparison.skipped, comparison.broken, comparison.states, comparison.executions_full,
                   comparison.executions_others, comparison.mismatch.has_value()});
        if (!comparison.mismatch) continue;
        report += "# seed " + std::to_string(seed) + ", program " + std::to_string(i) + ", " +
                  std::string(generator.class_name()) + "\n" + to_text(shrink(code, *comparison.mismatch)) +
                  "\n";
    }
    return tally;
}

std::string to_text(const Tally& t) {
    return std::to_string(t.programs) + " programs (" + std::to_string(t.skipped) + " skipped, " +
           std::to_string(t.broken) + " broken), " + std::to_string(t.states) + " states, executions: full " +
           std::to_string(t.executions_full) + ", others " + std::to_string(t.executions_others) +
           "; mismatches: " + std::to_string(t.mismatches);
}

}  // namespace revenant::model::generated
