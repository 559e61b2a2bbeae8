// What the command reads, with damage done to it: it must say so in a line or find a way to read it, and what
// lay beside must stay as it was.
#include <algorithm>

#include "harness/torture/attack.hpp"
#include "harness/torture/inputs.hpp"
#include "harness/torture/mutator.hpp"
#include "harness/torture/seal.hpp"

namespace revenant::harness::torture {
namespace {

constexpr std::size_t word_max = 100'000;  // the kernel takes no longer ones

class Mutations : public Attack {
public:
    explicit Mutations(Inputs inputs) : inputs_(std::move(inputs)) {}

    void attempt(Round& round) override {
        static constexpr void (Mutations::*kinds[])(Round&) = {&Mutations::a_case, &Mutations::schedule,
                                                               &Mutations::share, &Mutations::checkpoint,
                                                               &Mutations::report};
        (this->*round.random().pick(kinds))(round);
    }

private:
    std::string damaged(Round& round, const std::string& text) {
        auto mutant = mutate(round.random(), text);
        round.count("damages: " + mutant.kind);
        return std::move(mutant.text);
    }

    void a_case(Round& round) {
        auto& random = round.random();
        auto text = damaged(round, random.pick(inputs_.cases));
        if (random.one_in(2)) text = sealed_case(std::move(text));
        round.write("damaged.case", text);
        round.count("cases");
        // On real threads it takes a hundred times as long.
        const bool on_threads = !round.settings().slow && random.one_in(40);
        if (on_threads) {
            round.run({.words = {"repro", "damaged.case"}}, {.foreign_stderr = true});
            return;
        }
        static const std::vector<std::string> commands[] = {
            {"replay", "damaged.case"},
            {"replay", "--color", "never", "damaged.case"},
            {"minimise", "damaged.case"},
            {"minimise", "damaged.case", "--save-case", "b.case"},
            {"repro", "missing/../damaged.case"}};
        round.run({.words = random.pick(commands)});
    }

    void schedule(Round& round) {
        auto& random = round.random();
        auto word = damaged(round, random.pick(inputs_.schedules));
        std::erase(word, '\0');
        if (word.size() > word_max) word.resize(word_max);
        round.count("schedules");
        static const std::vector<std::string> commands[] = {{"replay"}, {"minimise"}};
        auto words = random.pick(commands);
        words.push_back(word);
        round.run({.words = words});
    }

    void share(Round& round) {
        auto& random = round.random();
        const std::size_t victim = random.below(2);
        auto text = damaged(round, inputs_.shares[victim]);
        if (random.one_in(2)) text = sealed_results(text);
        round.write("damaged.json", text);
        round.write("whole.json", inputs_.shares[1 - victim]);
        round.count("shares");
        std::vector<std::string> words{"merge", "damaged.json", "whole.json"};
        if (random.one_in(2)) words.insert(words.end(), {"--json", "out.json"});
        if (random.one_in(4)) round.write("out.json", "old");
        round.run({.words = words});
    }

    void checkpoint(Round& round) {
        auto& random = round.random();
        const auto text = random.one_in(2) ? sealed_checkpoint(inputs_.checkpoint,
                                                               damaged(round, work_of(inputs_.checkpoint)))
                                           : damaged(round, inputs_.checkpoint);
        round.write("damaged.checkpoint", text);
        round.count("checkpoints");
        auto words = checkpoint_words();
        words.insert(words.end(), {"--checkpoint", "damaged.checkpoint"});
        if (random.one_in(4)) words.insert(words.end(), {"--jobs", "2"});
        const Invocation invocation{.words = words};
        const auto ended = round.run(invocation);
        if (ended.status == 3 && round.text("damaged.checkpoint") != text) {
            round.object("refused the checkpoint, and changed it", invocation);
        }
    }

    void report(Round& round) {
        auto& random = round.random();
        round.write("damaged.txt", damaged(round, random.pick(inputs_.reports)));
        round.count("bug reports");
        static const Invocation commands[] = {
            {.words = {"import", "damaged.txt"}},
            {.words = {"import", "damaged.txt", "--save-case", "out.case"}},
            {.words = {"import", "-"}, .line = R"(exec "$0" "$@" <damaged.txt)"}};
        round.run(random.pick(commands));
    }

    Inputs inputs_;
};

}  // namespace

MadeAttack make_mutations(const Settings& settings) {
    auto inputs = make_inputs(settings);
    if (!inputs) return model::BadInput{inputs.error()};
    return MadeAttack(std::make_unique<Mutations>(std::move(*inputs)));
}

}  // namespace revenant::harness::torture
