// read_documents: every Markdown file of a tree, taken apart.
#pragma once

#include <map>
#include <string>

#include "harness/documents/document.hpp"

namespace revenant::harness {

/// By path, relative to the root.
[[nodiscard]] std::map<std::string, Document> read_documents(const std::string& root);

}  // namespace revenant::harness
