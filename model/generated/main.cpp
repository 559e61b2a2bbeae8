// generated_search: the nightly run. Compares generated programs with a fresh seed, which it prints.
//
// Each batch runs in a child process: a search keeps its fibers' stacks for the life of its process, and
// a crash in one shall not hide which programs it was in.
#include <CLI/CLI.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <limits>
#include <random>

#include "model/generated/batch.hpp"
#include "model/generated/generate.hpp"
#include "model/stopwatch.hpp"

namespace revenant::model::generated {
namespace {

constexpr std::uint64_t batch_programs = 140;

/// False: the child died before it could tell.
bool run_in_child(std::uint32_t seed, std::uint64_t programs, bool are_watched, Tally& tally) {
    int ends[2];
    if (pipe(ends) != 0) return false;
    const auto child = fork();
    if (child == 0) {
        std::string report;
        const auto own = run_batch(seed, programs, report, are_watched);
        std::cout << report << std::flush;
        const auto written = write(ends[1], &own, sizeof own);
        _exit(written == static_cast<ssize_t>(sizeof own) ? 0 : 1);
    }
    close(ends[1]);
    Tally own;
    const bool told = child > 0 && read(ends[0], &own, sizeof own) == static_cast<ssize_t>(sizeof own);
    close(ends[0]);
    int status = 0;
    if (child > 0) waitpid(child, &status, 0);
    if (told) tally.add(own);
    return told;
}

int search(std::uint32_t seed, std::uint64_t programs, double seconds) {
    std::cout << "seed " << seed << std::endl;
    Tally tally;
    bool all_told = true;
    const Stopwatch since_start;
    for (std::uint64_t done = 0; done < programs && since_start.seconds() < seconds; done += batch_programs) {
        const auto batch_seed = seed + static_cast<std::uint32_t>(done / batch_programs);
        const auto count = std::min(batch_programs, programs - done);
        const bool are_watched = done / batch_programs % 4 == 3;
        if (run_in_child(batch_seed, count, are_watched, tally)) continue;
        all_told = false;
        std::cout << "crashed: the batch of " << count << " programs with seed " << batch_seed
                  << (are_watched ? ", watched" : "") << std::endl;
    }
    std::cout << to_text(tally) << std::endl;
    return all_told && tally.mismatches == 0 ? 0 : 1;
}

}  // namespace
}  // namespace revenant::model::generated

int main(int argc, char** argv) {
    CLI::App app("Compares exhaustive searches with the full one on generated programs.");
    std::uint64_t programs = 5000;
    double seconds = std::numeric_limits<double>::infinity();
    std::uint32_t seed = std::random_device()();
    bool print = false;
    app.add_option("--programs", programs, "how many")->check(CLI::PositiveNumber);
    app.add_option("--seconds", seconds, "begin no batch after so long (default: no limit)")
        ->check(CLI::PositiveNumber);
    app.add_option("--seed", seed, "of the first batch; a fresh one if not given");
    app.add_flag("--print", print, "print the first batch's programs instead");
    CLI11_PARSE(app, argc, argv);
    if (!print) return revenant::model::generated::search(seed, programs, seconds);
    revenant::model::generated::Generator generator(seed);
    for (std::uint64_t i = 0; i < programs; ++i) {
        const auto code = generator.next();
        std::cout << "# " << i << ", " << generator.class_name() << "\n" << to_text(code) << "\n";
    }
    return 0;
}
