#include "harness/command_line.hpp"

#include <charconv>
#include <cstdint>
#include <limits>
#include <map>

namespace revenant::harness {
namespace {

const std::map<std::string, Colour> colours{
    {"auto", Colour::automatic}, {"always", Colour::always}, {"never", Colour::never}};
const std::map<std::string, StrategyName> strategies{{"dpor", StrategyName::dpor},
                                                     {"full", StrategyName::full},
                                                     {"bounded", StrategyName::bounded},
                                                     {"random", StrategyName::random},
                                                     {"pct", StrategyName::pct}};
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

// `--json ""`, as an unset variable of a script makes it, is not a wish for no file.
const CLI::Validator not_empty([](std::string& text) { return text.empty() ? "is empty" : std::string(); },
                               "");

const CLI::Validator not_stdout(
    [](std::string& text) { return text == "-" ? "only --json may be -, for stdout" : std::string(); }, "");

constexpr std::uint64_t no_max = std::numeric_limits<std::uint64_t>::max();

// CLI11 takes -1 for a great number, and names the range of a double for what is none.
CLI::Validator whole_number(std::uint64_t min, std::uint64_t max = no_max) {
    return {[min, max](std::string& text) {
                std::uint64_t value = 0;
                const auto* const end = text.data() + text.size();
                const auto [stopped, error] = std::from_chars(text.data(), end, value);
                if (error == std::errc{} && stopped == end && value >= min && value <= max) {
                    return std::string();
                }
                return "'" + text + "' is not a whole number from " + std::to_string(min) +
                       (max == no_max ? " up" : " to " + std::to_string(max));
            },
            ""};
}

template <class T>
CLI::Option* add_choice(CLI::App& app, const std::string& name, T& value,
                        const std::map<std::string, T>& choices, const std::string& help) {
    std::string names;
    for (const auto& [text, unused] : choices) names += (names.empty() ? "" : "|") + text;
    return app
        .add_option_function<std::string>(
            name, [&value, &choices](const std::string& text) { value = choices.at(text); }, help)
        ->check(CLI::Validator(
            [&choices, names](std::string& text) {
                return choices.count(text) != 0 ? std::string() : "'" + text + "' is not one of " + names;
            },
            names));
}

void add_report_files(CLI::App& command, ReportPaths& paths) {
    const auto add = [&](const char* option, std::string& path, const char* help) {
        auto* const added = command.add_option(option, path, help)->type_name("FILE")->check(not_empty);
        if (&path != &paths.json) added->check(not_stdout);
    };
    add("--json", paths.json, "Write revenant.results/1 to FILE, or - for stdout");
    add("--junit", paths.junit, "Write JUnit XML to FILE, for CI systems");
    add("--sarif", paths.sarif, "Write SARIF 2.1.0 to FILE, for code scanning");
    add("--markdown", paths.markdown, "Write Markdown to FILE, for a step summary of GitHub's");
    add("--html", paths.html, "Write one page to FILE: the catalogue, and each finding to step through");
    command
        .add_option("--source-root", paths.source_root,
                    "Where the page reads source lines (default: the tree that this command was built from)")
        ->type_name("FOLDER")
        ->check(not_empty)
        ->check(CLI::ExistingDirectory);
}

CLI::App* add_check(CLI::App& app, Arguments& arguments) {
    auto& check = *app.add_subcommand("check",
                                      "Search the scenarios of the catalogue for interleavings "
                                      "that break their implementations");
    auto& selection = arguments.check.selection;
    auto& search = arguments.check.search;
    check.add_option("GLOB", selection.scenario_globs, "Scenarios, such as 'registry/*' (default: all)");
    check
        .add_option("--implementation", selection.implementation_glob,
                    "Implementations, such as 'weak_registry*' (default: all that fit)")
        ->type_name("GLOB");
    check
        .add_option("--threads", selection.threads, "Threads of each scenario, 2 to 5 (default: 2, 3 and 4)")
        ->type_name("N")
        ->check(whole_number(0));
    add_choice(check, "--strategy", search.strategy, strategies,
               "dpor: exhaustive, one execution of each class of equivalent ones; full: every "
               "execution; bounded: every execution with few preemptions; random, pct: seeded, never "
               "exhaustive (default: dpor)");
    check.add_flag_callback(
        "--no-symmetry", [&search] { search.symmetry = false; },
        "dpor: explore permutations of threads that do the same as well");
    check
        .add_option(
            "--jobs", search.jobs,
            "dpor: explore with N processes of this machine (default: 1); for several machines mpirun "
            "starts the command, in a build with REVENANT_MPI=ON")
        ->type_name("N")
        ->check(whole_number(1, 256));
    check
        .add_option("--shard", arguments.shard,
                    "dpor: explore the i-th of n shares only; `revenant merge` joins their --json files")
        ->type_name("i/n")
        ->check(not_empty);
    check
        .add_option("--checkpoint", search.checkpoint,
                    "dpor, one row: save to FILE on a signal and every minute, and go on from it")
        ->type_name("FILE")
        ->check(not_empty);
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
    check.add_option("--budget", arguments.budget, "Time for each row: 500ms, 60s, 2m (default: none)")
        ->type_name("DURATION")
        ->check(not_empty);
    check
        .add_option(
            "--executions", search.budget_executions,
            "Executions for each row (default: 100000 where the search does not finish soon, else none)")
        ->type_name("N")
        ->check(whole_number(1));
    add_choice(check, "--interleavings", arguments.check.interleavings, interleaving_choices,
               "Broken rows to print the interleaving of (default: all)");
    add_report_files(check, arguments.check.reports);
    check
        .add_option(
            "--save-case", arguments.check.case_path,
            "one row: write its finding to FILE as a replayable case; the file's name is the case's id")
        ->type_name("FILE")
        ->check(not_empty);
    add_choice(check, "--color", arguments.colour, colours, "Colours (default: on a terminal)");
    return &check;
}

CLI::App* add_replay(CLI::App& app, Arguments& arguments) {
    auto& replay =
        *app.add_subcommand("replay", "Follow one schedule that check has printed, or the one of a case");
    auto& threads = arguments.threads;
    replay.add_option("SCHEDULE", arguments.schedule, "rv1:… as printed, or a *.case file")->required();
    add_choice(replay, "--on", arguments.on_threads, worlds,
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
        .add_option("--step-timeout", arguments.step_timeout,
                    "threads: how long a thread may take to its next step (default: 5s)")
        ->type_name("DURATION")
        ->check(not_empty);
    add_choice(replay, "--color", arguments.colour, colours, "Colours (default: on a terminal)");
    return &replay;
}

CLI::App* add_stress(CLI::App& app, Arguments& arguments) {
    auto& stress = *app.add_subcommand(
        "stress", "Run scenarios on real threads with seeded noise, and print how often each is caught");
    auto& selection = arguments.stress.selection;
    auto& settings = arguments.stress.settings;
    stress.add_option("GLOB", selection.scenario_globs, "Scenarios, such as 'registry/*' (default: all)");
    stress
        .add_option("--implementation", selection.implementation_glob,
                    "Implementations, such as 'weak_registry*' (default: all that fit)")
        ->type_name("GLOB");
    stress.add_option("--threads", selection.threads, "Threads of each scenario, 2 to 5 (default: 2)")
        ->type_name("N")
        ->check(whole_number(0));
    add_choice(
        stress, "--noise", arguments.stress.noises, noises,
        "before each operation: none; yields and sleeps now and then; log: the debug log is on; pct and "
        "random: one thread at a time, by seeded priorities or any (default: yields)");
    stress
        .add_option("--depth", settings.depth, "pct: ordered pairs of steps that the bug takes (default: 3)")
        ->type_name("N")
        ->check(whole_number(1, 100));
    add_choice(stress, "--sanitizer", settings.sanitizer, sanitizers, "Which build (default: address)");
    stress
        .add_option("--seconds", arguments.stress_duration, "Time of each row: 5, 500ms or 2m (default: 2)")
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
    return &stress;
}

constexpr char bracket_mark = '\x01';

}  // namespace

CommandLine::CommandLine()
    : app("revenant reproduces lifetime races on demand and proves that their fixes hold.") {
    app.name("revenant");
    app.require_subcommand(0, 1);  // none is our complaint below: CLI11's hides a misspelt one
    app.set_version_flag("--version", "revenant " REVENANT_VERSION);
    arguments.check.version = REVENANT_VERSION;
    arguments.check.reports.source_root = REVENANT_SOURCE_ROOT;
    app.footer(exit_status_help);
    list = app.add_subcommand("list", "Show the catalogue: scenarios, implementations, claims");
    check = add_check(app, arguments);
    litmus = app.add_subcommand("litmus", "Show what the memory model can and cannot show");
    merge = app.add_subcommand("merge", "Join the --json files of the shares of a search");
    merge->add_option("FILE", arguments.merge_files, "Files that check --shard i/n --json has written")
        ->required();
    merge
        ->add_option("--json", arguments.check.reports.json,
                     "Write the joined revenant.results/1 to FILE, or - for stdout")
        ->type_name("FILE")
        ->check(not_empty);
    replay = add_replay(app, arguments);
    minimise = app.add_subcommand(
        "minimise", "Make a finding's schedule smaller, and name the two steps that it hangs on");
    minimise->add_option("SCHEDULE", arguments.schedule, "rv1:… as printed, or a *.case file")->required();
    minimise->add_option("--save-case", arguments.check.case_path, "Write what comes out to FILE as a case")
        ->type_name("FILE")
        ->check(not_empty);
    add_choice(*minimise, "--color", arguments.colour, colours, "Colours (default: on a terminal)");
    repro = app.add_subcommand("repro",
                               "Hold a case against this build: in the model, on threads, broken and fixed");
    repro
        ->add_option("CASE", arguments.case_path,
                     "A *.case file, or the folder of one, such as reports/bugs/bun-27838")
        ->required();
    import = app.add_subcommand(
        "import",
        "Read a bug report (ASan, LSan, TSan, the debug log), search for an interleaving with "
        "its signature, and write a case");
    import->add_option("REPORT", arguments.report_path, "The file, or - for stdin")
        ->required()
        ->check(not_empty);
    import
        ->add_option("--save-case", arguments.check.case_path,
                     "Write the case to FILE (default: the report's name with .case, in this folder)")
        ->type_name("FILE")
        ->check(not_empty);
    add_choice(*import, "--color", arguments.colour, colours, "Colours (default: on a terminal)");
    stress = add_stress(app, arguments);
}

std::vector<std::string> marked_arguments(int argc, char** argv) {
    std::vector<std::string> words;
    for (int i = argc - 1; i > 0; --i) {
        const std::string word = argv[i];
        words.push_back(word.starts_with('[') ? bracket_mark + word : word);
    }
    return words;
}

void take_marks_off(std::vector<std::string>& globs) {
    for (auto& glob : globs) {
        if (glob.starts_with(bracket_mark)) glob.erase(0, 1);
    }
}

}  // namespace revenant::harness
