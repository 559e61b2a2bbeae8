#include "harness/torture/inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace revenant::harness::torture {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

std::string text_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// The texts below a folder whose names end so, in the order of their paths.
Words texts(const fs::path& folder, const std::string& extension) {
    std::error_code error;
    std::vector<fs::path> paths;
    for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
        if (entry.path().extension() == extension) paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    Words all;
    for (const auto& path : paths) all.push_back(text_of(path));
    return all;
}

std::string schedule_of(const std::string& a_case) {
    constexpr std::string_view key = "\nschedule: ";
    const auto at = a_case.find(key);
    if (at == a_case.npos) return {};
    const auto begin = at + key.size();
    return a_case.substr(begin, a_case.find('\n', begin) - begin);
}

}  // namespace

std::vector<std::string> checkpoint_words() {
    return {"check",
            "registry/replace_vs_remove",
            "--implementation",
            "weak_registry",
            "--threads",
            "4",
            "--executions",
            "60"};
}

model::Result<Inputs> make_inputs(const Settings& settings) {
    Inputs inputs;
    const fs::path tree(settings.source_root);
    inputs.reports = texts(tree / "reports/import/samples", ".txt");
    inputs.cases = texts(tree / "reports/bugs", ".case");
    if (inputs.reports.empty() || inputs.cases.empty()) {
        return model::BadInput{fmt::format("{} has no samples of reports and cases", settings.source_root)};
    }
    Figures figures;
    Round round(settings, "inputs", 0, figures);
    auto words = checkpoint_words();
    words.insert(words.end(), {"--checkpoint", "a.checkpoint"});
    round.run({.words = words}, {.statuses = {4}});
    for (const auto* const share : {"1/2", "2/2"}) {
        round.run({.words = {"check", "registry/two_keys", "--implementation", "weak_registry", "--threads",
                             "2", "--shard", share, "--json", fmt::format("{}.json", share[0])}},
                  {.statuses = {0}});
    }
    round.run({.words = {"check", "tutorial/lost_update", "--implementation", "load_then_store", "--threads",
                         "2", "--save-case", "lost.case"}},
              {.statuses = {0}});
    if (!round.objection().empty()) {
        return model::BadInput{fmt::format("{}: {}", round.typed(), round.objection())};
    }
    inputs.checkpoint = round.text("a.checkpoint");
    inputs.shares = {round.text("1.json"), round.text("2.json")};
    inputs.cases.push_back(round.text("lost.case"));
    for (const auto& a_case : inputs.cases) inputs.schedules.push_back(schedule_of(a_case));
    return inputs;
}

}  // namespace revenant::harness::torture
