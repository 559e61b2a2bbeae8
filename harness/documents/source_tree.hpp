// SourceTree: which files and folders there are, to hold against what a document names.
#pragma once

#include <string>
#include <vector>

namespace revenant::harness {

class SourceTree {
public:
    /// `paths`: files and folders, relative to the root, without a `/` at the end.
    explicit SourceTree(std::vector<std::string> paths) : paths_(std::move(paths)) {}
    /// All below a folder but what is built (`build`), fetched (`node_modules`) or hidden by git's folder.
    static SourceTree read(const std::string& root);

    /// The Markdown files.
    [[nodiscard]] std::vector<std::string> documents() const;

    /// Whether a text of a document in `folder` is meant as a path of this tree: it begins with a folder of
    /// the root's, or it ends in `/` or as a source file does. What is made in `build/` is not.
    [[nodiscard]] bool is_path(const std::string& text) const;

    /// Whether it is there: from the root, from the document's folder, or somewhere below that (the last
    /// parts of a path will do). `{a,b}` is both, `*` anything, as is a word in capitals such as NAME or ID.
    [[nodiscard]] bool has(const std::string& path, const std::string& folder) const;

private:
    [[nodiscard]] bool has_match(const std::string& pattern, const std::string& folder) const;

    std::vector<std::string> paths_;
};

/// The folder of a path, empty in the root.
[[nodiscard]] std::string folder_of(const std::string& path);

}  // namespace revenant::harness
