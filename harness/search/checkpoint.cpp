#include "harness/search/checkpoint.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "harness/files/input_file.hpp"
#include "harness/files/output_file.hpp"
#include "model/checksum.hpp"

namespace revenant::harness {
namespace {

using model::BadInput;
using model::checksum;
using model::search::WorkList;
using nlohmann::ordered_json;

constexpr const char* schema = "revenant.checkpoint/1";

// The program that explores: another build may have other code in the rows, and other parts.
std::string build_id() {
    const auto program = read_file("/proc/self/exe");
    return program ? checksum(*program) : "unknown";
}

ordered_json to_object(const SearchKey& key) {
    return {{"scenario", key.scenario}, {"implementation", key.implementation},
            {"threads", key.threads},   {"symmetry", key.symmetry},
            {"shard", key.shard},       {"newest_only", key.newest_only},
            {"build", build_id()}};
}

std::string text_of(const ordered_json& object, const char* name) {
    return object.contains(name) && object[name].is_string() ? object[name].get<std::string>()
                                                             : std::string("?");
}

// In what a checkpoint differs from the search that wants to go on with it.
std::string difference(const ordered_json& saved, const ordered_json& wanted) {
    for (const auto& [name, value] : wanted.items()) {
        if (name == "build" || (saved.contains(name) && saved[name] == value)) continue;
        return fmt::format("of another search: {} {}, {} {}", text_of(saved, "scenario"),
                           text_of(saved, "implementation"), name,
                           saved.contains(name) ? saved[name].dump() : "?");
    }
    return "of another build of revenant, whose code may differ";
}

}  // namespace

std::optional<std::string> Checkpoint::unusable() const {
    std::error_code error;
    const auto status = std::filesystem::status(path_, error);
    if (!std::filesystem::exists(status) || std::filesystem::is_regular_file(status)) return std::nullopt;
    return fmt::format("{} is not a file that a search can be saved to", path_);
}

model::Result<std::optional<WorkList>> Checkpoint::load() const {
    std::error_code error;
    if (!std::filesystem::exists(path_, error)) return std::optional<WorkList>{};
    const auto text = read_file(path_);
    if (!text) return BadInput{text.error()};
    const auto root = ordered_json::parse(*text, nullptr, false);
    if (!root.is_object() || !root.contains("schema")) {
        return BadInput{fmt::format("{} is not a checkpoint, or is cut short", path_)};
    }
    if (root["schema"] != schema) {
        return BadInput{
            fmt::format("{} is of version {}; this build reads {}", path_, root["schema"].dump(), schema)};
    }
    const auto work = text_of(root, "work");
    if (!root.contains("search") || !root["search"].is_object() ||
        checksum(root["search"].dump() + work) != text_of(root, "checksum")) {
        return BadInput{fmt::format("{} is damaged: its checksum is not that of its content", path_)};
    }
    const auto wanted = to_object(key_);
    if (root["search"] != wanted) {
        return BadInput{fmt::format("{} is {}", path_, difference(root["search"], wanted))};
    }
    auto list = WorkList::parse(work);
    if (!list) return BadInput{fmt::format("{} is damaged: {}", path_, list.error())};
    if (list->finished())
        return BadInput{fmt::format("{} is damaged: it has nothing left to explore", path_)};
    return std::optional<WorkList>(std::move(*list));
}

std::optional<std::string> Checkpoint::save(const WorkList& list) const {
    const auto work = list.to_text();
    const auto search = to_object(key_);
    const ordered_json root{
        {"schema", schema}, {"search", search}, {"checksum", checksum(search.dump() + work)}, {"work", work}};
    auto file = OutputFile::open(path_);
    if (!file) return file.error();
    return file->commit(root.dump(1) + "\n");
}

void Checkpoint::remove() const { static_cast<void>(std::remove(path_.c_str())); }

}  // namespace revenant::harness
