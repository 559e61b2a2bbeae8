#include "harness/cases.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "harness/input_file.hpp"
#include "harness/replay_command.hpp"
#include "model/relacy/engine.hpp"
#include "scenarios/catalogue.hpp"

namespace revenant::harness {
namespace {

model::Result<std::string> case_file_of(const std::string& path) {
    namespace fs = std::filesystem;
    std::error_code error;
    if (!fs::is_directory(path, error)) return path;
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(path, error)) {
        if (entry.path().extension() == ".case") found.push_back(entry.path().string());
    }
    if (found.size() == 1) return found.front();
    return model::BadInput{fmt::format("{} has {} *.case files; name one", path, found.size())};
}

// What the catalogue claims of every implementation in a scenario, with so many threads.
std::vector<std::pair<std::string, std::string>> claimed_verdicts(const std::string& scenario,
                                                                  unsigned threads) {
    std::vector<std::pair<std::string, std::string>> verdicts;
    for (const auto& entry : scenarios::entries()) {
        if (entry.scenario != scenario) continue;
        std::string verdict = "correct";
        if (entry.claim.verdict(threads) == model::Verdict::broken) {
            verdict = std::string("broken: ") + to_text(entry.claim.kinds.front());
        }
        verdicts.emplace_back(entry.implementation, verdict);
    }
    return verdicts;
}

}  // namespace

bool is_schedule(const std::string& text) {
    return text.starts_with("rv") &&
           text.find(':') != text.npos;  // a file of such a name can be given as ./NAME
}

model::Result<reports::Case> load_case(const std::string& path) {
    const auto file = case_file_of(path);
    if (!file) return model::BadInput{file.error()};
    const auto text = read_file(*file);
    if (!text) return model::BadInput{text.error()};
    auto parsed = reports::parse_case(*text);
    if (!parsed) return model::BadInput{*file + ": " + parsed.error()};
    return parsed;
}

model::Result<reports::Row> replay_case(const reports::Case& a_case) {
    const auto in_case = [&](const std::string& line) { return model::BadInput{a_case.id + ": " + line}; };
    const auto& schedule = a_case.schedule;
    if (scenarios::find_entry(schedule.scenario, schedule.implementation) == nullptr) {
        return in_case(fmt::format("the catalogue has no {} for {} any more; `revenant list` shows it",
                                   schedule.implementation, schedule.scenario));
    }
    auto row = replay(model::to_text(schedule));
    const auto& trace = row && row->outcome.finding ? row->outcome.trace : model::relacy::last_trace();
    if (const auto difference = reports::first_difference(a_case, reports::steps_in_words(trace))) {
        return in_case(*difference);
    }
    if (!row) return in_case(row.error());
    if (const auto difference = reports::other_end(a_case, *row)) return in_case(*difference);
    return row;
}

model::Result<reports::Row> replay_schedule_or_case(const std::string& schedule_or_path) {
    if (is_schedule(schedule_or_path)) return replay(schedule_or_path);
    std::error_code error;
    if (!std::filesystem::exists(schedule_or_path, error)) {
        return model::BadInput{fmt::format("'{}' is neither a schedule, such as rv1:…, nor a file",
                                           schedule_or_path.substr(0, 200))};
    }
    const auto a_case = load_case(schedule_or_path);
    if (!a_case) return model::BadInput{a_case.error()};
    return replay_case(*a_case);
}

std::string verdict_in_words(const reports::Row& row) {
    if (row.outcome.finding) return std::string("broken: ") + to_text(row.outcome.finding->kind);
    return to_text(row.outcome.verdict);
}

model::Result<CaseFile> CaseFile::open(const std::string& path) {
    auto id = std::filesystem::path(path).stem().string();
    if (!reports::is_case_id(id)) {
        return model::BadInput{fmt::format(
            "--save-case: '{}' is no name for a case: letters, digits and dashes, at most 64, then .case",
            id)};
    }
    auto file = OutputFile::open(path);
    if (!file) return model::BadInput{file.error()};
    return CaseFile(std::move(id), std::move(*file));
}

std::optional<std::string> CaseFile::commit(const reports::Row& row) {
    return file_.commit(
        reports::to_text(reports::case_of(id_, row, claimed_verdicts(row.scenario, row.threads))));
}

}  // namespace revenant::harness
