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

// The whole process: the child's time is measured for both tools alike.
Measurement natively(const std::string& program, bool symmetric) {
    std::string words = "--interleavings\nnone\n--strategy\ndpor\n--executions\n100000000\n--json\n-\n";
    if (!symmetric) words += "--no-symmetry\n";
    ChildOptions options;
    options.environment = {{arguments_variable, words}};  // as `revenant explore` hands them on
    const model::Stopwatch stopwatch;
    const auto finished =
        ChildProcess(REVENANT_NATIVE_PROGRAMS + ("/" + program), {}, options).finish(deadline_seconds);
    Measurement measurement;
    measurement.seconds = stopwatch.seconds();
    if (finished.status != 0) throw std::runtime_error(finished.err);
    const auto row = nlohmann::json::parse(finished.out)["rows"][0];
    measurement.executions_complete = row["executions"]["complete"];
    measurement.executions_blocked = row["executions"]["blocked"];
    measurement.executions_estimated = static_cast<double>(measurement.executions_complete);
    measurement.is_finished = row["verdict"] == "correct";
    measurement.is_clean = row["finding"].is_null();
    return measurement;
}

std::uint64_t number_behind(const std::string& text, const std::string& words) {
    const auto at = text.find(words);
    if (at == text.npos) throw std::runtime_error("GenMC says nothing of its \"" + words + "\"");
    return std::stoull(text.substr(at + words.size()));
}

// Without its estimate of how long it will take, which it makes before it begins. It compiles the program
// first: a few tenths of a second.
Measurement under_genmc(const std::string& source, unsigned threads) {
    std::vector<std::string> words{"--rc11", "--disable-estimation", "--"};
    if (threads != 0) words.push_back(fmt::format("-DTHREADS={}", threads));
    words.push_back(REVENANT_SOURCES + ("/" + source));
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

void add_bare_registry(std::vector<Case>& to) {
    constexpr auto workload = "native/bare_registry";
    constexpr auto implementation = "weak_orders";
    const bool has_genmc = !genmc().empty();
    std::uint64_t permutations = 1;
    for (const auto& [threads, executions] :
         {std::pair{3u, std::uint64_t{182}}, {4u, std::uint64_t{9738}}, {5u, std::uint64_t{853416}}}) {
        permutations *= threads - 1;
        const auto count = threads;
        const auto program = fmt::format("native_bare_registry_{}", threads);
        to.push_back({workload, implementation, threads, "dpor", [=] { return natively(program, false); },
                      executions});
        to.push_back({workload, implementation, threads, "dpor symmetric",
                      [=] { return natively(program, true); }, executions / permutations});
        if (!has_genmc) continue;
        to.push_back({workload, implementation, threads, "genmc",
                      [=] { return under_genmc("scenarios/native/bare_registry.c", count); }, executions});
    }
}

// Short programs with many executions (programs/). GenMC counts fewer where ours reaches one and the same
// execution by a stale read and by another order of steps.
struct Short {
    const char* name;
    unsigned threads;
    std::uint64_t executions;
    std::uint64_t genmcs;
};
constexpr Short shorts[] = {
    {"counter", 3, 34650, 34650},         {"latch", 6, 23040, 23040},
    {"peterson", 2, 33766, 33766},        {"queue", 3, 21798, 21714},
    {"read_write_lock", 5, 17346, 17346}, {"ring", 2, 57220, 46311},
    {"seqlock", 4, 50653, 50653},         {"table", 4, 2520, 2520},
    {"ticket_lock", 4, 2520, 2520},       {"treiber_stack", 3, 15369, 15369},
    {"try_lock", 3, 138702, 138702},
};

void add_shorts(std::vector<Case>& to) {
    for (const auto& one : shorts) {
        const std::string name = one.name;
        const auto workload = "native/" + name;
        to.push_back({workload, short_program, one.threads, "dpor",
                      [=] { return natively("native_bench_" + name, false); }, one.executions});
        if (genmc().empty()) continue;
        to.push_back({workload, short_program, one.threads, "genmc",
                      [=] { return under_genmc("harness/bench/programs/" + name + ".c", 0); }, one.genmcs});
    }
}

}  // namespace

std::string genmc() { return in_path("genmc"); }

void add_native(std::vector<Case>& to) {
    if (std::string_view(REVENANT_NATIVE_PROGRAMS).empty()) return;  // a build without the native world
    add_bare_registry(to);
    add_shorts(to);
}

}  // namespace revenant::harness::bench
