#include "reports/import/bug_report.hpp"

#include <fmt/format.h>

#include "reports/import/counter_log.hpp"
#include "reports/import/plain_text.hpp"
#include "reports/import/sanitizer_report.hpp"
#include "reports/import/vocabulary.hpp"
#include "reports/printable.hpp"

namespace revenant::reports {
namespace {

// A name of a C++ function may be long; one of several hundred characters says no more.
std::string to_show(std::string_view text) { return printable(text, 300); }

// What of a stack tells a person where it is: from the first frame with a file, to the operation.
std::string stack_in_words(const Deed& deed) {
    std::string text;
    std::size_t shown = 0;
    for (const auto& frame : deed.stack) {
        const auto name = bare_name(frame.function);
        const bool is_the_sanitizers = frame.file.find("libsanitizer") != std::string::npos ||
                                       frame.file.find("compiler-rt") != std::string::npos;
        if (frame.file.empty() || name.empty() || is_the_sanitizers) continue;
        text += fmt::format("        {} at {}:{}\n", to_show(name), to_show(frame.file), frame.line);
        const bool is_the_operation = !deed.call.empty() && call_of(frame.function) == deed.call;
        if (++shown == 6 || is_the_operation) break;
    }
    return text;
}

}  // namespace

model::Result<BugReport> parse_bug_report(std::string_view as_sent, model::StopToken stop) {
    const auto text = plain_text(as_sent, stop);
    if (stop.stop_requested()) return model::BadInput{"interrupted"};
    if (auto report = parse_sanitizer_report(text)) {
        if (!report->deeds.empty()) return std::move(*report);
        if (has_counter_lines(text)) return parse_counter_log(text);
        return model::BadInput{fmt::format("a report of {} ({}) that is cut off before it says who did what",
                                           report->origin, report->title)};
    }
    if (has_counter_lines(text)) return parse_counter_log(text);
    return model::BadInput{
        "nothing in it is recognised: it should be a report of AddressSanitizer, LeakSanitizer or "
        "ThreadSanitizer "
        "(a use after free, a double free, a leak, a data race), or a debug log with lines such as "
        "`<Type> 0x1234 deref 1 - 0`"};
}

std::string to_text(const BugReport& report) {
    auto text = fmt::format("{}: {}\n", to_show(report.origin), to_show(report.title));
    for (const auto& deed : report.deeds) {
        text += fmt::format("    {}{}{}\n", deed.thread.empty() ? "" : to_show(deed.thread) + ": ",
                            to_show(deed.words), deed.call.empty() ? "" : ", in " + to_show(deed.call));
        text += stack_in_words(deed);
    }
    text += fmt::format("looks broken: {}\n", to_show(report.invariant));
    for (const auto& remark : report.remarks) text += fmt::format("note: {}\n", to_show(remark));
    return text;
}

}  // namespace revenant::reports
