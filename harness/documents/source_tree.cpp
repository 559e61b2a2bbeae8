#include "harness/documents/source_tree.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <regex>
#include <set>
#include <string_view>

namespace revenant::harness {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 12> source_endings{".hpp", ".cpp", ".md", ".txt",   ".json", ".js",
                                                          ".mjs", ".css", ".sh", ".cmake", ".case", ".png"};

std::string joined(const std::string& folder, const std::string& path) {
    return folder.empty() ? path : folder + "/" + path;
}

// `a.{x,y}` is `a.x` and `a.y`.
std::vector<std::string> alternatives(const std::string& path) {
    const auto open = path.find('{');
    const auto close = path.find('}', open);
    if (open == path.npos || close == path.npos) return {path};
    std::vector<std::string> all;
    for (auto from = open + 1; from <= close;) {
        const auto to = std::min(path.find(',', from), close);
        for (auto& rest : alternatives(path.substr(close + 1))) {
            all.push_back(path.substr(0, open) + path.substr(from, to - from) + rest);
        }
        from = to + 1;
    }
    return all;
}

}  // namespace

SourceTree SourceTree::read(const std::string& root) {
    const std::set<std::string> left_out{"build", "node_modules", ".git"};
    std::vector<std::string> paths;
    for (fs::recursive_directory_iterator it(root), end; it != end; ++it) {
        const auto& path = it->path();
        if (left_out.count(path.filename().string()) != 0) {
            it.disable_recursion_pending();
            continue;
        }
        paths.push_back(path.lexically_relative(root).generic_string());
    }
    std::ranges::sort(paths);
    return SourceTree(std::move(paths));
}

std::vector<std::string> SourceTree::documents() const {
    std::vector<std::string> found;
    std::ranges::copy_if(paths_, std::back_inserter(found),
                         [](const auto& path) { return path.ends_with(".md"); });
    return found;
}

bool SourceTree::is_path(const std::string& text) const {
    const auto slash = text.find('/');
    if (text.starts_with('/') || text.starts_with("build/")) return false;
    if (slash != text.npos) {
        const auto first = text.substr(0, slash);
        if (text.ends_with('/') || std::ranges::binary_search(paths_, first)) return true;
    }
    const auto name = slash == text.npos ? text : text.substr(text.rfind('/') + 1);
    return std::ranges::any_of(
               source_endings,
               [&](std::string_view ending) { return name.ends_with(ending) && name != ending; }) ||
           name.ends_with(",cpp}");
}

bool SourceTree::has(const std::string& path, const std::string& folder) const {
    const auto whole = path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
    static const std::regex placeholder("[A-Z]{2,}");
    return std::ranges::all_of(alternatives(whole), [&](const std::string& one) {
        return has_match(one, folder) || has_match(std::regex_replace(one, placeholder, "*"), folder);
    });
}

bool SourceTree::has_match(const std::string& pattern, const std::string& folder) const {
    return std::ranges::any_of(paths_, [&](const std::string& path) {
        for (const auto& whole : {pattern, joined(folder, pattern), joined(folder, "*/" + pattern)}) {
            if (fnmatch(whole.c_str(), path.c_str(), 0) == 0) return true;
        }
        return false;
    });
}

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == path.npos ? "" : path.substr(0, slash);
}

}  // namespace revenant::harness
