#include "harness/native/framework_cases.hpp"

#include <algorithm>
#include <iterator>
#include <sstream>
#include <string_view>

namespace revenant::harness {
namespace {

using model::native::Framework;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

std::string trimmed(const std::string& text) {
    const auto begin = text.find_first_not_of(" \t\r");
    return begin == text.npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

// Between a line of `=` and another one, names as they are. A name may be a pattern, so that the case goes by
// its number, which is that of the list: the same filters give the same list.
std::vector<FrameworkCase> cases_of_doctest(const std::string& listing) {
    std::vector<FrameworkCase> cases;
    bool is_list = false;
    for (const auto& line : lines_of(listing)) {
        if (line.starts_with("=====")) {
            is_list = !is_list;
        } else if (is_list) {
            const auto number = std::to_string(cases.size() + 1);
            cases.push_back({line, {"--first=" + number, "--last=" + number}});
        }
    }
    return cases;
}

std::string escaped_for_catch2(const std::string& name) {
    std::string escaped;
    for (const char c : name) {
        if (std::string_view("\\,[]\"*").find(c) != std::string_view::npos) escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::vector<FrameworkCase> cases_of_catch2(const std::string& listing) {
    std::vector<FrameworkCase> cases;
    for (const auto& line : lines_of(listing)) {
        auto name = trimmed(line);
        // Version 2 quotes what would be taken for a comment where it is read from a file.
        if (name.starts_with("\"#") && name.ends_with("\"")) name = name.substr(1, name.size() - 2);
        if (!name.empty()) cases.push_back({name, {escaped_for_catch2(name)}});
    }
    return cases;
}

// `Suite.`, then its cases, each behind two blanks; remarks stand behind a `#`.
std::vector<FrameworkCase> cases_of_google_test(const std::string& listing) {
    std::vector<FrameworkCase> cases;
    std::string suite;
    for (const auto& line : lines_of(listing)) {
        const auto name = trimmed(line.substr(0, line.find('#')));
        if (name.empty()) continue;
        if (!line.starts_with("  ")) {
            suite = name.ends_with('.') ? name : "";
        } else if (!suite.empty()) {
            const auto whole = suite + name;
            const bool is_disabled = whole.starts_with("DISABLED_") || name.starts_with("DISABLED_") ||
                                     whole.find("/DISABLED_") != whole.npos;
            if (!is_disabled) cases.push_back({whole, {"--gtest_filter=" + whole}});
        }
    }
    return cases;
}

}  // namespace

std::vector<std::string> words_that_list(Framework framework) {
    switch (framework) {
        case Framework::doctest: return {"--list-test-cases", "--no-version", "--no-colors"};
        case Framework::catch2_v2: return {"--list-test-names-only"};
        case Framework::catch2_v3: return {"--list-tests", "--verbosity", "quiet"};
        case Framework::google_test: return {"--gtest_list_tests"};
        case Framework::none: break;
    }
    return {};
}

std::vector<FrameworkCase> cases_in(Framework framework, const std::string& listing) {
    switch (framework) {
        case Framework::doctest: return cases_of_doctest(listing);
        case Framework::catch2_v2:
        case Framework::catch2_v3: return cases_of_catch2(listing);
        case Framework::google_test: return cases_of_google_test(listing);
        case Framework::none: break;
    }
    return {};
}

// doctest: `file:line: ERROR: CHECK( … ) is NOT correct!`, Catch2: `file:line: FAILED:`, GoogleTest:
// `file:line: Failure`; the lines behind it have the values, up to an empty one.
std::string failure_in(const std::string& printed) {
    constexpr std::string_view marks[] = {": ERROR: ", ": FATAL ERROR: ", ": FAILED:", ": Failure"};
    const auto lines = lines_of(printed);
    const auto first = std::find_if(lines.begin(), lines.end(), [&](const auto& line) {
        return std::any_of(std::begin(marks), std::end(marks),
                           [&](auto mark) { return line.find(mark) != line.npos; });
    });
    constexpr std::ptrdiff_t lines_max = 6;
    std::string failure;
    for (auto line = first; line != lines.end() && line - first < lines_max; ++line) {
        const auto words = trimmed(*line);
        if (words.empty() || words.starts_with("====")) break;
        failure += (failure.empty() ? "" : " ") + words;
    }
    return failure;
}

}  // namespace revenant::harness
