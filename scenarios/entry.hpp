// The catalogue: every implementation against every scenario that it fits, with the verdict that we
// claim. The tests and `revenant check` assert it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <revenant/model/order_override.hpp>
#include <revenant/model/outcome.hpp>
#include <revenant/model/program.hpp>

namespace revenant::scenarios {

/// What we claim of an implementation under a scenario. `correct()` says that this scenario finds nothing
/// wrong with it; a mistake is convicted by another one (mutants/ names which).
struct Claim {
    unsigned broken_from = 0;  ///< broken with so many threads or more; 0: correct with any number
    std::vector<model::FindingKind> kinds;  ///< how it breaks: what a search may find first
    /// Whether it breaks only where a load reads an older value than the newest, or a CAS fails spuriously.
    bool stale_or_spurious = false;

    [[nodiscard]] model::Verdict verdict(unsigned threads) const {
        return broken_from != 0 && threads >= broken_from ? model::Verdict::broken : model::Verdict::correct;
    }
};

struct Entry {
    std::string_view scenario;        ///< `subject/event_vs_event`
    std::string_view implementation;  ///< a mutant names what it lost after a `+`
    Claim claim;
    std::function<std::unique_ptr<model::Program>(unsigned threads)> make;
    std::vector<model::OrderOverride> overrides = {};
    /// With more threads an exhaustive search takes longer than a check before a merge may.
    unsigned exhaustive_threads_max = 4;
    /// It synchronises by a fence, which ThreadSanitizer does not see: under it a correct one has reports.
    bool fenced = false;
    /// Of a broken one: the correct implementation of what it gets wrong. Empty: the one that its name has
    /// before a `+`, or the only correct one of its scenario.
    std::string_view fix = {};
};

struct Scenario {
    std::string_view id;
    std::string_view summary;  ///< one line for `revenant list`
    /// It runs with so many threads only.
    unsigned threads_min = 2;
    unsigned threads_max = model::program_threads_max;
};

struct Catalogue {
    std::vector<Scenario> scenarios;
    std::vector<Entry> entries;
};

/// The catalogue of the program, in the world that it is linked for: what REVENANT_CATALOGUE is given.
[[nodiscard]] const Catalogue& whole_catalogue();

/// What is wrong with a catalogue as it was written, as a line, or empty: names that no schedule can carry,
/// or that are there twice; claims and numbers of threads that nothing can meet.
[[nodiscard]] std::string fault_of(const Catalogue& catalogue);
/// The same catalogue, or the end of the process: the line on stderr, exit status 2.
[[nodiscard]] Catalogue without_faults(Catalogue catalogue);

/// In the order in which they were written.
[[nodiscard]] const std::vector<Scenario>& scenarios();
/// The line of summary of a scenario, or empty.
[[nodiscard]] std::string_view summary_of(std::string_view scenario);
/// Whether the entry's scenario runs with so many threads.
[[nodiscard]] bool runs_with(const Entry& entry, unsigned threads);
[[nodiscard]] const std::vector<Entry>& entries();

/// The entry of these two names, or null.
[[nodiscard]] const Entry* find_entry(std::string_view scenario, std::string_view implementation);

/// The correct implementation of what this one gets wrong in its scenario: by name, or the only correct one.
/// Null for a correct one, and where it is not known which of several it is.
[[nodiscard]] const Entry* fix_of(const Entry& entry);

}  // namespace revenant::scenarios
