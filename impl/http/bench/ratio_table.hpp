// ratio_table: what benchmarks took, each beside the one that it is measured against. Medians of one run.
#pragma once

#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <vector>

namespace revenant::http {

/// A line of the table: a benchmark, and the one that its ratio is taken against; null for none.
struct Compared {
    const char* name;
    const char* against;
};

/// Prints what the console reporter prints, and keeps the medians for the table. Every benchmark says how
/// many items it has processed.
class RatioReporter : public benchmark::ConsoleReporter {
public:
    void ReportRuns(const std::vector<Run>& runs) override;
    /// False if a line cannot be filled, as after a filter or an error.
    [[nodiscard]] bool print(const std::vector<Compared>& lines) const;

private:
    std::map<std::string, double> items_per_second_;
};

}  // namespace revenant::http
