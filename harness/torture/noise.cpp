// Correct code on real threads, with noise, under the sanitizers: whatever the machine does beside, it must
// not be convicted.
#include <fmt/format.h>

#include <filesystem>

#include "harness/torture/attack.hpp"
#include "harness/torture/catalogue_text.hpp"

namespace revenant::harness::torture {
namespace {

class Noise : public Attack {
public:
    Noise(std::vector<ListedScenario> scenarios, std::string production)
        : scenarios_(std::move(scenarios)), production_(std::move(production)) {}

    void attempt(Round& round) override {
        if (!production_.empty() && round.random().one_in(12)) return shapes(round);
        rows(round);
    }

private:
    // The catalogue, behind the gate.
    void rows(Round& round) {
        static constexpr const char* noises[] = {"none", "yields", "sleeps", "log", "pct", "random"};
        static constexpr const char* builds[] = {"address", "thread", "none"};
        auto& random = round.random();
        const auto& scenario = random.pick(scenarios_);
        const Invocation invocation{
            .words = {"stress", scenario.id, "--implementation", random.pick(scenario.correct), "--threads",
                      std::to_string(2 + random.below(4)), "--noise", random.pick(noises), "--sanitizer",
                      random.pick(builds), "--seconds", "200ms", "--seed",
                      std::to_string(random.below(1'000'000'000))}};
        const auto ended = round.run(invocation, {.statuses = {0}});
        if (!round.over() && ended.out.find("1 correct and clean") == ended.out.npos) {
            round.object("does not say that the row is clean", invocation);
        }
        round.count("rows");
    }

    // Production code itself, without a gate, driven by revenant-stress.
    void shapes(Round& round) {
        const Invocation invocation{
            .words = {"--implementation", round.random().one_in(2) ? "weak_registry" : "shared_registry",
                      "--seconds", "300ms"},
            .line = fmt::format("exec {} \"$@\"", as_word(production_))};
        round.run(invocation, {.statuses = {0}, .foreign_stderr = true});
        round.count("runs of revenant-stress");
    }

    std::vector<ListedScenario> scenarios_;
    std::string production_;  ///< revenant-stress; empty: it is not there
};

}  // namespace

MadeAttack make_noise(const Settings& settings) {
    const auto bin = std::filesystem::path(settings.command).parent_path();
    for (const auto* const program : {"revenant-threads", "revenant-threads-asan", "revenant-threads-tsan"}) {
        if (std::filesystem::exists(bin / program)) continue;
        return model::BadInput{fmt::format("{} is not beside {}", program, settings.command)};
    }
    const auto list = start(settings.command, {.words = {"list"}}, settings.folder).finish().out;
    auto scenarios = scenarios_of(list);
    std::erase_if(scenarios, [](const auto& scenario) { return scenario.correct.empty(); });
    if (scenarios.empty()) {
        return model::BadInput{fmt::format("{} list shows nothing that is correct", settings.command)};
    }
    const auto production = bin / "revenant-stress";
    return MadeAttack(std::make_unique<Noise>(
        std::move(scenarios), std::filesystem::exists(production) ? production.string() : std::string()));
}

}  // namespace revenant::harness::torture
