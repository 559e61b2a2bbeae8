#include "harness/bench/cases.hpp"

#include <fmt/format.h>

#include <array>
#include <limits>
#include <stdexcept>

#include "harness/bench/clone_release.hpp"
#include "harness/bench/native_cases.hpp"
#include "model/relacy/engine.hpp"
#include "model/relacy/relacys_own_search.hpp"
#include "model/search/dpor.hpp"
#include "model/search/full.hpp"
#include "scenarios/entry.hpp"

namespace revenant::harness::bench {
namespace {

constexpr auto bare = "reference/bare_registry";

Measurement explored(model::Program& program, unsigned threads, model::search::Strategy& strategy) {
    const auto outcome = model::relacy::explore(program, threads, strategy, {});
    Measurement measurement;
    measurement.executions_complete = outcome.executions_complete;
    measurement.executions_blocked = outcome.executions_blocked;
    measurement.executions_estimated = static_cast<double>(outcome.executions_complete);
    measurement.seconds = outcome.seconds;
    measurement.is_finished = outcome.exhaustive;
    measurement.is_clean = !outcome.finding;
    return measurement;
}

Measurement with_dpor(model::Program& program, unsigned threads, bool symmetric) {
    model::search::SymmetryClasses classes;
    for (unsigned t = 0; symmetric && t < threads; ++t) classes.push_back(program.symmetry_class(t));
    model::search::Dpor dpor(classes);
    return explored(program, threads, dpor);
}

Case of_catalogue(const char* scenario, const char* implementation, unsigned threads, const char* search) {
    const auto* const entry = scenarios::find_entry(scenario, implementation);
    if (entry == nullptr)
        throw std::runtime_error(fmt::format("no {} {} in the catalogue", scenario, implementation));
    const std::string name(search);
    return {scenario, implementation, threads, name, [=] {
                const auto program = entry->make(threads);
                if (name != "full") return with_dpor(*program, threads, name == "dpor symmetric");
                model::search::FullSearch full;
                return explored(*program, threads, full);
            }};
}

// The counts that other model checkers agree on; bare_registry.hpp names them. Symmetry divides by the
// permutations of the threads that intern. Relacy's are those of its release.
struct BareCounts {
    const char* implementation;
    model::relacy::BareOrders orders;
    std::array<std::uint64_t, 4> executions;  // with 2 to 5 threads
    std::uint64_t relacys;                    // Relacy's own, with 2
};
constexpr BareCounts bare_counts[] = {
    {"weak_orders", model::relacy::BareOrders::weak, {7, 182, 9738, 853416}, 11160},
    {"seq_cst", model::relacy::BareOrders::sequential, {5, 78, 2334, 110616}, 6600},
};
constexpr std::array<std::uint64_t, 4> permutations{1, 2, 6, 24};

Case with_relacy(const BareCounts& counts, unsigned threads, double seconds_max) {
    return {bare, counts.implementation, threads, relacys_own, [=] {
                const auto own = model::relacy::relacys_own_search(threads, counts.orders, seconds_max);
                Measurement measurement;
                measurement.executions_complete = own.executions;
                measurement.executions_estimated = own.executions_estimated;
                measurement.seconds = own.seconds;
                measurement.is_finished = own.is_finished;
                measurement.is_clean = own.is_clean;
                return measurement;
            }};
}

void add_bare(std::vector<Case>& to, double cut_off_seconds) {
    for (const auto& counts : bare_counts) {
        for (unsigned threads = 2; threads <= 5; ++threads) {
            const auto executions = counts.executions[threads - 2];
            to.push_back(of_catalogue(bare, counts.implementation, threads, "dpor"));
            to.back().executions = executions;
            to.push_back(of_catalogue(bare, counts.implementation, threads, "dpor symmetric"));
            to.back().executions = executions / permutations[threads - 2];
        }
        to.push_back(of_catalogue(bare, counts.implementation, 2, "full"));
        to.push_back(with_relacy(counts, 2, std::numeric_limits<double>::infinity()));
        to.back().executions = counts.relacys;
        to.push_back(with_relacy(counts, 3, cut_off_seconds));
        to.back().is_cut_off = true;
    }
}

void add_registries(std::vector<Case>& to) {
    constexpr auto scenario = "registry/intern_vs_last_release";
    for (const auto* implementation : {"weak_registry", "shared_registry"}) {
        for (unsigned threads = 2; threads <= 4; ++threads) {
            to.push_back(of_catalogue(scenario, implementation, threads, "dpor"));
            to.push_back(of_catalogue(scenario, implementation, threads, "dpor symmetric"));
        }
        to.push_back(of_catalogue(scenario, implementation, 2, "full"));
    }
}

// Operations of each thread, and the orders of all on one count: (n·k)! / (k!)^n.
void add_clone_release(std::vector<Case>& to) {
    struct Row {
        unsigned threads;
        unsigned pairs;
        std::uint64_t executions;
    };
    for (const Row& row : {Row{2, 1, 20}, Row{2, 2, 252}, Row{2, 3, 3432}, Row{2, 4, 48620}, Row{3, 1, 1680},
                           Row{3, 2, 756756}}) {
        const auto search = [row] {
            CloneRelease program(row.threads, row.pairs);
            return with_dpor(program, row.threads, false);
        };
        to.push_back({fmt::format("clone_release, {} operations", 2 * row.pairs + 1), "counter", row.threads,
                      "dpor", search, row.executions});
    }
}

}  // namespace

std::vector<Case> all_cases(double cut_off_seconds) {
    std::vector<Case> cases;
    add_bare(cases, cut_off_seconds);
    add_native(cases);
    add_registries(cases);
    add_clone_release(cases);
    return cases;
}

}  // namespace revenant::harness::bench
