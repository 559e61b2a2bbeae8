// Random command lines, of the words that the command's own --help lists: each gets an answer or one line.
#include <fmt/format.h>

#include <algorithm>

#include "harness/torture/attack.hpp"
#include "harness/torture/help_text.hpp"
#include "harness/torture/inputs.hpp"
#include "harness/torture/values.hpp"

namespace revenant::harness::torture {
namespace {

using Words = std::vector<std::string>;

bool has(const Words& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

class CommandLines : public Attack {
public:
    CommandLines(std::vector<Subcommand> commands, Inputs inputs)
        : commands_(std::move(commands)), inputs_(std::move(inputs)) {}

    void attempt(Round& round) override {
        auto& random = round.random();
        furnish(round);
        const auto words = line(random, round.settings().slow);
        round.count("command lines");
        Demands demands;
        demands.colours = has(words, "always") || has(words, "--color=always");
        // On real threads a sanitizer speaks too; with `--json -` the text for people goes to stderr.
        demands.foreign_stderr = has(words, "threads") || has(words, "--verbose") || has(words, "repro") ||
                                 has(words, "-") || has(words, "--json=-") || has(words, "--on=threads");
        round.run({.words = words}, demands);
    }

private:
    // What the words may name.
    void furnish(Round& round) {
        auto& random = round.random();
        round.write("lost.case", inputs_.cases.back());
        round.write("1.json", inputs_.shares[0]);
        round.write("2.json", inputs_.shares[1]);
        round.write("report.txt", random.pick(inputs_.reports));
        if (random.one_in(2)) round.write("out.json", "old");
        if (random.one_in(2)) round.write("old.checkpoint", inputs_.checkpoint);
        if (random.one_in(2)) round.write("old.html", "old");
    }

    const Words& known_for(const std::string& positional) {
        static const Words globs{"registry/two_keys", "tutorial/*", "tutorial/lost_update", "*lost*"};
        static const Words shares{"1.json", "2.json", "1.json", "2.json", "missing.json", "lost.case", "."};
        static const Words reports{"report.txt", "report.txt", "-", "missing", ".", "1.json"};
        static const Words cases{"lost.case", "missing.case", ".", "1.json"};
        static const Words none;
        if (positional == "GLOB") return globs;
        if (positional == "FILE") return shares;
        if (positional == "REPORT") return reports;
        if (positional == "CASE") return cases;
        if (positional == "SCHEDULE") {
            if (schedules_.empty()) {
                schedules_ = inputs_.schedules;
                schedules_.insert(schedules_.end(), cases.begin(), cases.end());
            }
            return schedules_;
        }
        return none;
    }

    static void add_option(Random& random, Mood mood, const Option& option, Words& words) {
        if (option.value.empty() || (mood == Mood::absurd && random.one_in(10))) {
            words.push_back(option.name);
            return;
        }
        const auto value = value_of(random, mood, option);
        if (random.one_in(4)) {
            words.push_back(option.name + "=" + value);
        } else {
            words.insert(words.end(), {option.name, value});
        }
    }

    // A run has a bound, whatever else is asked for.
    static void add_bounds(Random& random, Mood mood, const Subcommand& command, Words& words) {
        for (const auto& option : command.options) {
            const bool bounds = option.name == "--executions" || option.name == "--seconds";
            const auto given = [&](const auto& word) { return word.starts_with(option.name); };
            if (!bounds || std::any_of(words.begin(), words.end(), given)) continue;
            words.insert(words.end(), {option.name, value_of(random, mood, option)});
        }
    }

    Words line(Random& random, bool slow) {
        const auto mood = random.one_in(2) ? Mood::absurd : Mood::plausible;
        const auto& command = random.pick(commands_);
        // Of these the whole catalogue would take minutes.
        const bool narrow = command.name == "stress" || (slow && command.name == "check");
        Words words{command.name};
        for (auto more = random.below(6); more > 0 && !command.options.empty(); --more) {
            add_option(random, mood, random.pick(command.options), words);
        }
        const std::size_t fewest =
            narrow || (mood == Mood::plausible && command.positional != "GLOB") ? 1 : 0;
        const auto positionals = command.positional.empty() ? 0 : fewest + random.below(2);
        for (std::size_t i = 0; i < positionals; ++i) {
            words.push_back(narrow ? "tutorial/lost_update"
                                   : positional_value(random, mood, known_for(command.positional)));
        }
        add_bounds(random, mood, command, words);
        // Nobody is there who would answer a debugger.
        std::erase_if(words, [](const auto& word) { return word == "--gdb" || word.starts_with("--until"); });
        if (random.one_in(20)) words.insert(words.begin() + 1, random.one_in(2) ? "--help" : "--version");
        if (mood == Mood::plausible) return words;
        if (random.one_in(10)) words.erase(words.begin());
        if (random.one_in(10)) words.push_back(positional_value(random, mood, {}));
        if (random.one_in(20)) std::reverse(words.begin(), words.end());
        return words;
    }

    std::vector<Subcommand> commands_;
    Inputs inputs_;
    Words schedules_;
};

}  // namespace

MadeAttack make_command_lines(const Settings& settings) {
    const auto help_of = [&](const Words& words) {
        return start(settings.command, {.words = words}, settings.folder).finish().out;
    };
    std::vector<Subcommand> commands;
    for (const auto& name : subcommand_names(help_of({"--help"}))) {
        commands.push_back(subcommand_of(name, help_of({name, "--help"})));
    }
    if (commands.empty()) {
        return model::BadInput{fmt::format("{} --help lists no subcommands", settings.command)};
    }
    auto inputs = make_inputs(settings);
    if (!inputs) return model::BadInput{inputs.error()};
    return MadeAttack(std::make_unique<CommandLines>(std::move(commands), std::move(*inputs)));
}

}  // namespace revenant::harness::torture
