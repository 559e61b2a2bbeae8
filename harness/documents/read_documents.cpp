#include "harness/documents/read_documents.hpp"

#include <fstream>
#include <sstream>

#include "harness/documents/source_tree.hpp"

namespace revenant::harness {

std::map<std::string, Document> read_documents(const std::string& root) {
    std::map<std::string, Document> all;
    for (const auto& path : SourceTree::read(root).documents()) {
        std::ostringstream text;
        text << std::ifstream(root + "/" + path).rdbuf();
        all.emplace(path, parse_document(text.str()));
    }
    return all;
}

}  // namespace revenant::harness
