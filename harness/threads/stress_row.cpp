#include "harness/threads/stress_row.hpp"

#include <fmt/format.h>
#include <sys/mman.h>

#include <cstdio>
#include <stdexcept>

#include "harness/process/memory_file.hpp"
#include "harness/process/sanitizer_options.hpp"
#include "harness/threads/stress_page.hpp"
#include "model/stopwatch.hpp"

namespace revenant::harness {
namespace {

using model::threads::Noise;
using threads::StressPage;

constexpr double seconds_to_end = 60;  // a report takes its time

ChildOptions child_options(const StressSettings& settings) {
    ChildOptions options;
    options.fixed_addresses = true;
    options.err_kept = 1u << 16;  // the debug log may be long; a report comes last
    options.without = {"REVENANT_LOG"};
    // Finding the names of functions takes longer than a thousand executions.
    options.environment = sanitizer_options(settings.verbose ? "" : "symbolize=0");
    if (settings.noise == Noise::log) options.environment.emplace_back("REVENANT_LOG", "*");
    return options;
}

class SharedPage {
public:
    SharedPage() : file_(std::string(sizeof(StressPage), '\0')) {
        void* const mapped =
            ::mmap(nullptr, sizeof(StressPage), PROT_READ | PROT_WRITE, MAP_SHARED, file_.descriptor(), 0);
        if (mapped == MAP_FAILED) throw std::runtime_error("cannot map a page");
        page_ = static_cast<StressPage*>(mapped);
    }
    ~SharedPage() { ::munmap(page_, sizeof(StressPage)); }
    SharedPage(const SharedPage&) = delete;
    SharedPage& operator=(const SharedPage&) = delete;
    [[nodiscard]] std::uint64_t begun() const { return page_->begun; }
    [[nodiscard]] std::uint64_t ended() const { return page_->ended; }
    [[nodiscard]] std::string path() const { return file_.path(); }

private:
    MemoryFile file_;
    StressPage* page_;
};

}  // namespace

const char* to_text(Noise noise) {
    switch (noise) {
        case Noise::none: return "none";
        case Noise::yields: return "yields";
        case Noise::sleeps: return "sleeps";
        case Noise::pct: return "pct";
        case Noise::random: return "random";
        case Noise::log: return "log";
    }
    return "?";
}

model::Result<StressRow> stress_row(const Run& run, const StressSettings& settings) {
    const auto program = threads_program(settings.sanitizer);
    if (!program) return model::BadInput{program.error()};
    const SharedPage page;
    const auto options = child_options(settings);
    const model::Stopwatch since_start;
    StressRow row;
    if (auto why = small_stack()) row.trouble = *std::move(why);
    if (!row.trouble.empty()) return row;
    while (row.executions < settings.executions) {
        const double left = settings.seconds - since_start.seconds();
        if (left <= 0 || (settings.stop.stop_requested())) break;
        ChildProcess process(
            *program,
            {"stress", page.path(), std::string(run.entry->scenario), std::string(run.entry->implementation),
             std::to_string(run.threads), std::to_string(static_cast<unsigned>(settings.noise)),
             std::to_string(settings.depth), std::to_string(settings.seed), std::to_string(row.executions),
             std::to_string(settings.executions), fmt::format("{:.3f}", left),
             std::to_string(model::threads::step_timeout_ms_default)},
            options);
        const auto finished = process.finish(left + seconds_to_end, settings.stop);
        if (settings.verbose) std::fwrite(finished.err.data(), 1, finished.err.size(), stderr);
        const auto judgement = judged(finished);
        const bool hung = finished.late;
        const bool caught = hung || judgement.blame == Blame::code;
        if (!finished.stopped && !hung && judgement.blame == Blame::outside) row.trouble = judgement.what;
        if (caught && page.begun() == row.executions) row.trouble = judgement.what;  // before its first one
        if (!row.trouble.empty()) break;
        row.executions = caught ? page.begun() : page.ended();
        if (caught && row.caught++ == 0) {
            row.first_seed = settings.seed + row.executions - 1;
            row.what = hung ? "hung" : judgement.what;
        }
        if (settings.on_progress) settings.on_progress(row.executions, row.caught);
    }
    return row;
}

}  // namespace revenant::harness
