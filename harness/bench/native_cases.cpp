#include "harness/bench/native_cases.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include "harness/process/child_process.hpp"
#include "harness/process/explore_arguments.hpp"
#include "model/stopwatch.hpp"

namespace revenant::harness::bench {
namespace {

constexpr double deadline_seconds = 3600;

std::string in_path(const char* name) {
    const char* const folders = std::getenv("PATH");
    std::istringstream text(folders == nullptr ? "" : folders);
    for (std::string folder; std::getline(text, folder, ':');) {
        auto path = folder + "/" + name;
        if (::access(path.c_str(), X_OK) == 0) return path;
    }
    return {};
}

Measurement natively(unsigned threads, bool symmetric) {
    std::string words = "--interleavings\nnone\n--strategy\ndpor\n--executions\n100000000\n--json\n-\n";
    if (!symmetric) words += "--no-symmetry\n";
    ChildOptions options;
    options.environment = {{arguments_variable, words}};  // as `revenant explore` hands them on
    const auto program = fmt::format("{}/native_bare_registry_{}", REVENANT_NATIVE_PROGRAMS, threads);
    const auto finished = ChildProcess(program, {}, options).finish(deadline_seconds);
    if (finished.status != 0) throw std::runtime_error(finished.err);
    const auto row = nlohmann::json::parse(finished.out)["rows"][0];
    Measurement measurement;
    measurement.executions_complete = row["executions"]["complete"];
    measurement.executions_blocked = row["executions"]["blocked"];
    measurement.executions_estimated = static_cast<double>(measurement.executions_complete);
    measurement.seconds = row["seconds"];
    measurement.is_finished = row["verdict"] == "correct";
    measurement.is_clean = row["finding"].is_null();
    return measurement;
}

std::uint64_t number_behind(const std::string& text, const std::string& words) {
    const auto at = text.find(words);
    if (at == text.npos) throw std::runtime_error("GenMC says nothing of its \"" + words + "\"");
    return std::stoull(text.substr(at + words.size()));
}

// What it measures itself has the compiler left out; ours has the start of the process in it.
Measurement under_genmc(unsigned threads) {
    const std::vector<std::string> words{"--rc11", "--", fmt::format("-DTHREADS={}", threads),
                                         REVENANT_BARE_REGISTRY};
    const model::Stopwatch stopwatch;
    const auto finished = ChildProcess(genmc(), words, {}).finish(deadline_seconds);
    Measurement measurement;
    measurement.seconds = stopwatch.seconds();
    measurement.executions_complete =
        number_behind(finished.out + finished.err, "Number of complete executions explored: ");
    measurement.executions_estimated = static_cast<double>(measurement.executions_complete);
    measurement.is_finished = finished.status == 0;
    measurement.is_clean = finished.status == 0;
    return measurement;
}

}  // namespace

std::string genmc() { return in_path("genmc"); }

void add_native(std::vector<Case>& to) {
    if (std::string_view(REVENANT_NATIVE_PROGRAMS).empty()) return;  // a build without the native world
    constexpr auto workload = "native/bare_registry";
    constexpr auto implementation = "weak_orders";
    const bool has_genmc = !genmc().empty();
    std::uint64_t permutations = 1;
    for (const auto& [threads, executions] :
         {std::pair{3u, std::uint64_t{182}}, {4u, std::uint64_t{9738}}, {5u, std::uint64_t{853416}}}) {
        permutations *= threads - 1;
        const auto count = threads;
        to.push_back(
            {workload, implementation, threads, "dpor", [=] { return natively(count, false); }, executions});
        to.push_back({workload, implementation, threads, "dpor symmetric",
                      [=] { return natively(count, true); }, executions / permutations});
        if (!has_genmc) continue;
        to.push_back(
            {workload, implementation, threads, "genmc", [=] { return under_genmc(count); }, executions});
    }
}

}  // namespace revenant::harness::bench
