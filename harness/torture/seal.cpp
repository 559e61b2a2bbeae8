#include "harness/torture/seal.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "model/checksum.hpp"
#include "reports/json_depth.hpp"
#include "reports/results_checksum.hpp"

namespace revenant::harness::torture {
namespace {

using nlohmann::ordered_json;

std::string text_in(const ordered_json& root, const char* key) {
    return root.contains(key) && root[key].is_string() ? root[key].get<std::string>() : std::string();
}

// Null for what is none.
ordered_json parsed(const std::string& text) {
    if (reports::is_nested_too_deep(text)) return nullptr;
    auto root = ordered_json::parse(text, nullptr, false);
    return root.is_object() ? root : nullptr;
}

std::string written(const ordered_json& root) {
    return root.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string sealed_case(std::string text) {
    text.erase(std::min(text.rfind("checksum: "), text.size()));
    return text + "checksum: " + model::checksum(text) + "\n";
}

std::string sealed_results(const std::string& text) {
    auto root = parsed(text);
    if (!root.is_object() || !root.contains("rows") || !root["rows"].is_array()) return text;
    reports::ResultsChecksum sum;
    for (const auto& row : root["rows"]) {
        if (row.is_object()) sum.add_row(row);
    }
    const bool interrupted = root.contains("interrupted") && root["interrupted"] == true;
    root["checksum"] = sum.text(text_in(root, "version"), text_in(root, "build"), interrupted);
    return written(root);
}

std::string work_of(const std::string& checkpoint) { return text_in(parsed(checkpoint), "work"); }

std::string sealed_checkpoint(const std::string& text, const std::string& work) {
    auto root = parsed(text);
    if (!root.is_object() || !root.contains("search")) return text;
    root["work"] = work;
    // What is no UTF-8 is replaced in the file, and so in what the checksum is of.
    const auto replaced = text_in(parsed(written(root)), "work");
    root["checksum"] = model::checksum(root["search"].dump() + replaced);
    return written(root);
}

}  // namespace revenant::harness::torture
