// made_reports FOLDER: writes a made report in every format into FOLDER, for `schemas_test.mjs`. The rows
// have all that a writer meets: each kind of finding, each ending, hostile text, steps without a place.
#include <filesystem>
#include <fstream>
#include <iostream>

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

bool write_all(const std::filesystem::path& folder, const revenant::reports::Report& report) {
    std::filesystem::create_directories(folder);
    return write(folder / "report.json", to_json(report)) &&
           write(folder / "report.junit.xml", to_junit(report)) &&
           write(folder / "report.sarif", to_sarif(report)) &&
           write(folder / "report.md", to_markdown(report));
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
