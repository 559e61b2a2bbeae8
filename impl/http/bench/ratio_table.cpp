#include "impl/http/bench/ratio_table.hpp"

#include <cstdio>

namespace revenant::http {

void RatioReporter::ReportRuns(const std::vector<Run>& runs) {
    ConsoleReporter::ReportRuns(runs);
    for (const auto& run : runs) {
        const bool median = run.aggregate_name == "median";
        if (run.error_occurred || (run.repetitions > 1 && !median)) continue;
        const auto rate = run.counters.find("items_per_second");
        if (rate != run.counters.end()) items_per_second_[run.run_name.function_name] = rate->second;
    }
}

bool RatioReporter::print(const std::vector<Compared>& lines) const {
    bool complete = !lines.empty();
    std::printf("\n%-42s %10s %10s   %s\n", "what", "us", "a second", "times as fast as");
    for (const auto& [name, against] : lines) {
        const auto own = items_per_second_.find(name);
        const auto other = items_per_second_.find(against == nullptr ? name : against);
        if (own == items_per_second_.end() || other == items_per_second_.end()) {
            std::printf("%-42s %10s\n", name, "-");
            complete = false;
            continue;
        }
        std::printf("%-42s %10.1f %10.0f", name, 1e6 / own->second, own->second);
        if (against != nullptr) std::printf("   %6.2f  %s", own->second / other->second, against);
        std::printf("\n");
    }
    return complete;
}

}  // namespace revenant::http
