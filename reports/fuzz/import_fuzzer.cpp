// A libFuzzer target: no text crashes the parsers of bug reports, and what they say is whole lines.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "reports/import/bug_report.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace revenant;
    const auto report = reports::parse_bug_report({reinterpret_cast<const char*>(data), size});
    if (!report) {
        if (report.error().empty() || report.error().find('\n') != std::string::npos) std::abort();
        return 0;
    }
    if (report->deeds.empty() || report->deeds.size() > 2 || report->kinds.empty()) std::abort();
    if (!reports::to_text(*report).ends_with('\n')) std::abort();
    return 0;
}
