// search_bench: what the searches cost, and what Relacy's own does in the same run. Nothing about time is
// asserted; the numbers of executions that are known are, and exit 1 says that one came out differently.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <optional>

#include "harness/bench/native_cases.hpp"
#include "harness/bench/report.hpp"
#include "harness/commands/complain.hpp"
#include "harness/commands/terminal.hpp"
#include "harness/files/output_file.hpp"

namespace revenant::harness::bench {
namespace {

struct Options {
    int runs = 5;
    double seconds_per_case = 5;
    double cut_off_seconds = 10;
    std::string json_path;
    std::vector<std::string> only;
};

bool is_wanted(const std::string& workload, const Options& options) {
    const auto has = [&](const std::string& part) { return workload.find(part) != workload.npos; };
    return options.only.empty() || std::any_of(options.only.begin(), options.only.end(), has);
}

template <class Value>
Value median(std::vector<Value> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

// A long search is not measured as often: it is the less noisy for being long.
Result measure(const Case& measured, const Options& options) {
    Result result{measured, {}, 0};
    std::vector<double> seconds;
    std::vector<double> cpu_seconds;
    std::vector<double> peaks;
    double spent = 0;
    while (result.runs < options.runs && spent < options.seconds_per_case) {
        result.median = in_child(measured.run);
        ++result.runs;
        spent += result.median.seconds;
        seconds.push_back(result.median.seconds);
        cpu_seconds.push_back(result.median.cpu_seconds);
        peaks.push_back(result.median.peak_mebibytes);
        if (measured.is_cut_off) break;
    }
    result.median.seconds = median(seconds);
    result.median.cpu_seconds = median(cpu_seconds);
    result.median.peak_mebibytes = median(peaks);
    return result;
}

// What came out differently than it is known to, in one line, or nothing.
std::string wrong(const Result& result) {
    const auto& [measured, median, runs] = result;
    const auto name = fmt::format("{} {} with {} threads under {}", measured.workload,
                                  measured.implementation, measured.threads, measured.search);
    if (!median.is_clean) return name + " failed an execution";
    if (!median.is_finished && !measured.is_cut_off) return name + " did not come to its end";
    if (measured.executions && *measured.executions != median.executions_complete) {
        return fmt::format("{} has {} complete executions; {} are known", name, median.executions_complete,
                           *measured.executions);
    }
    return {};
}

int run(int argc, char** argv) {
    CLI::App app{"Measures the searches. Every measurement is a process of its own; seconds are medians."};
    Options options;
    app.add_option("--runs", options.runs, "Runs of each search (default: 5)")->check(CLI::Range(1, 1000));
    app.add_option("--seconds-per-case", options.seconds_per_case,
                   "No further run of a search that has taken so long in all (default: 5)");
    app.add_option("--cut-off", options.cut_off_seconds,
                   "Seconds for Relacy's own search with three threads (default: 10)");
    app.add_option("--only", options.only, "Only workloads whose names have one of these in them");
    app.add_option("--json", options.json_path, "Write the results to FILE");
    CLI11_PARSE(app, argc, argv);
    std::optional<OutputFile> file;
    if (!options.json_path.empty()) {
        auto opened = OutputFile::open(options.json_path);
        if (!opened) return complain(exit_usage, opened.error());
        file.emplace(std::move(*opened));
    }

    std::vector<std::string> mistakes;
    std::vector<Result> results;
    ProgressLine progress;
    for (const auto& measured : all_cases(options.cut_off_seconds)) {
        if (!is_wanted(measured.workload, options)) continue;
        progress.show(fmt::format("{} {} {} threads, {}", measured.workload, measured.implementation,
                                  measured.threads, measured.search));
        results.push_back(measure(measured, options));
        if (auto mistake = wrong(results.back()); !mistake.empty()) mistakes.push_back(std::move(mistake));
    }
    progress.clear();
    std::puts(heading().c_str());
    for (const auto& result : results) std::puts(line(result, results).c_str());
    if (genmc().empty()) std::puts("GenMC is not installed: its rows are left out.");
    std::puts("A search of less than a millisecond is mostly its start: the fibers and the context.");
    std::printf("\n%s\n%s\n%s", estimates(results).c_str(), growth(results).c_str(),
                beside_genmc(results).c_str());
    if (file) {
        if (const auto error = file->commit(to_json(results))) return complain(exit_usage, *error);
    }
    for (const auto& mistake : mistakes) static_cast<void>(complain(exit_not_as_expected, mistake));
    return mistakes.empty() ? exit_as_expected : exit_not_as_expected;
}

}  // namespace
}  // namespace revenant::harness::bench

int main(int argc, char** argv) {
    try {
        return revenant::harness::bench::run(argc, argv);
    } catch (const std::exception& error) {
        return revenant::harness::complain(revenant::harness::exit_internal, error.what());
    }
}
