#include "model/schedule.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "model/program.hpp"

namespace revenant::model {
namespace {

constexpr std::string_view version = "rv1";
constexpr int hex = 16;
constexpr const char* form = "rv1:SCENARIO:IMPLEMENTATION:THREADS:MODE:CHOICES";
constexpr std::ptrdiff_t separators = std::ranges::count(std::string_view(form), ':');
constexpr unsigned threads_max = 128;  // of the world that has room for the most
constexpr unsigned value_max = 9;
constexpr std::size_t choices_max = 1'000'000;  // far above any execution; keeps `*n` from filling memory

constexpr char letter(ChoiceKind kind) {
    switch (kind) {
        case ChoiceKind::thread: return '\0';
        case ChoiceKind::stale_read: return 'r';
        case ChoiceKind::spurious_failure: return 's';
        case ChoiceKind::wake: return 'w';
        case ChoiceKind::value: return 'n';
    }
    return '?';
}

std::optional<ChoiceKind> kind_of(char c) {
    for (const auto kind :
         {ChoiceKind::stale_read, ChoiceKind::spurious_failure, ChoiceKind::wake, ChoiceKind::value}) {
        if (letter(kind) == c) return kind;
    }
    return std::nullopt;
}

std::optional<unsigned> number(std::string_view text, unsigned max) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value > max) return std::nullopt;
    return value;
}

// Takes the text up to the separator off the front.
std::string_view next_field(std::string_view& text, char separator) {
    const auto field = text.substr(0, text.find(separator));
    text.remove_prefix(std::min(field.size() + 1, text.size()));
    return field;
}

// `0*3`: three times the choice 0. Appends, or says what is wrong.
std::optional<std::string> parse_run(std::string_view run, std::vector<Choice>& choices) {
    const std::string shown(run.substr(0, 20));
    const auto bad = [&] {
        return "schedule: choice " + std::to_string(choices.size() + 1) + " is '" + shown +
               "'; it should look like 0, 1*4 or r1";
    };
    unsigned repeats = 1;
    if (const auto star = run.find('*'); star != run.npos) {
        const auto n = number(run.substr(star + 1), choices_max);
        if (!n || *n == 0) return bad();
        repeats = *n;
        run = run.substr(0, star);
    }
    Choice choice;
    if (!run.empty()) {
        if (const auto kind = kind_of(run.front())) {
            choice.kind = *kind;
            run.remove_prefix(1);
        }
    }
    const bool is_of_threads = choice.kind == ChoiceKind::thread || choice.kind == ChoiceKind::wake;
    const auto value = number(run, is_of_threads ? threads_max - 1 : value_max);
    if (!value) return bad();
    choice.value = static_cast<std::uint8_t>(*value);
    if (choices.size() + repeats > choices_max) {
        return "schedule: more than " + std::to_string(choices_max) + " choices";
    }
    choices.insert(choices.end(), repeats, choice);
    return std::nullopt;
}

std::string mode_text(const Schedule& schedule) {
    std::string mode;
    if (schedule.additions_in_order) mode += 'a';
    if (schedule.deep_history) mode += 'd';
    if (schedule.leaks_pass) mode += 'l';
    if (schedule.mismatched_frees_pass) mode += 'm';
    if (schedule.revivals_pass) mode += 'r';
    if (schedule.unordered_destroys_pass) mode += 'u';
    if (schedule.visible_points) mode += 'v';
    if (schedule.rounds_max != 0) mode += 'b' + std::to_string(schedule.rounds_max);
    for (std::size_t i = 0; i < schedule.plain_points.size(); ++i) {
        std::array<char, 2 * sizeof(std::uint64_t)> digits{};
        const auto end =
            std::to_chars(digits.data(), digits.data() + digits.size(), schedule.plain_points[i], hex).ptr;
        mode += i == 0 ? 'p' : '.';
        mode.append(digits.data(), end);
    }
    return mode.empty() ? "-" : mode;
}

// What it cannot read it leaves out: the text that is written of it differs then.
std::vector<std::uint64_t> parse_points(std::string_view text) {
    std::vector<std::uint64_t> points;
    while (!text.empty()) {
        const auto field = next_field(text, '.');
        std::uint64_t point = 0;
        const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), point, hex);
        const bool is_next = points.empty() || points.back() < point;
        if (error == std::errc{} && end == field.data() + field.size() && is_next) points.push_back(point);
    }
    return points;
}

// Only what mode_text writes: no letter twice, in one order.
bool parse_mode(std::string_view whole, Schedule& schedule) {
    const auto mode = whole.substr(0, whole.find('p'));
    if (mode.size() != whole.size()) schedule.plain_points = parse_points(whole.substr(mode.size() + 1));
    if (const auto b = mode.find('b'); b != mode.npos) {
        schedule.rounds_max = number(mode.substr(b + 1), rounds_limit).value_or(0);
    }
    schedule.additions_in_order = mode.find('a') != mode.npos;
    schedule.deep_history = mode.find('d') != mode.npos;
    schedule.leaks_pass = mode.find('l') != mode.npos;
    schedule.mismatched_frees_pass = mode.find('m') != mode.npos;
    schedule.revivals_pass = mode.find('r') != mode.npos;
    schedule.unordered_destroys_pass = mode.find('u') != mode.npos;
    schedule.visible_points = mode.find('v') != mode.npos;
    return whole == mode_text(schedule);
}

}  // namespace

std::string to_text(const Schedule& schedule) {
    std::string text = std::string(version) + ":" + schedule.scenario + ":" + schedule.implementation + ":" +
                       std::to_string(schedule.threads) + ":" + mode_text(schedule) + ":";
    const auto& choices = schedule.choices;
    for (std::size_t i = 0; i < choices.size();) {
        std::size_t same = i + 1;
        while (same < choices.size() && choices[same] == choices[i]) ++same;
        if (i != 0) text += ',';
        if (const char c = letter(choices[i].kind)) text += c;
        text += std::to_string(choices[i].value);
        if (same - i > 1) text += "*" + std::to_string(same - i);
        i = same;
    }
    return text;
}

Result<Schedule> parse_schedule(std::string_view text) {
    // Pasted text comes with line breaks, and an error that shows a part of it must stay one line.
    const auto odd = std::ranges::find_if_not(text, [](char c) { return c > ' ' && c <= '~'; });
    if (odd != text.end()) {
        return BadInput{"schedule: character " + std::to_string(odd - text.begin() + 1) +
                        " is a space or cannot be printed; a schedule is one word, " + form};
    }
    const bool complete = std::ranges::count(text, ':') >= separators;
    const auto first = next_field(text, ':');
    if (first != version) {
        return BadInput{"schedule: version '" + std::string(first.substr(0, 20)) +
                        "' is unknown; this build reads " + form};
    }
    Schedule schedule;
    schedule.scenario = next_field(text, ':');
    schedule.implementation = next_field(text, ':');
    const auto threads = next_field(text, ':');
    if (!complete || schedule.scenario.empty() || schedule.implementation.empty()) {
        return BadInput{std::string("schedule: a field is missing; it is ") + form};
    }
    const auto count = number(threads, threads_max);
    if (!count) {
        return BadInput{"schedule: the thread count is '" + std::string(threads.substr(0, 20)) +
                        "'; it should be a whole number"};
    }
    schedule.threads = *count;
    const auto mode = next_field(text, ':');
    if (!parse_mode(mode, schedule)) {
        return BadInput{"schedule: the mode is '" + std::string(mode.substr(0, 20)) +
                        "'; it should be - or some of d, l, m, r, u, v and b2, in that order"};
    }
    for (bool more = !text.empty(); more;) {
        more = text.find(',') != text.npos;  // a comma at the end has lost the choice behind it
        if (auto error = parse_run(next_field(text, ','), schedule.choices)) {
            return BadInput{*error};
        }
    }
    return schedule;
}

}  // namespace revenant::model
