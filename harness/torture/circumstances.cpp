// The catalogue, searched again in another folder, locale, environment or priority, with other addresses or
// more processes: what is printed and written is the same to the byte, apart from times.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>

#include "harness/torture/attack.hpp"
#include "harness/torture/catalogue_text.hpp"
#include "harness/torture/times.hpp"

namespace revenant::harness::torture {
namespace {

using Words = std::vector<std::string>;

struct Circumstance {
    const char* name;
    Words here = {};   ///< more words of the search that it is compared with
    Words there = {};  ///< of its own
    std::string line = Invocation{}.line;
    std::vector<std::pair<std::string, std::string>> environment = {};
    bool fixed_addresses = false;
};

const std::vector<Circumstance>& circumstances() {
    static const std::vector<Circumstance> all{
        {.name = "other folder",
         .line = R"(mkdir "ö ther" && cd "ö ther" && "$0" "$@" && mv out.* .. && rmdir "../ö ther")"},
        {.name = "other locale and terminal",
         .environment = {{"LC_ALL", "tr_TR.UTF-8"},
                         {"TERM", "xterm-256color"},
                         {"COLUMNS", "40"},
                         {"TZ", "Pacific/Apia"}}},
        {.name = "two processes", .there = {"--jobs", "2"}},
        {.name = "three processes", .here = {"--jobs", "2"}, .there = {"--jobs", "3"}},
        {.name = "fixed addresses", .fixed_addresses = true},
        {.name = "large environment", .environment = {{"REVENANT_NOTHING", std::string(100'000, 'x')}}},
        {.name = "low priority", .line = R"(exec nice -n 15 "$0" "$@")"},
        {.name = "other bytes in fresh memory", .environment = {{"MALLOC_PERTURB_", "165"}}},
    };
    return all;
}

constexpr const char* report_names[] = {"out.json", "out.xml", "out.sarif", "out.md", "out.html"};

// Without times, without the number of processes in the command that the page names, without the minute in
// which it was made, and without its plot of the progress over time, which several processes do not keep.
std::string comparable(const std::string& page) {
    static const std::regex jobs(" --jobs [0-9]+</dd>");
    static const std::regex made("<dt>made</dt><dd>[^<]*</dd>");
    const auto text = std::regex_replace(std::regex_replace(page, jobs, "</dd>"), made, "");
    const auto plot = text.find(",\"progress\":[");
    if (plot == text.npos) return without_times(text);
    return without_times(text.substr(0, plot) +
                         text.substr(std::min(text.find("</script>", plot), text.size())));
}

// What was printed and written, by name.
using Texts = std::map<std::string, std::string>;

class Circumstances : public Attack {
public:
    explicit Circumstances(std::vector<ListedScenario> scenarios) : scenarios_(std::move(scenarios)) {}

    // One scenario with so many threads in one circumstance: consecutive seeds take one after the other.
    void attempt(Round& round) override {
        auto number = round.seed();
        const auto next = [&number](std::size_t n) {
            const auto digit = number % n;
            number /= n;
            return static_cast<std::size_t>(digit);
        };
        const auto& circumstance = circumstances()[next(circumstances().size())];
        const auto& scenario = scenarios_[next(scenarios_.size())].id;
        const auto threads = 2 + next(round.settings().slow ? 2 : 3);
        Words words{"check",   scenario,    "--threads",  std::to_string(threads),
                    "--json",  "out.json",  "--junit",    "out.xml",
                    "--sarif", "out.sarif", "--markdown", "out.md",
                    "--html",  "out.html"};
        const auto with = [&words](const Words& more) {
            auto all = words;
            all.insert(all.end(), more.begin(), more.end());
            return all;
        };
        auto& known = known_[fmt::format("{} {}", fmt::join(words, " "), fmt::join(circumstance.here, " "))];
        if (known.empty()) known = texts(round, {.words = with(circumstance.here)});
        if (round.over()) return;
        // A budget of executions is looked at after each part of a search where several explore it.
        const bool undecided = known["out.json"].find("\"undecided\"") != std::string::npos;
        if (undecided && circumstance.here.empty() && !circumstance.there.empty()) return;

        compare(round,
                {.words = with(circumstance.there),
                 .line = circumstance.line,
                 .environment = circumstance.environment,
                 .fixed_addresses = circumstance.fixed_addresses},
                circumstance.name, known);
    }

private:
    static Texts texts(Round& round, const Invocation& invocation) {
        Texts all;
        all["stdout"] = round.run(invocation, {.statuses = {0}}).out;
        for (const auto* const name : report_names) all[name] = round.text(name);
        return all;
    }

    static void compare(Round& round, const Invocation& invocation, const char* where, const Texts& known) {
        const auto found = texts(round, invocation);
        if (round.over()) return;
        for (const auto& [name, text] : known) {
            const auto& other = found.at(name);
            round.count("bytes compared", text.size());
            const auto difference = first_difference(comparable(text), comparable(other));
            if (!difference) continue;
            round.write("here-" + name, text);
            round.write("there-" + name, other);
            round.object(fmt::format("{}: {} differs: {}", where, name, *difference), invocation);
            return;
        }
        const auto root = nlohmann::json::parse(known.at("out.json"), nullptr, false);
        if (root.is_object() && root.contains("rows")) round.count("rows compared", root["rows"].size());
        round.count(fmt::format("searches in: {}", where));
    }

    std::vector<ListedScenario> scenarios_;
    std::map<std::string, Texts> known_;  ///< of searches as they are here, by their words
};

}  // namespace

MadeAttack make_circumstances(const Settings& settings) {
    auto scenarios = scenarios_of(start(settings.command, {.words = {"list"}}, settings.folder).finish().out);
    if (scenarios.empty()) {
        return model::BadInput{fmt::format("{} list shows no scenarios", settings.command)};
    }
    return MadeAttack(std::make_unique<Circumstances>(std::move(scenarios)));
}

}  // namespace revenant::harness::torture
