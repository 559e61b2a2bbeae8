#include "reports/case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "model/checksum.hpp"
#include "reports/printable.hpp"

namespace revenant::reports {
namespace {

using model::BadInput;

constexpr std::string_view case_version = "revenant.case/1";
constexpr std::size_t steps_max = 100'000;
constexpr std::string_view step_key = "step: ";
constexpr std::size_t from_max = 20;
constexpr std::size_t quoted_max = 200;  // characters of a line that an error quotes

// The values of all cells at the end of a trace.
std::string digest_of(const model::Trace& trace) {
    std::map<std::string, std::string> last;
    for (const auto& step : trace.steps) {
        if (step.unfinished) continue;
        last[trace.target_name(step.operation)] = trace.describe(step);
    }
    std::string all;
    for (const auto& [target, words] : last) all += words + "\n";
    return model::checksum(all);
}

bool is_thread_switch(const std::vector<std::string>& steps, std::size_t i) {
    const auto thread = [&](std::size_t n) { return steps[n].substr(0, steps[n].find(' ')); };
    return i > 0 && thread(i) != thread(i - 1) && steps[i].starts_with('T') && steps[i - 1].starts_with('T');
}

/// Takes a text apart line by line, and knows where it is.
class CaseLines {
public:
    explicit CaseLines(std::string_view text) : rest_(text) {}
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    [[nodiscard]] std::size_t number() const { return number_; }
    std::string_view next() {
        ++number_;
        const auto line = rest_.substr(0, rest_.find('\n'));
        rest_.remove_prefix(std::min(line.size() + 1, rest_.size()));
        return line;
    }
    [[nodiscard]] bool next_starts_with(std::string_view key) const { return rest_.starts_with(key); }

private:
    std::string_view rest_;
    std::size_t number_ = 0;
};

// `correct`, or `broken: ` and a kind.
bool is_verdict(std::string_view text) {
    constexpr std::string_view broken = "broken: ";
    if (text == to_text(model::Verdict::correct)) return true;
    if (!text.starts_with(broken)) return false;
    text.remove_prefix(broken.size());
    for (int kind = 0; kind <= static_cast<int>(model::FindingKind::assertion); ++kind) {
        if (text == to_text(static_cast<model::FindingKind>(kind))) return true;
    }
    return false;
}

std::optional<std::size_t> number(std::string_view text, std::size_t max) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value > max) return std::nullopt;
    return value;
}

/// The facts, in the order in which they are written.
class CaseParser {
public:
    explicit CaseParser(std::string_view text) : lines_(text) {}

    model::Result<Case> parse() {
        Case result;
        static_cast<void>(lines_.next());  // the version: looked at before
        result.id = value("id");
        if (ok() && !is_case_id(result.id)) fail("an id is of letters, digits and dashes, at most 64");
        const auto scenario = value("scenario");
        const auto implementation = value("implementation");
        const auto threads = value("threads");
        result.finding = value("finding");
        result.invariant = value("invariant");
        place(value("place"), result);
        schedule(value("schedule"), result);
        if (ok() &&
            (result.schedule.scenario != scenario || result.schedule.implementation != implementation ||
             std::to_string(result.schedule.threads) != threads)) {
            fail(
                "the schedule is of another scenario, implementation or number of threads than the lines "
                "above");
        }
        while (ok() && lines_.next_starts_with("from: ")) {
            if (result.from.size() == from_max) fail("a bug report is told in fewer lines");
            result.from.push_back(value("from"));
        }
        while (ok() && lines_.next_starts_with("verdict: ")) verdict(value("verdict"), result);
        while (ok() && lines_.next_starts_with(step_key)) step(next_line().substr(step_key.size()), result);
        if (ok() &&
            (result.step == 0 || result.step > result.steps.size() || result.partner > result.steps.size())) {
            fail("the place is no step of the case");
        }
        result.digest = value("digest");
        static_cast<void>(value("checksum"));  // looked at before
        if (ok() && !lines_.at_end()) fail("there is more behind the checksum");
        if (!ok()) return BadInput{error_};
        return result;
    }

private:
    [[nodiscard]] bool ok() const { return error_.empty(); }
    void fail(std::string_view what) {
        if (ok()) error_ = fmt::format("line {}: {}", lines_.number(), what);
    }

    std::string_view next_line() {
        const auto line = lines_.next();
        if (ok() && !is_printable(line)) fail("it has a character that cannot be printed");
        return line;
    }
    std::string value(std::string_view key) {
        if (!ok()) return {};
        const auto line = next_line();
        const bool found = line.starts_with(key) && line.substr(key.size()).starts_with(": ");
        if (!found || line.size() == key.size() + 2) fail(fmt::format("here should be `{}: …`", key));
        return found ? std::string(line.substr(key.size() + 2)) : std::string();
    }
    // `step 18` or `step 18, with step 12`.
    void place(std::string_view text, Case& to) {
        constexpr std::string_view with = ", with step ";
        if (!text.starts_with("step ")) return fail("a place is `step 18` or `step 18, with step 12`");
        text.remove_prefix(5);
        const auto at = text.find(with);
        const auto first = number(text.substr(0, at), steps_max);
        const auto second = at == text.npos ? std::optional<std::size_t>(0)
                                            : number(text.substr(at + with.size()), steps_max);
        if (!first || !second) return fail("a place is `step 18` or `step 18, with step 12`");
        to.step = *first;
        to.partner = *second;
    }
    void schedule(const std::string& text, Case& to) {
        if (!ok()) return;
        const auto parsed = model::parse_schedule(text);
        if (!parsed) return fail(parsed.error());
        to.schedule = *parsed;
    }
    void verdict(const std::string& text, Case& to) {
        const auto at = text.find(" = ");
        if (at == text.npos || !is_verdict(std::string_view(text).substr(at + 3))) {
            return fail("a verdict is `implementation = correct` or `… = broken: kind`");
        }
        to.verdicts.emplace_back(text.substr(0, at), text.substr(at + 3));
    }
    void step(std::string_view text, Case& to) {
        if (text.size() < 4 || text[2] != ' ') return fail("a step is two marks, a space and what was done");
        if (to.steps.size() == steps_max) return fail("more steps than any execution has");
        to.steps.emplace_back(text.substr(3));
    }

    CaseLines lines_;
    std::string error_;
};

}  // namespace

bool is_case_id(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
}

std::vector<std::string> steps_in_words(const model::Trace& trace) {
    std::vector<std::string> steps;
    for (const auto& step : trace.steps) steps.push_back(trace.in_words(step));
    return steps;
}

Case case_of(std::string id, const Row& row, std::vector<std::pair<std::string, std::string>> verdicts,
             std::vector<std::string> from) {
    const auto& finding = *row.outcome.finding;
    Case made;
    made.id = std::move(id);
    made.schedule = row.outcome.schedule;
    made.finding = to_text(finding.kind);
    made.invariant = finding.invariant;
    made.step = static_cast<std::size_t>(finding.step + 1);
    made.partner = static_cast<std::size_t>(finding.partner + 1);
    made.from = std::move(from);
    made.verdicts = std::move(verdicts);
    made.steps = steps_in_words(row.outcome.trace);
    made.digest = digest_of(row.outcome.trace);
    return made;
}

std::string to_text(const Case& a_case) {
    const auto& schedule = a_case.schedule;
    std::string text =
        fmt::format("{}\nid: {}\nscenario: {}\nimplementation: {}\nthreads: {}\n", case_version, a_case.id,
                    schedule.scenario, schedule.implementation, schedule.threads);
    text += fmt::format("finding: {}\ninvariant: {}\nplace: step {}{}\nschedule: {}\n", a_case.finding,
                        a_case.invariant, a_case.step,
                        a_case.partner == 0 ? "" : fmt::format(", with step {}", a_case.partner),
                        model::to_text(schedule));
    for (const auto& line : a_case.from) text += fmt::format("from: {}\n", line);
    for (const auto& [implementation, verdict] : a_case.verdicts) {
        text += fmt::format("verdict: {} = {}\n", implementation, verdict);
    }
    for (std::size_t i = 0; i < a_case.steps.size(); ++i) {
        const char what = i + 1 == a_case.step ? 'x' : i + 1 == a_case.partner ? '*' : ' ';
        text += fmt::format("{}{}{} {}\n", step_key, is_thread_switch(a_case.steps, i) ? '>' : ' ', what,
                            a_case.steps[i]);
    }
    text += fmt::format("digest: {}\n", a_case.digest);
    return text + fmt::format("checksum: {}\n", model::checksum(text));
}

model::Result<Case> parse_case(std::string_view text) {
    const auto first = text.substr(0, text.find('\n'));
    if (first.ends_with('\r') && first.substr(0, first.size() - 1) == case_version) {
        return BadInput{
            "its lines end in CR LF, as Windows writes them; a case's end in LF: `tr -d '\\r'` puts it "
            "right"};
    }
    if (first != case_version) {
        const bool other_version = first.starts_with("revenant.case/") && first.size() < 24;
        return BadInput{other_version
                            ? fmt::format("version '{}' is unknown; this build reads {}", first, case_version)
                            : fmt::format("this is no case: one begins with {}", case_version)};
    }
    const auto at = text.rfind("\nchecksum: ");
    const auto above = text.substr(0, at == text.npos ? 0 : at + 1);
    if (at == text.npos || text.substr(at + 1) != fmt::format("checksum: {}\n", model::checksum(above))) {
        return BadInput{"damaged, or edited by hand: the checksum is not that of the lines above it"};
    }
    return CaseParser(text).parse();
}

std::optional<std::string> first_difference(const Case& a_case, const std::vector<std::string>& steps) {
    for (std::size_t i = 0; i < std::max(steps.size(), a_case.steps.size()); ++i) {
        const auto at = [i](const std::vector<std::string>& of) {
            return i < of.size() ? "'" + printable(of[i], quoted_max) + "'" : std::string("the end");
        };
        if (i < steps.size() && i < a_case.steps.size() && steps[i] == a_case.steps[i]) continue;
        return fmt::format("the program has changed: step {} was {}, and is now {}", i + 1, at(a_case.steps),
                           at(steps));
    }
    return std::nullopt;
}

std::optional<std::string> other_end(const Case& a_case, const Row& replayed) {
    if (!replayed.outcome.finding)
        return fmt::format("the execution ends well now; it was {}", printable(a_case.finding, quoted_max));
    const auto now = case_of(a_case.id, replayed, a_case.verdicts);
    if (now.finding != a_case.finding || now.invariant != a_case.invariant) {
        return fmt::format("the finding was {} ({}), and is now {} ({})",
                           printable(a_case.finding, quoted_max), printable(a_case.invariant, quoted_max),
                           now.finding, now.invariant);
    }
    if (now.step != a_case.step || now.partner != a_case.partner) {
        return fmt::format("the finding was at step {}, and is now at step {}", a_case.step, now.step);
    }
    if (now.digest != a_case.digest) return "the values at the end are others than they were";
    return std::nullopt;
}

}  // namespace revenant::reports
