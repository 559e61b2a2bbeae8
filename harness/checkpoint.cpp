#include "harness/checkpoint.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "harness/output_file.hpp"

namespace revenant::harness {
namespace {

using model::BadInput;
using model::search::WorkList;
using nlohmann::ordered_json;

constexpr const char* schema = "revenant.checkpoint/1";

// FNV-1a, 64 bits: tells a damaged file, not a forged one.
std::string checksum(const std::string& text) {
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return fmt::format("{:016x}", hash);
}

ordered_json to_object(const SearchKey& key) {
    return {{"scenario", key.scenario},
            {"implementation", key.implementation},
            {"threads", key.threads},
            {"symmetry", key.symmetry},
            {"shard", key.shard}};
}

std::string describe(const ordered_json& key) {
    const std::string shard = key.value("shard", "");
    return fmt::format("{} {}, {} threads{}{}", key.value("scenario", "?"), key.value("implementation", "?"),
                       key.value("threads", 0u), key.value("symmetry", true) ? "" : ", no symmetry",
                       shard.empty() ? "" : ", shard " + shard);
}

}  // namespace

model::Result<std::optional<WorkList>> Checkpoint::load() const {
    std::ifstream file(path_, std::ios::binary);
    if (!file) {
        if (errno == ENOENT) return std::optional<WorkList>{};
        return BadInput{fmt::format("cannot read {}: {}", path_, std::strerror(errno))};
    }
    std::ostringstream content;
    content << file.rdbuf();
    const auto root = ordered_json::parse(content.str(), nullptr, false);
    if (!root.is_object() || !root.contains("schema")) {
        return BadInput{fmt::format("{} is not a checkpoint, or is cut short", path_)};
    }
    if (root["schema"] != schema) {
        return BadInput{
            fmt::format("{} is of version {}; this build reads {}", path_, root["schema"].dump(), schema)};
    }
    const auto text = [&](const char* name) {
        return root.contains(name) && root[name].is_string() ? root[name].get<std::string>() : std::string();
    };
    const auto work = text("work");
    if (!root.contains("search") || !root["search"].is_object() || checksum(work) != text("checksum")) {
        return BadInput{fmt::format("{} is damaged: its checksum is not that of its content", path_)};
    }
    if (root["search"] != to_object(key_)) {
        return BadInput{fmt::format("{} is of another search: {}", path_, describe(root["search"]))};
    }
    auto list = WorkList::parse(work);
    if (!list) return BadInput{fmt::format("{} is damaged: {}", path_, list.error())};
    return std::optional<WorkList>(std::move(*list));
}

std::optional<std::string> Checkpoint::save(const WorkList& list) const {
    const auto work = list.to_text();
    const ordered_json root{
        {"schema", schema}, {"search", to_object(key_)}, {"checksum", checksum(work)}, {"work", work}};
    auto file = OutputFile::open(path_);
    if (!file) return file.error();
    return file->commit(root.dump(1) + "\n");
}

void Checkpoint::remove() const { static_cast<void>(std::remove(path_.c_str())); }

}  // namespace revenant::harness
