#include "harness/bench/report.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "harness/bench/native_cases.hpp"

namespace revenant::harness::bench {
namespace {

const Result* find(const std::vector<Result>& results, const Case& like, unsigned threads,
                   const char* search) {
    for (const auto& result : results) {
        const auto& measured = result.measured;
        if (measured.workload == like.workload && measured.implementation == like.implementation &&
            measured.threads == threads && measured.search == search) {
            return &result;
        }
    }
    return nullptr;
}

double rate(const Measurement& measurement) {
    const auto executions = measurement.executions_complete + measurement.executions_blocked;
    return measurement.seconds > 0 ? static_cast<double>(executions) / measurement.seconds : 0;
}

// How many times as many executions `full` has, and how many times as long Relacy's own search takes.
// 0: not measured with so many threads.
double fewer_than_full(const Result& result, const std::vector<Result>& results) {
    const auto* const full = find(results, result.measured, result.measured.threads, "full");
    if (full == nullptr || result.measured.search == relacys_own) return 0;
    return static_cast<double>(full->median.executions_complete) /
           static_cast<double>(result.median.executions_complete);
}
double faster_than_relacy(const Result& result, const std::vector<Result>& results) {
    const auto* const own = find(results, result.measured, result.measured.threads, relacys_own);
    return own == nullptr || !own->median.is_finished ? 0 : own->median.seconds / result.median.seconds;
}

std::string or_dash(double ratio) { return ratio == 0 ? "-" : fmt::format("{:.3g}", ratio); }

std::string growth_line(const std::string& name, const Result& result, const Result* before) {
    const auto& median = result.median;
    std::string factor;
    if (before != nullptr) {
        factor = fmt::format("x{:.1f} executions, x{:.1f} time",
                             static_cast<double>(median.executions_complete) /
                                 static_cast<double>(before->median.executions_complete),
                             median.seconds / before->median.seconds);
    }
    return fmt::format("{:<62}{:>12}{:>12.6f}  {}\n", name, median.executions_complete, median.seconds,
                       factor);
}

}  // namespace

std::string heading() {
    return fmt::format("{:<31} {:<15} {:>7} {:<14} {:>10} {:>7} {:>11} {:>8} {:>12} {:>8} {:>4} {:>9} {:>9}",
                       "workload", "implementation", "threads", "search", "executions", "blocked", "seconds",
                       "cpu s", "executions/s", "peak MiB", "runs", "full/this", "relacy/t");
}

std::string line(const Result& result, const std::vector<Result>& results) {
    const auto& [measured, median, runs] = result;
    return fmt::format(
        "{:<31} {:<15} {:>7} {:<14} {:>10} {:>7} {:>11.6f} {:>8.3f} {:>12.0f} {:>8.1f} {:>4} {:>9} {:>9}{}",
        measured.workload, measured.implementation, measured.threads, measured.search,
        median.executions_complete, median.executions_blocked, median.seconds, median.cpu_seconds,
        rate(median), median.peak_mebibytes, runs, or_dash(fewer_than_full(result, results)),
        or_dash(faster_than_relacy(result, results)), median.is_finished ? "" : "  cut off");
}

std::string estimates(const std::vector<Result>& results) {
    std::string text;
    for (const auto& [measured, median, runs] : results) {
        if (median.is_finished) continue;
        const double seconds = median.executions_estimated / rate(median);
        text += fmt::format(
            "{} {}, {} threads, {}: {} executions in {:.1f} s; its own estimate of all: {:.2g}, "
            "at this rate {:.2g} s ({:.2g} days)\n",
            measured.workload, measured.implementation, measured.threads, measured.search,
            median.executions_complete, median.seconds, median.executions_estimated, seconds,
            seconds / 86400);
    }
    return text;
}

std::string growth(const std::vector<Result>& results) {
    std::string text =
        fmt::format("{:<62}{:>12}{:>12}\n", "growth with the threads", "executions", "seconds");
    const auto is_dpor = [](const Result& result) { return result.measured.search.starts_with("dpor"); };
    for (const auto& first : results) {
        const auto& measured = first.measured;
        if (measured.threads != 2 || !is_dpor(first) || measured.implementation == "counter") continue;
        const Result* before = nullptr;
        for (unsigned threads = 2; threads <= 5; ++threads) {
            const auto* const result = find(results, measured, threads, measured.search.c_str());
            if (result == nullptr) break;
            text += growth_line(fmt::format("{} {}, {}, {} threads", measured.workload,
                                            measured.implementation, measured.search, threads),
                                *result, before);
            before = result;
        }
    }
    text += fmt::format("\n{:<62}{:>12}{:>12}\n", "growth with the operations of a thread", "executions",
                        "seconds");
    const Result* before = nullptr;
    for (const auto& result : results) {
        if (result.measured.implementation != "counter") continue;
        if (before != nullptr && before->measured.threads != result.measured.threads) before = nullptr;
        text += growth_line(fmt::format("{}, {} threads", result.measured.workload, result.measured.threads),
                            result, before);
        before = &result;
    }
    return text;
}

std::string beside_genmc(const std::vector<Result>& results) {
    std::string text;
    double logarithms = 0;
    int shorts = 0;
    for (const auto& result : results) {
        const auto& measured = result.measured;
        const auto* const peer = find(results, measured, measured.threads, "genmc");
        if (peer == nullptr || measured.search != "dpor") continue;
        const double ratio = peer->median.seconds / result.median.seconds;
        text +=
            fmt::format("{:<31} {:>7} {:>12} {:>12} {:>10.3f} {:>10.3f} {:>7.1f}\n", measured.workload,
                        measured.threads, result.median.executions_complete, peer->median.executions_complete,
                        result.median.seconds, peer->median.seconds, ratio);
        if (measured.implementation != short_program) continue;
        logarithms += std::log(ratio);
        ++shorts;
    }
    if (shorts == 0) return {};
    return fmt::format("{:<31} {:>7} {:>12} {:>12} {:>10} {:>10} {:>7}\n", "beside GenMC", "threads",
                       "executions", "GenMC's", "seconds", "GenMC's", "ratio") +
           text +
           fmt::format("geometric mean over the {} short programs: {:.1f}\n", shorts,
                       std::exp(logarithms / shorts));
}

std::string to_json(const std::vector<Result>& results) {
    using json = nlohmann::ordered_json;
    const auto or_null = [](double ratio) { return ratio == 0 ? json() : json(ratio); };
    json rows = json::array();
    for (const auto& result : results) {
        const auto& [measured, median, runs] = result;
        rows.push_back({{"workload", measured.workload},
                        {"implementation", measured.implementation},
                        {"threads", measured.threads},
                        {"search", measured.search},
                        {"finished", median.is_finished},
                        {"executions",
                         {{"complete", median.executions_complete},
                          {"blocked", median.executions_blocked},
                          {"estimated", median.executions_estimated}}},
                        {"runs", runs},
                        {"seconds_median", median.seconds},
                        {"cpu_seconds_median", median.cpu_seconds},
                        {"executions_per_second", rate(median)},
                        {"peak_mebibytes_median", median.peak_mebibytes},
                        {"executions_of_full_to_this", or_null(fewer_than_full(result, results))},
                        {"seconds_of_relacy_to_this", or_null(faster_than_relacy(result, results))}});
    }
    return json{{"schema", "revenant.bench-search/1"}, {"rows", std::move(rows)}}.dump(2) + "\n";
}

}  // namespace revenant::harness::bench
