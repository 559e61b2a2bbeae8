#include "harness/commands/search_options.hpp"

#include <map>

#include "harness/commands/duration.hpp"
#include "harness/commands/option_types.hpp"
#include "model/schedule.hpp"

namespace revenant::harness {
namespace {

const std::map<std::string, Colour> colours{
    {"auto", Colour::automatic}, {"always", Colour::always}, {"never", Colour::never}};
std::map<std::string, StrategyName> strategies_by_name() {
    std::map<std::string, StrategyName> names;
    for (const auto& kind : strategies()) names.emplace(kind.text, kind.name);
    return names;
}
const auto strategy_names = strategies_by_name();
std::string strategies_in_words() {
    std::string words;
    for (const auto& kind : strategies()) words += std::string(kind.text) + ": " + kind.help + "; ";
    return words.substr(0, words.size() - 2);
}
const std::map<std::string, Interleavings> interleaving_choices{
    {"all", Interleavings::all}, {"unexpected", Interleavings::unexpected}, {"none", Interleavings::none}};

/// What a program may mean to do, or be known for: no finding where somebody says so.
const std::map<std::string, model::FindingKind> kinds_to_allow{
    {to_text(model::FindingKind::leak), model::FindingKind::leak},
    {to_text(model::FindingKind::livelock), model::FindingKind::livelock}};

void add_report_files(CLI::App& command, ReportPaths& paths) {
    for (const auto& format : report_formats()) {
        auto& path = paths.*format.path;
        auto* const added = command.add_option(format.option, path, format.help);
        added->type_name("FILE")->check(not_empty);
        if (&path != &paths.json) added->check(not_stdout);
    }
    command
        .add_option("--source-root", paths.source_root,
                    "Where the page reads source lines (default: the tree that this command was built from)")
        ->type_name("FOLDER")
        ->check(not_empty)
        ->check(CLI::ExistingDirectory);
}

// What of a search may be done by whom, and where it goes on.
void add_parts(CLI::App& check, SearchSettings& search, SearchWords& words) {
    check
        .add_option(
            "--jobs", search.jobs,
            "dpor: explore with N processes of this machine (default: 1); for several machines mpirun "
            "starts the command, in a build with REVENANT_MPI=ON")
        ->type_name("N")
        ->check(whole_number(1, 256));
    check
        .add_option("--shard", words.shard,
                    "dpor: explore the i-th of n shares only; `merge` joins their --json files")
        ->type_name("i/n")
        ->check(not_empty);
    check
        .add_option("--checkpoint", search.checkpoint,
                    "dpor, one row: save to FILE on a signal and every minute, and go on from it")
        ->type_name("FILE")
        ->check(not_empty);
}

void add_strategy(CLI::App& check, SearchSettings& search, SearchWords& words) {
    add_choice(check, "--strategy", search.strategy, strategy_names,
               strategies_in_words() + " (default: " + kind_of(search.strategy).text + ")");
    check.add_flag_callback(
        "--no-symmetry", [&search] { search.symmetry = false; },
        "dpor: explore permutations of threads that do the same as well");
    check.add_flag(
        "--no-stale", search.newest_only,
        "Every load reads the newest value and no CAS fails spuriously: what a search of this kind "
        "does not find it does not prove to be absent");
    add_parts(check, search, words);
    check
        .add_option("--preemptions", search.preemptions,
                    "bounded: switches away from a thread that could go on, at most so many (default: 2)")
        ->type_name("N")
        ->check(whole_number(0, 1000));
    check
        .add_option("--depth", search.depth,
                    "pct: ordered pairs of steps that the bug takes, 1 to 100 (default: 3)")
        ->type_name("N")
        ->check(whole_number(1, 100));
    check.add_option("--seed", search.seed, "Seed of random and pct (default: 1)")
        ->type_name("N")
        ->check(whole_number(0));
    check
        .add_option("--budget", words.budget,
                    std::string("Time for each row: 500ms, 60s, 2m (default: ") + words.budget_default + ")")
        ->type_name("DURATION")
        ->check(not_empty);
    check
        .add_option(
            "--executions", search.budget_executions,
            std::string("Executions for each row, in this run: a search that goes on from a checkpoint gets "
                        "as many again (default: ") +
                words.executions_default + ")")
        ->type_name("N")
        ->check(whole_number(1));
}

}  // namespace

void add_search_options(CLI::App& check, CheckOptions& options, SearchWords& words) {
    add_strategy(check, options.search, words);
    add_choice(check, "--interleavings", options.interleavings, interleaving_choices,
               "Broken rows to print the interleaving of (default: all)");
    add_report_files(check, options.reports);
    check
        .add_option(
            "--save-case", options.case_path,
            "one row: write its finding to FILE as a replayable case; the file's name is the case's id")
        ->type_name("FILE")
        ->check(not_empty);
}

void add_native_search_options(CLI::App& explore, CheckOptions& options, SearchWords& words) {
    options.search.strategy = StrategyName::portfolio;
    words.budget_default = "10s without --executions, --shard and --checkpoint";
    words.executions_default = "none";
    add_search_options(explore, options, words);
    explore
        .add_option("--allow", words.allowed,
                    "leak or livelock: what is of this kind is no finding, as often as given")
        ->type_name("KIND")
        ->allow_extra_args(false)
        ->check(CLI::Validator(
            [](std::string& text) {
                const bool is_known = kinds_to_allow.count(text) != 0;
                return is_known ? std::string() : "'" + text + "' is not leak or livelock";
            },
            ""));
    explore
        .add_option("--rounds", options.search.rounds_max,
                    "A thread that has come back to a loop so often to read the same, or has yielded so "
                    "often in vain, "
                    "waits until something changes: "
                    "what a search of this kind does not find it does not prove to be absent")
        ->type_name("N")
        ->check(whole_number(1, model::rounds_limit));
    explore.add_flag("--stop-at-first", options.search.stop_at_first,
                     "Do not look for what lies behind a data race on plain data, or a leak");
}

void add_colour(CLI::App& command, Colour& colour) {
    add_choice(command, "--color", colour, colours, "Colours (default: on a terminal)");
}

std::optional<std::string> read_search_words(SearchSettings& search, const SearchWords& words) {
    for (const auto& kind : words.allowed) search.allowed.push_back(kinds_to_allow.at(kind));
    if (!words.budget.empty()) {
        const auto seconds = parse_duration_seconds(words.budget);
        if (!seconds) return "--budget: " + seconds.error();
        search.budget_seconds = *seconds;
    }
    if (!words.shard.empty()) {
        const auto shard = parse_shard(words.shard);
        if (!shard) return "--shard: " + shard.error();
        search.shard = *shard;
    }
    if (search.newest_only && search.shard) {
        return "--shard is of a whole search, and with --no-stale there is none";
    }
    if (search.rounds_max != 0 && search.shard) {
        return "--shard is of a whole search, and with --rounds there is none";
    }
    if (!has_dpor(search.strategy) && (search.jobs > 1 || search.shard || !search.checkpoint.empty())) {
        return "--jobs, --shard and --checkpoint need --strategy dpor";
    }
    return std::nullopt;
}

}  // namespace revenant::harness
