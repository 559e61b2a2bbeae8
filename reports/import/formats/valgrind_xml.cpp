#include <pugixml.hpp>

#include <string>

#include "reports/import/formats/valgrind_report.hpp"

namespace revenant::reports {
namespace {

std::string_view child(const pugi::xml_node& node, const char* name) { return node.child_value(name); }

void append_stack(const pugi::xml_node& stack, std::string& to) {
    const char* word = "at";
    for (const auto& frame : stack.children("frame")) {
        const auto function = child(frame, "fn");
        const auto line = child(frame, "line");
        to += "==1==    " + std::string(word) + " " + std::string(child(frame, "ip")) + ": " +
              std::string(function.empty() ? "???" : function);
        const auto folder = child(frame, "dir");
        if (!line.empty()) {
            to += " (" + std::string(folder) + (folder.empty() ? "" : "/") +
                  std::string(child(frame, "file")) + ":" + std::string(line) + ")";
        }
        to += "\n";
        word = "by";
    }
}

}  // namespace

bool is_valgrind_xml(std::string_view text) {
    return text.substr(0, 4096).find("<valgrindoutput>") != text.npos;
}

std::string valgrind_text_of_xml(std::string_view text) {
    pugi::xml_document document;
    // What was cut off is read as far as it goes.
    static_cast<void>(document.load_buffer(text.data(), text.size()));
    std::string plain;
    for (const auto& error : document.child("valgrindoutput").children("error")) {
        const auto thread = child(error, "tid");
        if (!thread.empty()) plain += "==1== Thread " + std::string(thread) + ":\n";
        // What is said, and the stack below it, in the order in which they stand.
        for (const auto& part : error.children()) {
            const std::string_view name = part.name();
            if (name == "what" || name == "auxwhat")
                plain += "==1== " + std::string(part.child_value()) + "\n";
            if (name == "xwhat" || name == "xauxwhat")
                plain += "==1== " + std::string(child(part, "text")) + "\n";
            if (name == "stack") append_stack(part, plain);
        }
    }
    return plain;
}

}  // namespace revenant::reports
