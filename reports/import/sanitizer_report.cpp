#include "reports/import/sanitizer_report.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "reports/import/lines.hpp"
#include "reports/import/vocabulary.hpp"

namespace revenant::reports {
namespace {

using model::FindingKind;

constexpr std::size_t frames_max = 256;  // of a stack; the sanitizers' own limit

/// What a sanitizer calls it, what the searches may call it, and the rule.
struct Title {
    std::string_view text;
    std::vector<FindingKind> kinds;
    std::string_view invariant;
};
const std::vector<Title>& titles() {
    static const std::vector<Title> all{
        {"heap-use-after-free",
         {FindingKind::use_after_free},
         "nobody touches an object after it is destroyed"},
        {"attempting double-free",
         {FindingKind::double_free, FindingKind::double_destroy},
         "memory is freed once"},
        {"data race",
         {FindingKind::data_race, FindingKind::use_after_free},
         "two accesses to plain data, one a write, are ordered"},
        {"detected memory leaks", {FindingKind::leak}, "at quiescence nothing leaks"},
    };
    return all;
}

std::string_view digits_before(std::string_view text, std::size_t end) {
    auto begin = end;
    while (begin > 0 && text[begin - 1] >= '0' && text[begin - 1] <= '9') --begin;
    return text.substr(begin, end - begin);
}

// Takes `:LINE` or `:LINE:COLUMN` off the end of a place.
bool take_place(std::string_view place, Frame& frame) {
    for (int i = 0; i < 2; ++i) {
        const auto digits = digits_before(place, place.size());
        const auto colon = place.size() - digits.size();
        if (digits.empty() || colon == 0 || place[colon - 1] != ':') break;
        unsigned line = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), line);
        frame.line = line;  // the last one taken is the line: a column comes behind it
        place = place.substr(0, colon - 1);
    }
    if (frame.line == 0 || place.empty()) return false;
    frame.file = place;
    return true;
}

// `    #3 0x55d0 in FUNCTION FILE:LINE:COLUMN`, or without the address; behind it `(module+0x…)`, `(BuildId:
// …)`.
std::optional<Frame> frame_of(std::string_view line) {
    auto text = trimmed(line);
    if (!text.starts_with('#')) return std::nullopt;
    const auto number = text.find_first_not_of("0123456789", 1);
    if (number == 1 || number == text.npos || text[number] != ' ') return std::nullopt;
    text = trimmed(text.substr(number));
    if (text.starts_with("0x")) {
        text = trimmed(text.substr(std::min(text.find(' '), text.size())));
        if (text.starts_with("in ")) text.remove_prefix(3);
    }
    while (text.ends_with(')')) {
        const auto open = text.rfind(" (");
        const auto behind = open == text.npos ? std::string_view() : text.substr(open + 2);
        if (!behind.starts_with("BuildId") && behind.find("+0x") == behind.npos) break;
        text = trimmed(text.substr(0, open));
    }
    if (text.starts_with('(') && text.find("+0x") != text.npos) text = {};  // the module, and no name
    Frame frame;
    const auto space = text.rfind(' ');
    const auto last = space == text.npos ? text : text.substr(space + 1);
    if (take_place(last, frame)) {
        text = space == text.npos ? std::string_view() : trimmed(text.substr(0, space));
    } else if (last == "<null>" && space != text.npos) {
        text = trimmed(text.substr(0, space));
    }
    if (text != "<null>") frame.function = text;
    return frame;
}

// `… by thread T2 (mutexes: …):`, `… thread T0`, `… by main thread:`.
std::string thread_in(std::string_view line) {
    if (line.find("main thread") != line.npos) return "main thread";
    const auto at = line.find("thread T");
    if (at == line.npos) return {};
    const auto name = line.substr(at + 7);
    const auto end = name.find_first_not_of("0123456789", 1);
    if (end == 1) return {};
    return std::string(name.substr(0, end));
}

/// A heading of a stack: whose deed it is, and which of the report's two it can be.
struct Heading {
    enum class Of : std::uint8_t { none, first, second } of = Of::none;
    std::string words;
};
Heading heading_of(std::string_view line) {
    using Of = Heading::Of;
    const auto text = trimmed(line);
    const auto size = between(text, "of size ", " ");
    const auto bytes = size.empty() ? std::string() : " of " + std::string(size) + " bytes";
    const auto access = [&](std::string_view word) { return std::string(word) + bytes; };
    if (text.starts_with("READ of size ")) return {Of::first, access("read")};
    if (text.starts_with("WRITE of size ")) return {Of::first, access("write")};
    if (text.starts_with("freed by thread")) return {Of::second, "free"};
    constexpr auto accesses = std::to_array<std::pair<std::string_view, std::string_view>>(
        {{"read of size", "read"},
         {"write of size", "write"},
         {"atomic read of size", "atomic read"},
         {"atomic write of size", "atomic write"}});
    for (const auto& [heading, words] : accesses) {
        // TSan begins the first with a capital, the second with `Previous`.
        if (text.starts_with("Previous ") && text.substr(9).starts_with(heading))
            return {Of::second, access(words)};
        if (text.size() > 1 && text.substr(1).starts_with(heading.substr(1)) &&
            text.front() == heading.front() - 'a' + 'A') {
            return {Of::first, access(words)};
        }
    }
    const bool leaks = text.starts_with("Direct leak of") || text.starts_with("Indirect leak of");
    if (leaks) return {Of::first, "allocation of what leaks"};
    return {};
}

// `operator delete`, `free`: the deed is the end of a life, whatever the sanitizer calls the access.
bool frees(const std::vector<Frame>& stack) {
    if (stack.empty()) return false;
    const auto name = bare_name(stack.front().function);
    return name == "free" || stack.front().function.starts_with("operator delete") || name.ends_with("_free");
}

class Parser {
public:
    explicit Parser(std::string_view text) : lines_(text) {}

    std::optional<BugReport> parse() {
        bool begun = false;
        while (!begun && lines_.next()) begun = begins(lines_.line());
        if (!begun) return std::nullopt;
        const bool double_free = report_.title == "attempting double-free";
        if (double_free) deed_ = &add(Heading::Of::first, "second free", lines_.line());
        while (lines_.next()) {
            if (ends(lines_.line())) {
                count(lines_.line());
                break;
            }
            take(lines_.line());
        }
        count_the_rest();
        finish();
        return std::move(report_);
    }

private:
    bool begins(std::string_view line) {
        if (line.find("Sanitizer: ") == line.npos) return false;  // what most lines of a long log are
        for (const auto& title : titles()) {
            for (const std::string_view origin : {"AddressSanitizer", "LeakSanitizer", "ThreadSanitizer"}) {
                const auto heading = std::string(origin) + ": " + std::string(title.text);
                const bool reports = line.find("ERROR: " + heading) != line.npos ||
                                     line.find("WARNING: " + heading) != line.npos;
                if (!reports) continue;
                report_.origin = origin;
                report_.title = title.text;
                report_.kinds = title.kinds;
                report_.invariant = title.invariant;
                return true;
            }
        }
        return false;
    }
    static bool ends(std::string_view line) {
        return line.find("SUMMARY: ") != line.npos || line.find("Sanitizer: ") != line.npos;
    }

    void take(std::string_view line) {
        if (const auto frame = frame_of(line)) {
            // A stack counts from 0: one that begins anew has lost its heading, and is nobody's.
            const bool begins_anew = trimmed(line).starts_with("#0 ");
            if (begins_anew && deed_ != nullptr && !deed_->stack.empty()) deed_ = &ignored_;
            if (deed_ != nullptr && deed_->stack.size() < frames_max) deed_->stack.push_back(*frame);
            return;
        }
        const auto heading = heading_of(line);
        if (heading.of != Heading::Of::none) {
            deed_ = &add(heading.of, heading.words, line);
        } else if (trimmed(line).empty() || line.find(" by ") != line.npos ||
                   line.find("allocated") != line.npos || line.find("created") != line.npos) {
            deed_ = &ignored_;  // a stack of something else: where it was made, who started the thread
        }
    }

    Deed& add(Heading::Of of, const std::string& words, std::string_view line) {
        Deed& deed = of == Heading::Of::first ? first_ : second_;
        if (!deed.words.empty()) return ignored_;  // a second leak, say
        deed.words = words;
        deed.thread = thread_in(line);
        return deed;
    }

    // Whether another report begins in the line.
    void count(std::string_view line) {
        const auto has = [&](std::string_view word) { return line.find(word) != line.npos; };
        if (!has("Sanitizer")) return;
        more_ += has("ERROR: ") ? 1 : 0;
        more_ += has("WARNING: ThreadSanitizer") ? 1 : 0;
    }
    void count_the_rest() {
        while (lines_.next()) count(lines_.line());
        if (more_ > 0)
            report_.remarks.push_back("the first report was taken; " + std::to_string(more_) +
                                      " more in the file left alone");
    }

    void finish() {
        if (first_.words.empty()) return;  // a free alone does not tell who came upon it
        for (auto* const deed : {&first_, &second_}) {
            if (deed->words.empty()) continue;
            if (frees(deed->stack) && deed->words != "second free") deed->words = "free";
            deed->call = outermost_call(deed->stack);
            const auto has_name = [](const Frame& frame) { return !frame.function.empty(); };
            if (!std::ranges::any_of(deed->stack, has_name)) {
                deed->any_call = true;
                report_.remarks.push_back("the stack of the " + deed->words +
                                          " is missing or has no names: any operation will do");
            } else if (deed->call.empty() && frees(deed->stack)) {
                deed->any_call = true;
                report_.remarks.push_back("no known operation in the stack of the free: any will do");
            } else if (deed->call.empty() && report_.kinds.front() != FindingKind::leak) {
                const auto name = bare_name(deed->stack.front().function);
                report_.remarks.push_back("no known operation in the stack of the " + deed->words +
                                          " (innermost: " + (name.empty() ? "no name" : name) +
                                          "): taken for a use by a holder");
            }
            report_.deeds.push_back(*deed);
        }
    }

    Lines lines_;
    unsigned more_ = 0;  ///< reports behind the first
    BugReport report_;
    Deed first_, second_, ignored_;
    Deed* deed_ = nullptr;  ///< whose frames come now
};

}  // namespace

std::optional<BugReport> parse_sanitizer_report(std::string_view text) { return Parser(text).parse(); }

}  // namespace revenant::reports
