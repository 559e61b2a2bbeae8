#include "reports/import/formats/written_steps.hpp"

#include <algorithm>
#include <vector>

#include "reports/import/formats/counter_line.hpp"
#include "reports/import/operations/frames.hpp"
#include "reports/import/text/letters.hpp"
#include "reports/import/text/lines.hpp"

namespace revenant::reports {
namespace {

using model::FindingKind;

constexpr std::size_t written_steps_max = 1000;

bool is_path(char c) { return is_name(c) || c == ':' || c == '~' || c == '.'; }

struct WrittenStep {
    std::string thread;
    std::string text;
};

// `CPU 0`, `CPU1`, `Thread A`, `T2`, `task 1` at the front of a text; its size, or 0.
std::size_t label_size(std::string_view text) {
    for (const std::string_view word :
         {"CPU", "cpu", "Thread", "thread", "THREAD", "Task", "task", "Process", "process", "T"}) {
        if (!text.starts_with(word)) continue;
        auto end = word.size();
        while (end < text.size() && (text[end] == ' ' || text[end] == '#') && end < word.size() + 2) ++end;
        if (word == "T" && end != 1) continue;
        const auto begin = end;
        while (end < text.size() && is_digit(text[end])) ++end;
        // One letter names a thread as well, behind a blank: `Thread A`.
        if (end == begin && word != "T" && end > word.size() && end < text.size() && is_letter(text[end]))
            ++end;
        const bool whole =
            end > begin && (end == text.size() || (!is_letter(text[end]) && !is_digit(text[end])));
        if (whole) return end;
    }
    return 0;
}

/// Two labels and nothing else but lines and blanks: the heads of two columns.
struct Columns {
    std::string first, second;
    std::size_t at = 0;  ///< where the second begins
};
std::optional<Columns> columns_of(std::string_view line) {
    const auto begin = line.find_first_not_of(" \t|-=+");
    if (begin == line.npos) return std::nullopt;
    const auto first = label_size(line.substr(begin));
    if (first == 0) return std::nullopt;
    const auto next = line.find_first_not_of(" \t|-=+", begin + first);
    if (next == line.npos || next < begin + first + 1) return std::nullopt;
    const auto second = label_size(line.substr(next));
    if (second == 0) return std::nullopt;
    if (line.find_first_not_of(" \t|-=+", next + second) != line.npos) return std::nullopt;
    return Columns{std::string(line.substr(begin, first)), std::string(line.substr(next, second)), next};
}

std::string with_blanks(std::string_view line) {
    std::string text;
    for (const char c : line) {
        if (c == '\t') {
            text.append(8 - text.size() % 8, ' ');
        } else {
            text += c;
        }
    }
    return text;
}

// The two halves of a line under the heads.
std::pair<std::string_view, std::string_view> halves(std::string_view line, const Columns& columns) {
    // A table may have a line on each side as well.
    if (trimmed(line).starts_with('|')) line = trimmed(line).substr(1);
    if (trimmed(line).ends_with('|')) line = line.substr(0, line.rfind('|'));
    const auto bar = line.find('|');
    if (bar != line.npos) return {trimmed(line.substr(0, bar)), trimmed(line.substr(bar + 1))};
    const auto begin = line.find_first_not_of(' ');
    if (begin == line.npos) return {};
    // People do not count blanks: what begins near the second head is under it.
    if (begin + 6 >= columns.at) return {{}, trimmed(line)};
    const auto gap = line.find("   ", begin);
    const auto second = gap == line.npos ? line.npos : line.find_first_not_of(' ', gap);
    if (second == line.npos || second + 6 < columns.at) return {trimmed(line), {}};
    return {trimmed(line.substr(0, gap)), trimmed(line.substr(second))};
}

// `1. T1: put()`, `T2: get()`, `(3) CPU 0: kfree(job)`.
std::optional<WrittenStep> numbered_step(std::string_view line) {
    auto text = trimmed(line);
    const auto number = text.find_first_not_of("0123456789.)(# ");
    if (number == text.npos) return std::nullopt;
    text.remove_prefix(number);
    const auto label = label_size(text);
    if (label == 0 || label >= text.size()) return std::nullopt;
    const auto rest = trimmed(text.substr(label));
    if (!rest.starts_with(':') && !rest.starts_with("- ") && !rest.starts_with('|')) return std::nullopt;
    return WrittenStep{std::string(text.substr(0, label)), std::string(trimmed(rest.substr(1)))};
}

std::vector<WrittenStep> steps_of(std::string_view text) {
    std::vector<WrittenStep> steps;
    std::optional<Columns> columns;
    const auto add = [&](std::string_view thread, std::string_view what) {
        const bool is_rule = what.find_first_not_of("-=+~_. ") == what.npos;
        if (!is_rule && steps.size() < written_steps_max)
            steps.push_back({std::string(thread), std::string(what)});
    };
    for (Lines lines(text); lines.next();) {
        const auto line = with_blanks(lines.line().substr(0, 400));
        if (auto found = columns_of(line)) {
            columns = std::move(found);
        } else if (const auto step = numbered_step(line)) {
            add(step->thread, step->text);
        } else if (columns) {
            const auto [first, second] = halves(line, *columns);
            if (!first.empty()) add(columns->first, first);
            if (!second.empty()) add(columns->second, second);
        }
    }
    return steps;
}

/// What a step says, as far as it is known.
struct Said {
    Deed deed;
    std::string call;
    bool frees = false;
    bool has_function = false;
};

Said said_by(const WrittenStep& step, const Vocabulary& vocabulary) {
    Said said;
    said.deed.thread = step.thread;
    said.deed.words = step.text;
    std::string_view text = step.text;
    for (std::size_t i = 0; i < text.size() && !said.deed.change; ++i) {
        const bool begins = is_digit(text[i]) && (i == 0 || !is_path(text[i - 1]));
        auto rest = text.substr(i);
        if (begins) said.deed.change = take_change(rest);
    }
    // The first function that is called, or the first word that is known.
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_letter(text[i]) && text[i] != '_') continue;
        auto end = i;
        while (end < text.size() && is_path(text[end])) ++end;
        const auto name = text.substr(i, end - i);
        const bool called = end < text.size() && text[end] == '(';
        const Frame frame{std::string(name), {}, 0};
        const auto call = called             ? vocabulary.call_of(name, {true, true})
                          : said.deed.change ? vocabulary.call_of_verb(name)
                                             : "";
        const bool frees = freeing({frame}) != Freeing::none || name == "delete";
        if (called) said.has_function = true;
        if (frees) said.frees = true;
        if (said.call.empty() && !call.empty()) said.call = call;
        if (called && said.deed.stack.empty()) said.deed.stack.push_back(frame);
        i = end;
    }
    if (said.call.empty() && said.deed.change)
        said.call = said.deed.change->after > said.deed.change->before ? "clone" : "release";
    return said;
}

BugReport report_of(FindingKind kind, const char* title, const char* rule, const Said& broke,
                    const Said& other) {
    BugReport report;
    report.origin = "an interleaving in words";
    report.of = Origin::steps;
    report.title = title;
    report.kinds = {kind};
    report.invariant = rule;
    for (const auto* const said : {&broke, &other}) {
        auto deed = said->deed;
        deed.call = said->call;
        deed.act = deed.change ? Act::count : said->frees ? Act::free : Act::read;
        report.deeds.push_back(std::move(deed));
    }
    return report;
}

std::optional<BugReport> judged(const std::vector<Said>& all) {
    const auto is_change = [](const Said& said, int before, int after) {
        return said.deed.change && said.deed.change->before == before && said.deed.change->after == after;
    };
    const Said* dropped = nullptr;
    const Said* freed = nullptr;
    const Said* last_drop = nullptr;
    for (const auto& said : all) {
        if (dropped != nullptr && is_change(said, 0, 1))
            return report_of(FindingKind::resurrection, "a count goes 0→1", "no strong count goes 0→1", said,
                             *dropped);
        if (dropped != nullptr && is_change(said, 0, -1))
            return report_of(FindingKind::counter_underflow, "a count is dropped below 0",
                             "no counter underflows", said, *dropped);
        const bool uses =
            said.has_function || said.deed.words.find("->") != std::string::npos || !said.call.empty();
        if (freed != nullptr && said.deed.thread != freed->deed.thread && uses && !said.frees) {
            auto freeing_one = *freed;
            // The one that frees does so on behalf of the last drop that its thread has made.
            if (last_drop != nullptr && last_drop->deed.thread == freed->deed.thread)
                freeing_one.call = last_drop->call;
            freeing_one.deed.change = std::nullopt;
            auto use = said;
            use.deed.change = std::nullopt;
            return report_of(FindingKind::use_after_free, "used after it is freed",
                             "nobody touches an object after it is destroyed", use, freeing_one);
        }
        if (is_change(said, 1, 0)) dropped = &said;
        if (said.call == "release") last_drop = &said;
        if (said.frees) freed = &said;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Found> parse_written_steps(std::string_view text, const Vocabulary& vocabulary) {
    const auto steps = steps_of(text);
    std::vector<Said> all;
    bool says_something = false;
    for (const auto& step : steps) {
        all.push_back(said_by(step, vocabulary));
        says_something = says_something || all.back().deed.change || all.back().has_function;
    }
    if (steps.size() < 2 || !says_something) return std::nullopt;
    if (auto report = judged(all)) {
        return Found{.report = std::move(report), .named = {}};
    }
    return Found{.report = {},
                 .named = "an interleaving in words, " + std::to_string(steps.size()) +
                          " steps read, and none in which a count goes 0→1, goes below 0, or memory is used "
                          "after it is freed"};
}

}  // namespace revenant::reports
