#include "harness/files/case_file.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "harness/files/input_file.hpp"

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

}  // namespace

bool is_schedule(const std::string& text) {
    return text.starts_with("rv") &&
           text.find(':') != text.npos;  // a file of such a name can be given as ./NAME
}

model::Result<reports::Case> load_case(const std::string& path, model::StopToken stop) {
    const auto file = case_file_of(path);
    if (!file) return model::BadInput{file.error()};
    const auto text = read_file(*file, stop);
    if (!text) return model::BadInput{text.error()};
    auto parsed = reports::parse_case(*text);
    if (!parsed) return model::BadInput{*file + ": " + parsed.error()};
    return parsed;
}

model::Result<CaseFile> CaseFile::open(const std::string& path, model::StopToken stop) {
    auto id = std::filesystem::path(path).stem().string();
    if (!reports::is_case_id(id)) {
        return model::BadInput{fmt::format(
            "--save-case: '{}' is no name for a case: letters, digits and dashes, at most 64, then .case",
            id)};
    }
    auto file = OutputFile::open(path, stop);
    if (!file) return model::BadInput{file.error()};
    return CaseFile(std::move(id), std::move(*file));
}

std::optional<std::string> CaseFile::commit(const reports::Row& row,
                                            std::vector<std::pair<std::string, std::string>> verdicts,
                                            std::vector<std::string> from) {
    return file_.commit(reports::to_text(reports::case_of(id_, row, std::move(verdicts), std::move(from))));
}

}  // namespace revenant::harness
