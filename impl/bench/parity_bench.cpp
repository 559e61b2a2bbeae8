// parity_bench: what the primitives cost beside the standard ones, on one thread, uncontended.
//
// libstdc++ counts without atomics as long as the process has never had a second thread, which
// would make std::shared_ptr look faster than it is in any program that needs one. A second thread
// therefore waits while the benchmarks run.
// Each pair is `what/revenant` and `what/std`; the table at the end has their ratios. They hold for
// these loops: a drop right after its clone is libstdc++'s worst case, since it reads both counts in
// one 64-bit load, of which 32 bits have just been written.
#include <benchmark/benchmark.h>

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <revenant/refcount/shared_ptr.hpp>
#include <revenant/std_platform.hpp>

namespace {

using benchmark::DoNotOptimize;
using revenant::std_platform;
using pointer = revenant::shared_ptr<int, std_platform>;

void clone_and_drop_revenant(benchmark::State& state) {
    const auto held = pointer::make("int", 1);
    for (auto _ : state) {
        auto clone = held.clone();
        DoNotOptimize(clone);
    }
}
void clone_and_drop_std(benchmark::State& state) {
    const auto held = std::make_shared<int>(1);
    for (auto _ : state) {
        auto clone = held;
        DoNotOptimize(clone);
    }
}

void upgrade_and_drop_revenant(benchmark::State& state) {
    const auto held = pointer::make("int", 1);
    const auto weak = held.downgrade();
    for (auto _ : state) {
        auto upgraded = weak.upgrade();
        DoNotOptimize(upgraded);
    }
}
void upgrade_and_drop_std(benchmark::State& state) {
    const auto held = std::make_shared<int>(1);
    const std::weak_ptr<int> weak = held;
    for (auto _ : state) {
        auto upgraded = weak.lock();
        DoNotOptimize(upgraded);
    }
}

void make_and_drop_revenant(benchmark::State& state) {
    for (auto _ : state) {
        auto made = pointer::make("int", 1);
        DoNotOptimize(made);
    }
}
void make_and_drop_std(benchmark::State& state) {
    for (auto _ : state) {
        auto made = std::make_shared<int>(1);
        DoNotOptimize(made);
    }
}

template <class Atomic>
void fetch_add(benchmark::State& state) {
    Atomic cell(0);
    for (auto _ : state) DoNotOptimize(cell.fetch_add(1, std::memory_order::relaxed));
}

/// Prints what the console reporter prints, and keeps the times for the table.
class parity_reporter : public benchmark::ConsoleReporter {
public:
    void ReportRuns(const std::vector<Run>& runs) override {
        ConsoleReporter::ReportRuns(runs);
        for (const auto& run : runs) {
            const bool median = run.aggregate_name == "median";
            if (run.error_occurred || (run.repetitions > 1 && !median)) continue;
            time_ns_[run.run_name.function_name] = run.GetAdjustedCPUTime();
        }
    }
    /// False if a pair is incomplete or there is none.
    [[nodiscard]] bool print_ratios() const {
        static const std::string ours = "/revenant";
        bool complete = !time_ns_.empty();
        std::printf("\n%-20s %12s %12s %8s\n", "what", "revenant ns", "std ns", "ratio");
        for (const auto& [name, time_ns] : time_ns_) {
            if (!name.ends_with(ours)) continue;
            const auto what = name.substr(0, name.size() - ours.size());
            const auto standard = time_ns_.find(what + "/std");
            complete = complete && standard != time_ns_.end();
            if (standard == time_ns_.end()) continue;
            std::printf("%-20s %12.2f %12.2f %8.2f\n", what.c_str(), time_ns, standard->second,
                        time_ns / standard->second);
        }
        return complete;
    }

private:
    std::map<std::string, double> time_ns_;
};

/// A thread that only exists.
class second_thread {
public:
    ~second_thread() {
        {
            const std::lock_guard lock(mutex_);
            over_ = true;
        }
        wake_.notify_one();
        thread_.join();
    }

private:
    std::mutex mutex_;
    std::condition_variable wake_;
    bool over_ = false;
    std::thread thread_{[this] {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return over_; });
    }};
};

}  // namespace

int main(int argc, char** argv) {
    const second_thread other;
    using benchmark::RegisterBenchmark;
    RegisterBenchmark("clone_drop/revenant", clone_and_drop_revenant);
    RegisterBenchmark("clone_drop/std", clone_and_drop_std);
    RegisterBenchmark("upgrade_drop/revenant", upgrade_and_drop_revenant);
    RegisterBenchmark("upgrade_drop/std", upgrade_and_drop_std);
    RegisterBenchmark("make_drop/revenant", make_and_drop_revenant);
    RegisterBenchmark("make_drop/std", make_and_drop_std);
    RegisterBenchmark("fetch_add/revenant", fetch_add<std_platform::atomic<std::uint32_t>>);
    RegisterBenchmark("fetch_add/std", fetch_add<std::atomic<std::uint32_t>>);

    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    parity_reporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    const bool complete = reporter.print_ratios();
    benchmark::Shutdown();
    return complete ? 0 : 1;
}
