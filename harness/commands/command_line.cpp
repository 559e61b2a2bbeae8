#include "harness/commands/command_line.hpp"

#include <algorithm>
#include <optional>
#include <sstream>
#include <utility>

#include "harness/commands/commit.hpp"
#include "harness/commands/duration.hpp"
#include "harness/commands/subcommands.hpp"
#include "reports/command_name.hpp"
#include "reports/shell_word.hpp"

namespace revenant::harness {
namespace {

constexpr std::pair<const char*, Subcommand> subcommands[] = {
    {"list", Subcommand::list},         {"check", Subcommand::check},   {"explore", Subcommand::explore},
    {"import", Subcommand::import},     {"litmus", Subcommand::litmus}, {"merge", Subcommand::merge},
    {"minimise", Subcommand::minimise}, {"replay", Subcommand::replay}, {"repro", Subcommand::repro},
    {"stress", Subcommand::stress},
};

// CLI11 takes an argument in brackets for a list, and a glob may begin with one: it is marked before the
// parse, and the mark taken off after it.
constexpr char bracket_mark = '\x01';

// The words in reverse, as CLI11 wants them.
std::vector<std::string> marked_arguments(int argc, char** argv) {
    std::vector<std::string> words;
    for (int i = argc - 1; i > 0; --i) {
        const std::string word = argv[i];
        words.push_back(word.starts_with('[') ? bracket_mark + word : word);
    }
    return words;
}

std::string as_typed(int argc, char** argv) {
    std::string line = reports::command_name;  // however it was found
    for (int i = 1; i < argc; ++i) line += " " + reports::shell_word(argv[i]);
    return line;
}

// Before anything else is made of a word, whichever option it belongs to.
void take_marks_off(CLI::App& app) {
    const auto take_off = [](std::string word) {
        if (word.starts_with(bracket_mark)) word.erase(0, 1);
        return word;
    };
    for (auto* const subcommand : app.get_subcommands({})) {
        for (auto* const option : subcommand->get_options()) {
            if (option->get_expected_max() > 0) option->transform(take_off);
        }
    }
}

std::optional<std::string> read_replay(const CLI::App& replay, Request& request, const Words& words) {
    if (!request.on_threads) {
        for (const auto* const option :
             {"--sanitizer", "--runs", "--until", "--gdb", "--no-fix", "--no-reports", "--step-timeout"}) {
            if (replay.count(option) > 0) return std::string(option) + " needs --on threads";
        }
        return std::nullopt;
    }
    if (words.step_timeout.empty()) return std::nullopt;
    const auto seconds = parse_duration_seconds(words.step_timeout);
    if (!seconds) return "--step-timeout: " + seconds.error();
    request.threads.run.step_timeout_seconds = std::min(*seconds, 24.0 * 3600);
    return std::nullopt;
}

std::optional<std::string> read_stress(StressOptions& stress, const Words& words) {
    if (!words.seconds.empty()) {
        const bool bare = words.seconds.find_first_not_of("0123456789.") == words.seconds.npos;
        const auto seconds = parse_duration_seconds(bare ? words.seconds + "s" : words.seconds);
        if (!seconds) return "--seconds: " + seconds.error();
        stress.settings.seconds = *seconds;
    }
    if (!stress.selection.threads) stress.selection.threads = 2;
    return std::nullopt;
}

// What is no option begins the program's own command line.
std::optional<std::string> read_explore(const CLI::App& explore, std::vector<std::string> words,
                                        ExploreOptions& options) {
    options.program = explore.remaining();
    if (options.program.empty())
        return std::string("explore: which program? See ") + reports::command_name + " explore --help";
    words.resize(words.size() - options.program.size());
    options.search = std::move(words);
    return std::nullopt;
}

std::optional<std::string> read(const CLI::App& app, Request& request, const Words& words) {
    switch (request.subcommand) {
        case Subcommand::explore: {
            const auto* const explore = app.get_subcommand("explore");
            return read_explore(*explore, words.of_explore, request.explore);
        }
        case Subcommand::check: return read_search_words(request.check.search, words);
        case Subcommand::replay: return read_replay(*app.get_subcommand("replay"), request, words);
        case Subcommand::stress: return read_stress(request.stress, words);
        default: return std::nullopt;
    }
}

}  // namespace

model::Result<Request> parse_command_line(int argc, char** argv, const std::string& source_root) {
    CLI::App app("revenant reproduces lifetime races on demand and proves that their fixes hold.");
    Request request;
    request.check.version = REVENANT_VERSION;
    request.check.commit = commit();
    request.check.command = as_typed(argc, argv);
    request.check.reports.source_root = source_root;
    Words words;
    if (argc > 2) words.of_explore.assign(argv + 2, argv + argc);
    add_subcommands(app, request, words);
    take_marks_off(app);
    try {
        app.parse(marked_arguments(argc, argv));
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() != 0) {
            return model::BadInput{std::string(error.what()) + "; see " + reports::command_name + " --help"};
        }
        std::ostringstream text;  // of --help or --version
        app.exit(error, text, text);
        request.help = text.str();
        return request;
    }
    for (const auto& [name, subcommand] : subcommands) {
        if (app.got_subcommand(name)) request.subcommand = subcommand;
    }
    if (request.subcommand == Subcommand::none) {
        return model::BadInput{
            std::string("a subcommand is required: list, check, explore, import, litmus, merge, minimise, "
                        "replay, repro or stress; see ") +
            reports::command_name + " --help"};
    }
    request.check.colour = request.colour;
    if (auto error = read(app, request, words)) return model::BadInput{*error};
    return request;
}

}  // namespace revenant::harness
