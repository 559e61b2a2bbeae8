#include "harness/documents/document.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>
#include <sstream>
#include <string_view>

namespace revenant::harness {
namespace {

constexpr std::string_view prompt = "$ ";

// What a fence without commands may hold: a drawing, or code of these languages.
constexpr std::array<std::string_view, 3> without_commands{"text", "cpp", "cmake"};

class Parser {
public:
    Document parse(const std::string& text) {
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) {
            ++number_;
            take(line);
        }
        if (in_fence_) fault("the last fence has no end");
        end_of_note(false);
        return std::move(document_);
    }

private:
    void take(const std::string& line) {
        if (line.starts_with("```")) return take_fence(line.substr(3));
        if (in_fence_) return take_inside(line);
        const bool blank = line.find_first_not_of(' ') == line.npos;
        if (after_blank_ && !blank && line.starts_with("    ")) {
            fault("an indented code block: commands stand in a fence with the word console");
        }
        after_blank_ = blank;
        end_of_note(false);
        static const std::regex note("<!-- not run: (.*[^ ]) -->");
        std::smatch found;
        if (std::regex_match(line, found, note)) {
            why_not_ = found[1];
            note_line_ = number_;
        } else {
            take_prose(line);
        }
    }

    void take_fence(const std::string& word) {
        in_fence_ = !in_fence_;
        after_blank_ = false;
        if (!in_fence_) {
            if (in_commands_ && document_.blocks.back().commands.empty())
                fault("a console block without a command");
            in_commands_ = false;
            return;
        }
        in_commands_ = word == "console";
        if (in_commands_) {
            document_.blocks.push_back({number_, why_not_, {}});
        } else if (std::ranges::find(without_commands, word) == without_commands.end()) {
            fault("a fence with the word '" + word + "'; it may be console, text, cpp or cmake");
        }
        end_of_note(in_commands_);
    }

    void take_inside(const std::string& line) {
        if (!in_commands_) {
            if (line.starts_with(prompt)) fault("a command in a fence that is not a console block");
            return;
        }
        auto& commands = document_.blocks.back().commands;
        if (goes_on_) {
            commands.back().words += "\n" + line;
        } else if (line.starts_with(prompt)) {
            commands.push_back({number_, line.substr(prompt.size()), {}});
        } else if (commands.empty()) {
            return fault("a console block begins with a command: $ …");
        } else {
            return commands.back().output.push_back(line);
        }
        goes_on_ = line.ends_with('\\');
    }

    void take_prose(const std::string& line) {
        if (line.starts_with('#')) document_.headings.push_back(anchor_of(line));
        static const std::regex code("`([^`]*)`");
        static const std::regex path(R"([A-Za-z0-9_.*+{},/-]*[./][A-Za-z0-9_.*+{},/-]*)");
        for (std::sregex_iterator it(line.begin(), line.end(), code), end; it != end; ++it) {
            const std::string words = (*it)[1];
            if (std::regex_match(words, path)) document_.paths.push_back({number_, words});
        }
        const auto prose = std::regex_replace(line, code, "");
        static const std::regex link(R"(\]\(([^) ]+)\))");
        for (std::sregex_iterator it(prose.begin(), prose.end(), link), end; it != end; ++it) {
            const std::string target = (*it)[1];
            if (target.find(':') == target.npos) document_.links.push_back({number_, target});
        }
    }

    // As GitHub makes it: small letters, hyphens for spaces, no other marks.
    static std::string anchor_of(const std::string& heading) {
        std::string anchor;
        const auto begin = heading.find_first_not_of("# ");
        for (const char c : begin == heading.npos ? std::string() : heading.substr(begin)) {
            const auto byte = static_cast<unsigned char>(c);
            if (c == ' ') anchor += '-';
            if (std::isalnum(byte) != 0 || c == '-' || c == '_' || byte >= 0x80) {
                anchor += static_cast<char>(std::tolower(byte));
            }
        }
        return anchor;
    }

    void end_of_note(bool used) {
        if (!why_not_.empty() && !used) {
            document_.faults.push_back(std::to_string(note_line_) + ": 'not run' before no console block");
        }
        why_not_.clear();
    }

    void fault(const std::string& what) { document_.faults.push_back(std::to_string(number_) + ": " + what); }

    Document document_;
    unsigned number_ = 0;
    bool in_fence_ = false;
    bool in_commands_ = false;
    bool goes_on_ = false;
    bool after_blank_ = true;
    std::string why_not_;
    unsigned note_line_ = 0;
};

}  // namespace

Document parse_document(const std::string& text) { return Parser().parse(text); }

}  // namespace revenant::harness
