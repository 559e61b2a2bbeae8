#include "reports/import/bug_report.hpp"

#include <fmt/format.h>

#include "reports/import/formats/counter_log.hpp"
#include "reports/import/formats/named.hpp"
#include "reports/import/formats/reports.hpp"
#include "reports/import/formats/valgrind_report.hpp"
#include "reports/import/formats/written_steps.hpp"
#include "reports/import/operations/frames.hpp"
#include "reports/import/operations/operations.hpp"
#include "reports/import/text/plain_text.hpp"
#include "reports/printable.hpp"

namespace revenant::reports {
namespace {

// A name of a C++ function may be long; one of several hundred characters says no more.
std::string to_show(std::string_view text) { return printable(text, 300); }

// Whether two reports of one text are of one object: a tool that stops at a use names an address inside it.
bool same_object(const BugReport& log, const BugReport& other) {
    constexpr std::uint64_t object_size_max = 4096;
    return log.address == 0 || other.address == 0 ||
           (other.address >= log.address && other.address - log.address < object_size_max);
}

// A report of a sanitizer and a log in one text: the log has both threads and the counts, and tells more, if
// it is of the same object, or if the report has one side only.
void choose(BugReport& report, model::Result<BugReport> log) {
    const auto name = report.origin + " (" + report.title + ")";
    if (!log) {
        report.remarks.push_back("there is a debug log in the text as well, and nothing in it looks broken");
    } else if (report.deeds.size() < 2 || same_object(*log, report)) {
        report = std::move(*log);
        report.remarks.push_back("a report of " + name +
                                 " is in the text as well; the log tells more, and is used");
    } else {
        report.remarks.push_back("a debug log in the text has another object: " + log->title + ", " +
                                 log->deeds.front().words);
    }
}

model::BadInput nothing_known() {
    return model::BadInput{
        "nothing in it is recognised: it should be a report of AddressSanitizer, ThreadSanitizer, "
        "LeakSanitizer, valgrind, "
        "KASAN, KCSAN or refcount_t (a use after free, a double free, a leak, a data race), or a debug log "
        "with lines such "
        "as `<Type> 0x1234 deref 1 - 0`"};
}

model::Result<BugReport> first_known(std::string_view text, const Reading& reading,
                                     const Vocabulary& vocabulary) {
    auto all = reports_in(text, reading.number, reading.stop);
    const bool has_log = has_counter_lines(text, vocabulary);
    if (all.count > 0) {
        if (reading.number > all.count) {
            return model::BadInput{fmt::format("it has {} report{}; there is no report {}", all.count,
                                               all.count == 1 ? "" : "s", reading.number)};
        }
        auto report = std::move(all.whole[reading.number - 1]);
        if (all.count > 1) {
            report.remarks.push_back(
                fmt::format("this is report {} of {} in the text; `--report {}` reads another",
                            reading.number, all.count, reading.number == 1 ? 2 : 1));
        }
        find_operations(report, vocabulary);
        if (has_log && reading.number == 1) choose(report, parse_counter_log(text, vocabulary));
        return report;
    }
    if (reading.number > 1)
        return model::BadInput{fmt::format("there is no report {} in it", reading.number)};
    if (has_log) return parse_counter_log(text, vocabulary);
    if (!all.named.empty()) return model::BadInput{printable(all.named)};
    if (auto steps = parse_written_steps(text, vocabulary)) {
        if (!steps->report) return model::BadInput{steps->named};
        return std::move(*steps->report);
    }
    if (!all.mentioned.empty()) {
        return model::BadInput{fmt::format("a report of {} ({}) that is cut off before it says who did what",
                                           all.mentioned.front().origin,
                                           to_show(all.mentioned.front().title))};
    }
    if (const auto named = named_format(text); !named.empty()) return model::BadInput{named};
    return nothing_known();
}

// What tells a person where it is, innermost first, down to the operation.
std::string stack_in_words(const Deed& deed) {
    std::string text;
    for (const auto* const frame : own_frames(deed.stack, 6)) {
        text += fmt::format("        {}", to_show(bare_name(frame->function)));
        if (frame->line > 0) text += fmt::format(" at {}:{}", to_show(frame->file), frame->line);
        text += "\n";
        const auto& vocabulary = Vocabulary::standard();
        if (!deed.call.empty() && vocabulary.call_of(frame->function, {true, false}) == deed.call) break;
    }
    return text;
}

}  // namespace

std::vector<const Frame*> own_frames(const std::vector<Frame>& stack, std::size_t max) {
    std::vector<const Frame*> own;
    for (const auto& frame : stack) {
        if (frame.function.empty() || is_runtime(frame) || begins_thread(frame)) continue;
        if (bare_name(frame.function).empty()) continue;
        if (own.size() == max) break;
        own.push_back(&frame);
    }
    return own;
}

model::Result<BugReport> parse_bug_report(std::string_view as_sent, const Reading& reading) {
    const auto& vocabulary = reading.vocabulary == nullptr ? Vocabulary::standard() : *reading.vocabulary;
    const auto text =
        is_valgrind_xml(as_sent) ? valgrind_text_of_xml(as_sent) : plain_text(as_sent, reading.stop);
    auto report = first_known(text, reading, vocabulary);
    if (reading.stop.stop_requested()) return model::BadInput{"interrupted"};
    return report;
}

std::string to_text(const BugReport& report) {
    auto text = fmt::format("{}: {}\n", to_show(report.origin), to_show(report.title));
    for (const auto& deed : report.deeds) {
        text += fmt::format("    {}{}{}\n", deed.thread.empty() ? "" : to_show(deed.thread) + ": ",
                            to_show(deed.words), deed.call.empty() ? "" : ", in " + to_show(deed.call));
        text += stack_in_words(deed);
    }
    for (const auto& missing : report.missing) text += fmt::format("missing: {}\n", to_show(missing));
    for (const auto& remark : report.remarks) text += fmt::format("note: {}\n", to_show(remark));
    return text;
}

}  // namespace revenant::reports
