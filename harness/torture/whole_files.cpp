#include "harness/torture/whole_files.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "reports/case.hpp"
#include "reports/printable.hpp"

namespace revenant::harness::torture {
namespace {

namespace fs = std::filesystem;

bool is_json(const std::string& text) { return text.ends_with("}\n") && nlohmann::json::accept(text); }

bool is_xml(const std::string& text) {
    return pugi::xml_document().load_buffer(text.data(), text.size()).status == pugi::status_ok;
}

}  // namespace

Snapshot snapshot(const std::string& folder) {
    Snapshot all;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const auto name = entry.path().filename().string();
        if (!entry.is_regular_file() || entry.is_symlink()) {
            all[name] = entry.is_symlink() ? "(a link)" : "(no file)";
            continue;
        }
        std::ifstream in(entry.path(), std::ios::binary);
        all[name] = {std::istreambuf_iterator<char>(in), {}};
    }
    return all;
}

bool is_whole(const std::string& name, const std::string& text) {
    if (name.ends_with(".json") || name.ends_with(".sarif") || name.ends_with(".checkpoint")) {
        return is_json(text);
    }
    if (name.ends_with(".case")) return static_cast<bool>(reports::parse_case(text));
    if (name.ends_with(".xml")) return is_xml(text);
    if (name.ends_with(".html")) return text.ends_with("</html>\n");
    if (name.ends_with(".md")) return text.ends_with('\n');
    return false;
}

std::optional<std::string> objection_to_files(const Snapshot& before, const Snapshot& after, bool killed) {
    for (const auto& [name, text] : before) {
        if (after.contains(name) || name.ends_with(".checkpoint") || name.ends_with(".lock")) continue;
        return fmt::format("the file {} is gone", reports::printable(name, 80));
    }
    for (const auto& [name, text] : after) {
        const auto old = before.find(name);
        if (old != before.end() && old->second == text) continue;
        const auto printed = reports::printable(name, 80);
        if (name.starts_with(".revenant-")) {
            if (killed && name.ends_with(".lock")) continue;
            return fmt::format("{} is left behind", printed);
        }
        if (is_whole(name, text)) continue;
        return fmt::format("the file {} is not whole: {} bytes", printed, text.size());
    }
    return std::nullopt;
}

}  // namespace revenant::harness::torture
