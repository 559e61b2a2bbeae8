// The program `revenant-torture`: attacks the command as a hostile tester would, and says what it found.
#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "harness/commands/complain.hpp"
#include "harness/commands/duration.hpp"
#include "harness/commands/exit_status.hpp"
#include "harness/commands/terminal.hpp"
#include "harness/process/interrupt.hpp"
#include "harness/torture/campaign.hpp"

namespace revenant::harness::torture {
namespace {

namespace fs = std::filesystem;

struct Options {
    std::string command;
    std::vector<std::string> attacks;
    std::string time = "60s";
    std::string folder = "build/torture";
    std::string source_root = REVENANT_SOURCE_ROOT;
    std::uint64_t seed = std::random_device()();
    std::uint64_t rounds = 0;
    bool slow = false;
};

constexpr const char* status_help =
    "Exit status: 0 nothing is wrong; 1 something is, and its inputs are kept; 2 usage, or an\n"
    "attack that cannot be made here.";

ExitStatus refuse(const std::string& line) { return complain(exit_usage, line, "revenant-torture"); }

std::string attacks_in_words() {
    std::string words;
    for (const auto& kind : attacks()) words += fmt::format("{}: {}; ", kind.name, kind.help);
    return words + "may be given more than once (default: all)";
}

void add_options(CLI::App& app, Options& options) {
    app.name("revenant-torture");
    app.footer(status_help);
    app.add_option("--command", options.command, "The command (default: the `revenant` beside this program)")
        ->type_name("FILE");
    app.add_option("--attack", options.attacks, attacks_in_words())->type_name("NAME");
    app.add_option("--time", options.time, "Of all attacks together: 90s, 10m (default: 60s)")
        ->type_name("DURATION");
    app.add_option("--seed", options.seed,
                   "Of the first round; each takes the next one (default: a fresh one)")
        ->type_name("N");
    app.add_option("--rounds", options.rounds, "Of each attack, instead of a time")->type_name("N");
    app.add_option("--folder", options.folder, "Where inputs are kept (default: build/torture)")
        ->type_name("FOLDER");
    app.add_option("--source-root", options.source_root, "The tree whose samples are damaged")
        ->type_name("FOLDER");
    app.add_flag("--slow", options.slow,
                 "The command is an instrumented build: shorter searches, more patience");
}

model::Result<std::vector<const AttackKind*>> chosen(const std::vector<std::string>& names) {
    std::vector<const AttackKind*> kinds;
    for (const auto& kind : attacks()) {
        if (names.empty() || std::find(names.begin(), names.end(), kind.name) != names.end()) {
            kinds.push_back(&kind);
        }
    }
    for (const auto& name : names) {
        const auto known = [&](const auto& kind) { return kind.name == name; };
        if (std::any_of(attacks().begin(), attacks().end(), known)) continue;
        return model::BadInput{fmt::format("--attack: there is no '{}'; see --help", name)};
    }
    return kinds;
}

std::string again_in_words(const Settings& settings, const std::string& options) {
    return fmt::format("{} --command {} --folder {} {}{}",
                       as_word(fs::read_symlink("/proc/self/exe").string()), as_word(settings.command),
                       as_word(settings.folder), options, settings.slow ? " --slow" : "");
}

ExitStatus attack(const Settings& settings, const CampaignOptions& options) {
    print(fmt::format("torture of {}, seed {}\n", settings.command, options.seed));
    ProgressLine line;
    const Observer observer{
        .progress = [&](const auto& what, const auto& progress) { line.show(what, progress); },
        .failure =
            [&](const Round& round, const auto& name, const auto& again) {
                line.clear();
                print(fmt::format("\n{}, seed {}: {}\n  kept: {}\n  the command: {}\n  again: {}\n\n", name,
                                  round.seed(), round.objection(), round.folder(), round.typed(),
                                  again_in_words(settings, again)));
            }};
    const auto tallies = run_campaign(settings, options, observer);
    line.clear();
    if (!tallies) return refuse(tallies.error());
    print(table(*tallies));
    std::uint64_t failed = 0;
    for (const auto& tally : *tallies) failed += tally.failed;
    const auto* const interrupted = settings.stop.stop_requested() ? ", interrupted" : "";
    const auto what = failed == 0
                          ? std::string("nothing wrong")
                          : fmt::format("{} rounds FAILED; what they were is in {}", failed, settings.folder);
    print(fmt::format("torture: {}; seed {}{}\n", what, options.seed, interrupted));
    if (const auto error = flush_stdout()) return refuse(*error);
    return failed == 0 ? exit_as_expected : exit_not_as_expected;
}

int run(int argc, char** argv) {
    Options options;
    CLI::App app{
        "Attacks the command as a hostile tester would: kills, damaged input, absurd words, full disks."};
    add_options(app, options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);
        return refuse(std::string(error.what()) + "; see revenant-torture --help");
    }
    const auto seconds = parse_duration_seconds(options.time);
    if (!seconds) return refuse("--time: " + seconds.error());
    auto kinds = chosen(options.attacks);
    if (!kinds) return refuse(kinds.error());
    if (options.command.empty()) {
        options.command = (fs::read_symlink("/proc/self/exe").parent_path() / "revenant").string();
    }
    options.command = fs::absolute(options.command).lexically_normal().string();
    if (::access(options.command.c_str(), X_OK) != 0) {
        return refuse(fmt::format("--command: {} cannot be run", options.command));
    }
    const auto folder = fs::absolute(options.folder).lexically_normal();
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return refuse(fmt::format("--folder: cannot make {}: {}", folder.string(), error.message()));
    return attack(
        {.command = options.command,
         .folder = folder.string(),
         .source_root = fs::absolute(options.source_root).string(),
         .slow = options.slow,
         .stop = watch_for_interrupt()},
        {.attacks = std::move(*kinds), .seed = options.seed, .seconds = *seconds, .rounds = options.rounds});
}

}  // namespace
}  // namespace revenant::harness::torture

int main(int argc, char** argv) {
    using namespace revenant::harness;
    try {
        return torture::run(argc, argv);
    } catch (const std::exception& error) {
        return complain(exit_internal, error.what(), "revenant-torture");
    }
}
