#include "reports/import/formats/reports.hpp"

#include <algorithm>

#include "reports/import/formats/go_report.hpp"
#include "reports/import/formats/kernel_report.hpp"
#include "reports/import/formats/sanitizer_report.hpp"
#include "reports/import/formats/valgrind_report.hpp"
#include "reports/import/text/lines.hpp"
#include "reports/import/text/prefix.hpp"

namespace revenant::reports {
namespace {

constexpr std::size_t mentions_max = 10;

Found parse(std::string_view segment) {
    const auto line = segment.substr(0, segment.find('\n'));
    const auto begins = [&](std::string_view words) { return line.starts_with(words); };
    if (begins("BUG: K") || begins("refcount_t: ")) return parse_kernel_report(segment);
    if (begins("WARNING: DATA RACE")) return parse_go_report(segment);
    if (line.find("Sanitizer: ") != line.npos) return parse_sanitizer_report(segment);
    return parse_valgrind_report(segment);
}

class ReportReader {
public:
    ReportReader(std::size_t number, model::StopToken stop) : number_(number), stop_(stop) {}

    Reports read(std::string_view text) {
        std::size_t begin = text.npos;
        std::size_t at = 0;
        std::size_t thread_line = text.npos;  // valgrind names the thread on the line before a report
        for (Lines lines(text); lines.next() && !stop_.stop_requested();) {
            const auto line = lines.line();
            if (heading_at(line) == std::size_t{0}) {
                const auto here = thread_line == text.npos ? at : thread_line;
                if (begin != text.npos) take(text.substr(begin, here - begin));
                begin = here;
            }
            thread_line = line.starts_with("==") && line.find("== Thread ") != line.npos ? at : text.npos;
            at = static_cast<std::size_t>(line.data() - text.data()) + line.size() + 1;
        }
        if (begin != text.npos) take(text.substr(begin));
        if (reports_.count == 0 && !reports_.bare.empty()) {  // cut off early: better than nothing
            reports_.count = 1;
            reports_.whole.push_back(std::move(reports_.bare.front()));
        }
        return std::move(reports_);
    }

private:
    void take(std::string_view segment) {
        auto found = parse(segment);
        if (!found.named.empty() && reports_.named.empty()) reports_.named = std::move(found.named);
        if (!found.report) return;
        if (found.report->deeds.empty()) {
            if (reports_.mentioned.size() < mentions_max)
                reports_.mentioned.push_back(std::move(*found.report));
            return;
        }
        const auto has_stack = [](const Deed& deed) { return !deed.stack.empty(); };
        if (std::ranges::none_of(found.report->deeds, has_stack)) {
            if (reports_.bare.size() < mentions_max) reports_.bare.push_back(std::move(*found.report));
            return;
        }
        if (++reports_.count <= number_) reports_.whole.push_back(std::move(*found.report));
    }

    std::size_t number_;
    model::StopToken stop_;
    Reports reports_;
};

}  // namespace

Reports reports_in(std::string_view text, std::size_t number, model::StopToken stop) {
    return ReportReader(number, stop).read(text);
}

}  // namespace revenant::reports
