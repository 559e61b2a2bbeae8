// A libFuzzer target: no text crashes the parser of result files, and what it takes survives being written
// again. The checksum is put right on every other text, or nothing would get past it. `make fuzz` runs it.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "reports/json_depth.hpp"
#include "reports/results.hpp"
#include "reports/results_checksum.hpp"
#include "reports/writers/json.hpp"

namespace {

using nlohmann::ordered_json;

std::string text_in(const ordered_json& root, const char* key) {
    return root.contains(key) && root[key].is_string() ? root[key].get<std::string>() : std::string();
}

std::string sealed(const std::string& text) {
    if (revenant::reports::is_nested_too_deep(text)) return text;
    auto root = ordered_json::parse(text, nullptr, false);
    if (!root.is_object() || !root.contains("rows") || !root["rows"].is_array()) return text;
    revenant::reports::ResultsChecksum sum;
    for (const auto& row : root["rows"]) {
        if (row.is_object()) sum.add_row(row);
    }
    const bool interrupted = root.contains("interrupted") && root["interrupted"] == true;
    root["checksum"] = sum.text(text_in(root, "version"), text_in(root, "build"), interrupted);
    return root.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace revenant;
    std::string text(reinterpret_cast<const char*>(data), size);
    if (size > 0 && data[0] % 2 == 1) text = sealed(text);  // `{` is odd
    const auto parsed = reports::parse_results(text);
    if (!parsed) {
        if (parsed.error().empty() || parsed.error().find('\n') != std::string::npos) std::abort();
        return 0;
    }
    const auto written = reports::to_json(*parsed);
    const auto again = reports::parse_results(written);
    if (!again || reports::to_json(*again) != written) std::abort();
    return 0;
}
