#include "harness/commands/subcommands.hpp"

#include <map>
#include <memory>
#include <utility>

#include "harness/commands/option_types.hpp"
#include "model/relacy/engine.hpp"
#include "reports/command_name.hpp"

namespace revenant::harness {
namespace {

// As the words below say.
static_assert(model::relacy::explore_threads_min == 1 && model::relacy::explore_threads_max == 12);

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

void add_selection(CLI::App& command, Selection& selection, const char* threads_help) {
    command.add_option("GLOB", selection.scenario_globs, "Scenarios, such as 'registry/*' (default: all)");
    command
        .add_option("--implementation", selection.implementation_glob,
                    "Implementations, such as 'weak_registry*' (default: all that fit)")
        ->type_name("GLOB");
    command.add_option("--threads", selection.threads, threads_help)
        ->type_name("N")
        ->check(whole_number(0, 1'000'000, "from 1 to 12"));
}

void add_check(CLI::App& app, Request& request, Words& words) {
    auto& check = *app.add_subcommand("check",
                                      "Search the scenarios of the catalogue for interleavings "
                                      "that break their implementations");
    add_selection(check, request.check.selection, "Threads of each scenario, 1 to 12 (default: 2, 3 and 4)");
    add_search_options(check, request.check, words);
    add_colour(check, request.colour);
}

/// Of a command behind whose options come a program and what that is given.
class UsageOfProgram : public CLI::Formatter {
public:
    std::string make_usage(const CLI::App* app, std::string name) const override {
        auto usage = CLI::Formatter::make_usage(app, std::move(name));
        return usage.substr(0, usage.find_last_not_of('\n') + 1) + " PROGRAM [ARGUMENTS]\n";
    }
};

void add_explore(CLI::App& app, Words& words) {
    auto& explore = *app.add_subcommand("explore", "Explore a program that was built with -fsanitize=thread");
    explore.prefix_command();
    explore.formatter(std::make_shared<UsageOfProgram>());
    add_program_options(explore, words.for_program);
    add_native_search_options(explore, words.for_explore, words.for_explore_words);
    add_colour(explore, words.for_explore.colour);
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
    add_colour(replay, request.colour);
}

void add_stress(CLI::App& app, Request& request, Words& words) {
    auto& stress = *app.add_subcommand(
        "stress", "Run scenarios on real threads with seeded noise, and print how often each is caught");
    auto& settings = request.stress.settings;
    add_selection(stress, request.stress.selection, "Threads of each scenario, 1 to 12 (default: 2)");
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
    add_colour(minimise, request.colour);
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
    add_colour(import, request.colour);
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
    app.name(reports::command_name);
    app.require_subcommand(0, 1);  // none is our complaint: CLI11's hides a misspelt one
    app.set_version_flag("--version", "revenant " REVENANT_VERSION);
    app.footer(exit_status_help);
    app.add_subcommand("list", "Show the catalogue: scenarios, implementations, claims")
        ->add_flag("--rows", request.list_rows,
                   "Show SCENARIO IMPLEMENTATION THREADS of each row, one a line");
    add_check(app, request, words);
    add_explore(app, words);
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
