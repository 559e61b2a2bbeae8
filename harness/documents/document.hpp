// Document: what a test can hold against a page of Markdown: its commands and what they print, its links, the
// files that it names, its headings.
//
// The one way to show a command is a fence with the word `console`: lines after `$ ` are the command (a `\`
// at the end goes on in the next line), the lines beneath are what it prints, and a line `…` stands for any
// number of lines. A block that cannot be run has `<!-- not run: why -->` on the line before its fence.
#pragma once

#include <string>
#include <vector>

namespace revenant::harness {

struct ShownCommand {
    unsigned line = 0;  ///< in the document, from 1
    std::string words;  ///< for the shell; may have several lines
    std::vector<std::string> output;
};

struct CommandBlock {
    unsigned line = 0;
    std::string not_run;  ///< why not; empty: it is run
    std::vector<ShownCommand> commands;
};

/// A link's target, or the path of a file.
struct Reference {
    unsigned line = 0;
    std::string to;
};

struct Document {
    std::vector<CommandBlock> blocks;
    std::vector<Reference> links;  ///< of Markdown, those with a scheme (https:…) left out
    std::vector<Reference> paths;  ///< text in backticks that may be a path: no space in it, a dot or a slash
    std::vector<std::string> headings;  ///< as a link names them: `#add-a-writer`, without the `#`
    std::vector<std::string> faults;    ///< of form: a line each, with its number
};

[[nodiscard]] Document parse_document(const std::string& text);

}  // namespace revenant::harness
