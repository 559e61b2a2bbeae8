// made_reports FOLDER: writes a made report in every format into FOLDER, for `schemas_test.mjs`. The rows
// have all that a writer meets: each kind of finding, each ending, hostile text, steps without a place.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "reports/import/answer.hpp"
#include "reports/made_row.hpp"
#include "reports/writers/json.hpp"
#include "reports/writers/junit.hpp"
#include "reports/writers/markdown.hpp"
#include "reports/writers/sarif.hpp"

namespace {

bool write(const std::filesystem::path& path, const std::string& text) {
    std::ofstream out(path, std::ios::binary);
    out << text;
    return static_cast<bool>(out.flush());
}

// An answer to a bug report that has all keys, or the fewest.
std::string import_answer(bool whole) {
    using namespace revenant;
    reports::BugReport report;
    report.origin = "AddressSanitizer";
    report.title = "heap-use-after-free";
    report.kinds = {model::FindingKind::use_after_free};
    report.deeds.resize(whole ? 2 : 1);
    report.deeds[0].stack = {{"Entry::key() const", "/w/entry.h", 9}};
    reports::Answer answer;
    if (!whole) return to_json(report, reports::question_of(report), answer, 4);
    report.deeds[1].change = reports::CounterChange{0, -1};
    report.missing = {"nothing"};
    report.remarks = {"\x1b[31m a note \xff"};
    answer.kind = reports::AnswerKind::same_class;
    answer.row = reports::broken_row();
    answer.row->outcome.critical_pair = model::CriticalPair{1, 2};
    answer.ties = {"another"};
    answer.case_path = "report.case";
    return to_json(report, reports::question_of(report), answer, 0);
}

bool write_all(const std::filesystem::path& folder, const revenant::reports::Report& report) {
    std::filesystem::create_directories(folder);
    return write(folder / "report.json", to_json(report)) &&
           write(folder / "report.junit.xml", to_junit(report)) &&
           write(folder / "report.sarif", to_sarif(report)) &&
           write(folder / "report.md", to_markdown(report)) &&
           write(folder / "import.json", import_answer(!report.rows.empty()));
}

}  // namespace

int main(int count, char** words) {
    if (count != 2) {
        std::cerr << "usage: made_reports FOLDER\n";
        return 2;
    }
    const std::filesystem::path folder = words[1];
    if (write_all(folder / "every-row", revenant::reports::report_of_every_row()) &&
        write_all(folder / "empty", revenant::reports::Report{})) {
        return 0;
    }
    std::cerr << "made_reports: cannot write to " << folder << "\n";
    return 1;
}
