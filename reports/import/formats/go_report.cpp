#include "reports/import/formats/go_report.hpp"

#include <algorithm>

#include "reports/import/formats/sides.hpp"
#include "reports/import/formats/stack_frame.hpp"
#include "reports/import/text/lines.hpp"

namespace revenant::reports {
namespace {

// `goroutine 7` of `Write at 0x00c0 by goroutine 7:`, `main goroutine`.
std::string goroutine_in(std::string_view line) {
    const auto at = line.find(" by ");
    if (at == line.npos) return {};
    auto name = line.substr(at + 4);
    while (name.ends_with(':') || name.ends_with(' ')) name.remove_suffix(1);
    return std::string(name);
}

}  // namespace

Found parse_go_report(std::string_view text) {
    BugReport report;
    report.origin = "Go's race detector";
    report.of = Origin::thread_sanitizer;
    report.title = "DATA RACE";
    report.kinds = {model::FindingKind::data_race};
    report.invariant = "two accesses to plain data, one a write, are ordered";
    Sides sides;
    Frame frame;
    unsigned number = 0;
    for (Lines lines(text); lines.next();) {
        const auto line = trimmed(lines.line());
        const auto begins = [&](std::string_view words) { return line.starts_with(words); };
        const bool previous = begins("Previous ");
        const auto access = previous ? line.substr(9) : line;
        const bool writes = access.starts_with("Write at ") || access.starts_with("write at ");
        if (writes || access.starts_with("Read at ") || access.starts_with("read at ")) {
            number = 0;
            frame = {};
            report.address = address_behind(line, "at 0x");
            sides.begin(previous ? Sides::Of::second : Sides::Of::first, writes ? Act::write : Act::read,
                        writes ? "write" : "read", goroutine_in(line));
        } else if (begins("Goroutine ") || begins("====")) {
            sides.begin_other();
        } else if (line.ends_with("()") || line.find("()") != line.npos) {
            frame.function = line;
        } else if (line.starts_with('/') && !frame.function.empty()) {
            static_cast<void>(take_place(line.substr(0, std::min(line.find(" +0x"), line.size())), frame));
            sides.add(frame, number++);
            frame = {};
        }
    }
    sides.finish(report, "the other side, which the detector prints under `Previous`");
    return {.report = std::move(report), .named = {}};
}

}  // namespace revenant::reports
