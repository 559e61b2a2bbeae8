// Searches that save checkpoints are killed again and again, and gone on with until they end: their totals
// must be those of an uninterrupted one, whoever explored what.
#include <fmt/format.h>
#include <poll.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "harness/torture/attack.hpp"
#include "harness/torture/whole_files.hpp"

namespace revenant::harness::torture {
namespace {

using Words = std::vector<std::string>;
using nlohmann::ordered_json;

struct Search {
    const char* scenario;
    const char* implementation;
    const char* threads;
    bool symmetry;
    unsigned about_ms;  ///< that it takes when it is left alone: the kills come within that
};
constexpr Search searches[] = {
    {"reference/bare_registry", "weak_orders", "4", false, 300},
    {"registry/replace_vs_remove", "weak_registry", "3", false, 200},
    {"registry/replace_vs_remove", "shared_registry", "3", false, 700},
    {"registry/two_keys", "weak_registry", "4", false, 400},
    {"reference/bare_registry", "weak_orders", "5", true, 1000},
    {"registry/duplicate_disposal", "shared_registry", "4", true, 1500},
};
// 853416 executions: the number that other model checkers have.
constexpr Search long_search{"reference/bare_registry", "weak_orders", "5", false, 20'000};

Words words_of(const Search& search) {
    Words words{"check",     search.scenario, "--implementation", search.implementation,
                "--threads", search.threads,  "--executions",     "1000000000",
                "--json",    "out.json"};
    if (!search.symmetry) words.emplace_back("--no-symmetry");
    return words;
}

// What the end of a search is compared by: everything of its row but the time.
std::string totals(const std::string& json) {
    const auto root = ordered_json::parse(json, nullptr, false);
    if (!root.is_object() || !root.contains("rows") || root["rows"].size() != 1) return "no row";
    auto row = root["rows"][0];
    row.erase("seconds");
    return row.dump();
}

// One of the processes that explore for it; 0: there is none.
int worker_of(const ChildProcess& child) {
    const auto id = std::to_string(child.id());
    int worker = 0;
    std::ifstream("/proc/" + id + "/task/" + id + "/children") >> worker;
    return worker;
}

class Kills : public Attack {
public:
    void attempt(Round& round) override {
        auto& random = round.random();
        const bool is_long = !round.settings().slow && random.one_in(30);
        const auto& search = is_long ? long_search : random.pick(searches);
        const auto expected = uninterrupted(round, search);
        const auto kills_max = 1 + random.below(is_long ? 20 : 10);
        for (std::size_t kill = 0; !round.over(); ++kill) {
            if (go_on(round, search, kill < kills_max, expected)) return;
        }
    }

private:
    std::string uninterrupted(Round& round, const Search& search) {
        auto words = words_of(search);
        auto& known = totals_[fmt::format("{}", fmt::join(words, " "))];
        if (known.empty()) {
            const Invocation whole{.words = words};
            const auto ended = round.run(whole, {.statuses = {0}});
            if (!round.over() && ended.status == 0) known = totals(round.text("out.json"));
            std::filesystem::remove(round.file("out.json"));
        }
        return known;
    }

    // Starts it, kills it if that is wanted, and looks at what is left. True: the search has come to its end.
    bool go_on(Round& round, const Search& search, bool kill, const std::string& expected) {
        auto& random = round.random();
        const auto jobs = 1 + random.below(3);
        Invocation invocation{.words = words_of(search)};
        for (const auto& word : {std::string("--checkpoint"), std::string("search.checkpoint"),
                                 std::string("--jobs"), std::to_string(jobs)}) {
            invocation.words.push_back(word);
        }
        const auto delay_ms = 1 + random.below(search.about_ms);
        static constexpr int signals[] = {SIGKILL, SIGKILL, SIGTERM, SIGINT};
        const int signal = random.pick(signals);
        const bool at_worker = random.one_in(4);

        const auto before = snapshot(round.folder());
        auto child = start(round.settings().command, invocation, round.folder());
        Demands demands{.statuses = {0}};
        if (kill) {
            // A random moment of it is what is wanted.
            ::poll(nullptr, 0, static_cast<int>(delay_ms * (round.settings().slow ? 5 : 1)));
            const int worker = at_worker ? worker_of(child) : 0;
            if (worker > 0) {
                ::kill(worker, SIGKILL);
                demands.statuses = {0, 70};  // 70 with a line: what was done is in the checkpoint
            } else {
                child.send(signal);
                demands = {.statuses = {0, 4}, .signals = {signal}};
            }
        }
        const auto ended = round.judge(child, invocation, demands, before);
        if (round.over()) return true;
        if (ended.status != 0) {
            round.count(ended.status == 70 ? "search processes killed" : "kills");
            return false;
        }
        compare(round, invocation, expected);
        return true;
    }

    static void compare(Round& round, const Invocation& invocation, const std::string& expected) {
        const auto found = totals(round.text("out.json"));
        if (found != expected) {
            round.object(fmt::format("other totals than uninterrupted: {}, not {}", found, expected),
                         invocation);
        }
        if (snapshot(round.folder()).size() != 1) {
            round.object("left more than out.json when the search had ended", invocation);
        }
        round.count("searches brought to their end");
    }

    std::map<std::string, std::string> totals_;  ///< of an uninterrupted search, by its words
};

}  // namespace

MadeAttack make_kills(const Settings&) { return MadeAttack(std::make_unique<Kills>()); }

}  // namespace revenant::harness::torture
