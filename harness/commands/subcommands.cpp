#include "harness/commands/subcommands.hpp"

#include <map>

#include "harness/commands/option_types.hpp"

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

const std::map<std::string, bool> worlds{{"model", false}, {"threads", true}};
const std::map<std::string, Sanitizer> sanitizers{
    {"none", Sanitizer::none}, {"address", Sanitizer::address}, {"thread", Sanitizer::thread}};
const std::map<std::string, std::vector<Sanitizer>> sanitizer_sets{
    {"both", {Sanitizer::address, Sanitizer::thread}},
    {"address", {Sanitizer::address}},
    {"thread", {Sanitizer::thread}},
    {"none", {Sanitizer::none}}};
using model::threads::Noise;
const std::map<std::string, std::vector<Noise>> noises{
    {"none", {Noise::none}},
    {"yields", {Noise::yields}},
    {"sleeps", {Noise::sleeps}},
    {"pct", {Noise::pct}},
    {"random", {Noise::random}},
    {"log", {Noise::log}},
    {"all", {Noise::none, Noise::yields, Noise::sleeps, Noise::pct, Noise::random, Noise::log}}};

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

void add_selection(CLI::App& command, Selection& selection, const char* threads_help) {
    command.add_option("GLOB", selection.scenario_globs, "Scenarios, such as 'registry/*' (default: all)");
    command
        .add_option("--implementation", selection.implementation_glob,
                    "Implementations, such as 'weak_registry*' (default: all that fit)")
        ->type_name("GLOB");
    command.add_option("--threads", selection.threads, threads_help)
        ->type_name("N")
        ->check(whole_number(0, 1'000'000, "from 2 to 5"));
}

// What of a search may be done by whom, and where it goes on.
void add_parts(CLI::App& check, SearchSettings& search, Words& words) {
    check
        .add_option(
            "--jobs", search.jobs,
            "dpor: explore with N processes of this machine (default: 1); for several machines mpirun "
            "starts the command, in a build with REVENANT_MPI=ON")
        ->type_name("N")
        ->check(whole_number(1, 256));
    check
        .add_option("--shard", words.shard,
                    "dpor: explore the i-th of n shares only; `revenant merge` joins their --json files")
        ->type_name("i/n")
        ->check(not_empty);
    check
        .add_option("--checkpoint", search.checkpoint,
                    "dpor, one row: save to FILE on a signal and every minute, and go on from it")
        ->type_name("FILE")
        ->check(not_empty);
}

void add_strategy(CLI::App& check, SearchSettings& search, Words& words) {
    add_choice(check, "--strategy", search.strategy, strategy_names,
               strategies_in_words() + " (default: dpor)");
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
    check.add_option("--budget", words.budget, "Time for each row: 500ms, 60s, 2m (default: none)")
        ->type_name("DURATION")
        ->check(not_empty);
    check
        .add_option(
            "--executions", search.budget_executions,
            "Executions for each row, in this run: a search that goes on from a checkpoint gets as many "
            "again (default: 1000000; 100000 where the search is known not to finish soon; without "
            "--budget, --shard and --checkpoint)")
        ->type_name("N")
        ->check(whole_number(1));
}

void add_check(CLI::App& app, Request& request, Words& words) {
    auto& check = *app.add_subcommand("check",
                                      "Search the scenarios of the catalogue for interleavings "
                                      "that break their implementations");
    add_selection(check, request.check.selection, "Threads of each scenario, 2 to 5 (default: 2, 3 and 4)");
    add_strategy(check, request.check.search, words);
    add_choice(check, "--interleavings", request.check.interleavings, interleaving_choices,
               "Broken rows to print the interleaving of (default: all)");
    add_report_files(check, request.check.reports);
    check
        .add_option(
            "--save-case", request.check.case_path,
            "one row: write its finding to FILE as a replayable case; the file's name is the case's id")
        ->type_name("FILE")
        ->check(not_empty);
    add_choice(check, "--color", request.colour, colours, "Colours (default: on a terminal)");
}

void add_replay(CLI::App& app, Request& request, Words& words) {
    auto& replay =
        *app.add_subcommand("replay", "Follow one schedule that check has printed, or the one of a case");
    auto& threads = request.threads;
    replay.add_option("SCHEDULE", request.schedule, "rv1:… as printed, or a *.case file")->required();
    add_choice(replay, "--on", request.on_threads, worlds,
               "model: show the interleaving; threads: run it on real threads under the sanitizers, and the "
               "fix along the same schedule (default: model)");
    add_choice(replay, "--sanitizer", threads.sanitizers, sanitizer_sets,
               "threads: which builds (default: both)");
    replay
        .add_option("--runs", threads.runs, "threads: how often, each in a process of its own (default: 1)")
        ->type_name("N")
        ->check(whole_number(1, 1'000'000));
    replay
        .add_option("--until", threads.run.until,
                    "threads: stop before this step, as `replay` numbers them, and wait for a debugger")
        ->type_name("STEP")
        ->check(whole_number(1, 1'000'000));
    replay.add_flag("--gdb", threads.gdb,
                    "threads: start gdb, stopped before --until (default: the step that fails)");
    replay.add_flag_callback(
        "--no-fix", [&threads] { threads.with_fix = false; }, "threads: do not run the fix as well");
    replay.add_flag_callback(
        "--no-reports", [&threads] { threads.with_reports = false; },
        "threads: do not print the sanitizers' own words");
    replay
        .add_option("--step-timeout", words.step_timeout,
                    "threads: how long a thread may take to its next step (default: 5s)")
        ->type_name("DURATION")
        ->check(not_empty);
    add_choice(replay, "--color", request.colour, colours, "Colours (default: on a terminal)");
}

void add_stress(CLI::App& app, Request& request, Words& words) {
    auto& stress = *app.add_subcommand(
        "stress", "Run scenarios on real threads with seeded noise, and print how often each is caught");
    auto& settings = request.stress.settings;
    add_selection(stress, request.stress.selection, "Threads of each scenario, 2 to 5 (default: 2)");
    add_choice(
        stress, "--noise", request.stress.noises, noises,
        "before each operation: none; yields and sleeps now and then; log: the debug log is on; pct and "
        "random: one thread at a time, by seeded priorities or any (default: yields)");
    stress
        .add_option("--depth", settings.depth, "pct: ordered pairs of steps that the bug takes (default: 3)")
        ->type_name("N")
        ->check(whole_number(1, 100));
    add_choice(stress, "--sanitizer", settings.sanitizer, sanitizers, "Which build (default: address)");
    stress.add_option("--seconds", words.seconds, "Time of each row: 5, 500ms or 2m (default: 2)")
        ->type_name("N")
        ->check(not_empty);
    stress
        .add_option("--executions", settings.executions, "Executions of each row at most (default: no limit)")
        ->type_name("N")
        ->check(whole_number(1, std::uint64_t{1} << 62));
    stress
        .add_option(
            "--seed", settings.seed,
            "Seed of the first execution; each takes the next one (default: 1). With the seed that is "
            "printed, --executions 1 makes that execution again")
        ->type_name("S")
        ->check(whole_number(0, std::uint64_t{1} << 62));
    stress.add_flag("--verbose", settings.verbose,
                    "Show what the runs write on stderr, the reports with names");
}

void add_minimise(CLI::App& app, Request& request) {
    auto& minimise = *app.add_subcommand(
        "minimise", "Make a finding's schedule smaller, and name the two steps that it hangs on");
    minimise.add_option("SCHEDULE", request.schedule, "rv1:… as printed, or a *.case file")->required();
    minimise.add_option("--save-case", request.check.case_path, "Write what comes out to FILE as a case")
        ->type_name("FILE")
        ->check(not_empty);
    add_choice(minimise, "--color", request.colour, colours, "Colours (default: on a terminal)");
}

void add_import(CLI::App& app, Request& request) {
    auto& import = *app.add_subcommand(
        "import",
        "Read a bug report (a sanitizer's, valgrind's, the kernel's, a log of counts), say what it is, "
        "and write a case where an interleaving has its operations");
    import.footer(import_status_help);
    auto& options = request.import;
    import.add_option("REPORT", options.path, "The file, or - for stdin")->required()->check(not_empty);
    import
        .add_option("--save-case", options.case_path,
                    "Write the case to FILE (default: the report's name with .case, in this folder)")
        ->type_name("FILE")
        ->check(not_empty);
    import
        .add_option("--report", options.number, "Of several reports in the text, read this one (default: 1)")
        ->type_name("N")
        ->check(CLI::Range(1, 1'000'000));
    import
        .add_option("--vocabulary", options.vocabulary_path,
                    "Know these words too: lines of OPERATION WORD OWNER, as reports/import describes them")
        ->type_name("FILE")
        ->check(not_empty);
    import
        .add_option("--json", options.json_path,
                    "Write the answer as revenant.import/1 to FILE, or - for stdout")
        ->type_name("FILE")
        ->check(not_empty);
    add_choice(import, "--color", request.colour, colours, "Colours (default: on a terminal)");
}

void add_merge(CLI::App& app, Request& request) {
    auto& merge = *app.add_subcommand("merge", "Join the --json files of the shares of a search");
    merge.add_option("FILE", request.merge_files, "Files that check --shard i/n --json has written")
        ->required();
    merge
        .add_option("--json", request.check.reports.json,
                    "Write the joined revenant.results/1 to FILE, or - for stdout")
        ->type_name("FILE")
        ->check(not_empty);
}

}  // namespace

void add_subcommands(CLI::App& app, Request& request, Words& words) {
    app.name("revenant");
    app.require_subcommand(0, 1);  // none is our complaint: CLI11's hides a misspelt one
    app.set_version_flag("--version", "revenant " REVENANT_VERSION);
    app.footer(exit_status_help);
    app.add_subcommand("list", "Show the catalogue: scenarios, implementations, claims");
    add_check(app, request, words);
    app.add_subcommand("litmus", "Show what the memory model can and cannot show");
    add_merge(app, request);
    add_replay(app, request, words);
    add_minimise(app, request);
    app.add_subcommand("repro", "Hold a case against this build: in the model, on threads, broken and fixed")
        ->add_option("CASE", request.case_path,
                     "A *.case file, or the folder of one, such as reports/bugs/bun-27838")
        ->required();
    add_import(app, request);
    add_stress(app, request, words);
}

}  // namespace revenant::harness
