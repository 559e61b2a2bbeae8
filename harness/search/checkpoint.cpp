#include "harness/search/checkpoint.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "harness/files/build_id.hpp"
#include "harness/files/input_file.hpp"
#include "harness/files/output_file.hpp"
#include "model/checksum.hpp"
#include "reports/json_depth.hpp"
#include "reports/printable.hpp"

namespace revenant::harness {
namespace {

using model::BadInput;
using model::checksum;
using model::search::WorkList;
using nlohmann::ordered_json;

constexpr const char* schema = "revenant.checkpoint/1";

ordered_json to_object(const SearchKey& key) {
    return {{"scenario", key.scenario}, {"implementation", key.implementation},
            {"threads", key.threads},   {"symmetry", key.symmetry},
            {"shard", key.shard},       {"newest_only", key.newest_only},
            {"rounds", key.rounds_max}, {"build", build_id()}};
}

std::string text_of(const ordered_json& object, const char* name) {
    return object.contains(name) && object[name].is_string() ? object[name].get<std::string>()
                                                             : std::string("?");
}

// A value that stands where another is expected, for a line.
std::string in_short(const ordered_json& value) {
    return reports::printable(value.dump(-1, ' ', false, ordered_json::error_handler_t::replace), 100);
}

// In what a checkpoint differs from the search that wants to go on with it.
std::string difference(const ordered_json& saved, const ordered_json& wanted) {
    for (const auto& [name, value] : wanted.items()) {
        if (name == "build" || (saved.contains(name) && saved[name] == value)) continue;
        return fmt::format("of another search: {} {}, {} {}",
                           reports::printable(text_of(saved, "scenario"), 100),
                           reports::printable(text_of(saved, "implementation"), 100), name,
                           saved.contains(name) ? in_short(saved[name]) : "?");
    }
    return "of another build of revenant, whose code may differ";
}

}  // namespace

std::optional<std::string> Checkpoint::claim() {
    std::error_code error;
    const auto status = std::filesystem::status(path_, error);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
        return fmt::format("{} is not a file that a search can be saved to", path_);
    }
    if (const auto file = OutputFile::open(path_); !file) return file.error();
    auto lock = LockFile::take(path_);
    if (!lock) return lock.error();
    lock_ = std::move(*lock);
    return std::nullopt;
}

std::string checkpoint_text(const SearchKey& key, const std::string& work) {
    const auto search = to_object(key);
    const ordered_json root{
        {"schema", schema}, {"search", search}, {"checksum", checksum(search.dump() + work)}, {"work", work}};
    return root.dump(1) + "\n";
}

model::Result<WorkList> parse_checkpoint(const std::string& text, const SearchKey& key) {
    if (reports::is_nested_too_deep(text)) return BadInput{"not a checkpoint: it is nested too deep"};
    const auto root = ordered_json::parse(text, nullptr, false);
    if (!root.is_object() || !root.contains("schema")) return BadInput{"not a checkpoint, or is cut short"};
    if (root["schema"] != schema) {
        return BadInput{fmt::format("of version {}; this build reads {}", in_short(root["schema"]), schema)};
    }
    const auto work = text_of(root, "work");
    if (!root.contains("search") || !root["search"].is_object() ||
        checksum(root["search"].dump() + work) != text_of(root, "checksum")) {
        return BadInput{"damaged: its checksum is not that of its content"};
    }
    const auto wanted = to_object(key);
    if (root["search"] != wanted) return BadInput{difference(root["search"], wanted)};
    auto list = WorkList::parse(work);
    if (!list) return BadInput{"damaged: " + list.error()};
    if (list->finished()) return BadInput{"damaged: it has nothing left to explore"};
    return list;
}

model::Result<std::optional<WorkList>> Checkpoint::load() const {
    std::error_code error;
    if (!std::filesystem::exists(path_, error)) return std::optional<WorkList>{};
    const auto text = read_file(path_);
    if (!text) return BadInput{text.error()};
    auto list = parse_checkpoint(*text, key_);
    if (!list) return BadInput{fmt::format("{} is {}", path_, list.error())};
    return std::optional<WorkList>(std::move(*list));
}

std::optional<std::string> Checkpoint::save(const WorkList& list) const {
    auto file = OutputFile::open(path_);
    if (!file) return file.error();
    return file->commit(checkpoint_text(key_, list.to_text()));
}

void Checkpoint::remove() const { static_cast<void>(std::remove(path_.c_str())); }

}  // namespace revenant::harness
