#include "reports/import/formats/valgrind_report.hpp"

#include <algorithm>

#include "reports/import/formats/sides.hpp"
#include "reports/import/formats/stack_frame.hpp"
#include "reports/import/text/lines.hpp"

namespace revenant::reports {
namespace {

using model::FindingKind;

// `==771== `.
std::string_view without_mark(std::string_view line) {
    if (!line.starts_with("==")) return line;
    const auto end = line.find("==", 2);
    return end == line.npos ? line : line.substr(end + 2);
}

// `#2` of `by thread #2`, `2` of `(thread 2)`.
std::string thread_behind(std::string_view line, std::string_view mark) {
    const auto at = line.find(mark);
    if (at == line.npos) return {};
    const auto rest = line.substr(at + mark.size());
    return std::string(rest.substr(0, rest.find_first_not_of("#0123456789")));
}

std::string bytes_of(std::string_view line) {
    const auto at = line.find("size ");
    if (at == line.npos) return {};
    const auto rest = line.substr(at + 5);
    const auto size = rest.substr(0, rest.find_first_not_of("0123456789"));
    return size.empty() ? std::string() : " of " + std::string(size) + " bytes";
}

class ValgrindParser {
public:
    explicit ValgrindParser(std::string_view text) : lines_(text) {}

    Found parse() {
        report_.of = Origin::valgrind;
        report_.origin = "valgrind's memcheck";
        while (lines_.next()) take(trimmed(without_mark(lines_.line())));
        if (report_.title.empty()) return {};
        if (never_freed_) {
            return {
                .report = {},
                .named =
                    "valgrind's memcheck: " + report_.title +
                    "; the memory is not said to have been freed, so that no count would have prevented it"};
        }
        const bool leak = report_.kinds.front() == FindingKind::leak;
        sides_.finish(report_,
                      leak ? ""
                      : segment_
                          ? "the other access: DRD tells only the stretch of the other thread that it lies in"
                      : is_race_() ? "the other side, which helgrind prints under `This conflicts with`"
                                   : "the other side, which memcheck prints under `free'd`");
        if (!is_race_() && report_.deeds.size() == 2)
            report_.remarks.emplace_back("memcheck does not say which thread freed it");
        return {.report = std::move(report_), .named = {}};
    }

private:
    [[nodiscard]] bool is_race_() const { return report_.kinds.front() == FindingKind::data_race; }

    void heading(std::string_view line, std::vector<FindingKind> kinds, const char* rule) {
        report_.title = line.substr(0, std::min({line.find(" at 0x"), line.find(" by thread"), line.size()}));
        report_.kinds = std::move(kinds);
        report_.invariant = rule;
        report_.address = address_behind(line, " at 0x");
    }

    void take(std::string_view line) {
        using Of = Sides::Of;
        if (auto frame = valgrind_frame(line)) {
            if (frame->number > 0) frame->number = ++number_;
            if (frame->number == 0) number_ = 0;
            return sides_.add(frame->frame, frame->number);
        }
        const auto begins = [&](std::string_view words) { return line.starts_with(words); };
        const auto has = [&](std::string_view words) { return line.find(words) != line.npos; };
        if (report_.title.empty()) return begin(line);
        if (begins("Address 0x") || begins("Address ")) {
            if (report_.address == 0) report_.address = address_behind(line, "Address 0x");
            if (has("free'd")) return sides_.begin(Of::second, Act::free, "free", {});
            never_freed_ = !is_race_();
            return sides_.begin_other();
        }
        if (begins("This conflicts with a previous ")) {
            const bool writes = has("previous write");
            return sides_.begin(Of::second, writes ? Act::write : Act::read,
                                (writes ? "write" : "read") + bytes_of(line),
                                thread_behind(line, "by thread "));
        }
        if (begins("Other segment start")) {
            segment_ = true;
            return sides_.begin_other();
        }
        if (begins("Block was alloc'd") || begins("Other segment") || begins("Allocation context") ||
            has("was first observed") || has("was created") || begins("Locks held")) {
            if (!begins("Locks held")) sides_.begin_other();
        }
    }

    void begin(std::string_view line) {
        using Of = Sides::Of;
        using K = FindingKind;
        const auto begins = [&](std::string_view words) { return line.starts_with(words); };
        constexpr auto no_use = "nobody touches an object after it is destroyed";
        constexpr auto ordered = "two accesses to plain data, one a write, are ordered";
        if (begins("Thread ")) {
            thread_ = "thread " + thread_behind(line, "Thread ");
        } else if (begins("Invalid read of") || begins("Invalid write of")) {
            const bool writes = begins("Invalid write");
            heading(line, {K::use_after_free}, no_use);
            sides_.begin(Of::first, writes ? Act::write : Act::read,
                         (writes ? "write" : "read") + bytes_of(line), thread_);
        } else if (begins("Invalid free()")) {
            heading(line, {K::double_free, K::double_destroy}, "memory is freed once");
            sides_.begin(Of::first, Act::free, "second free", thread_);
        } else if (line.find("are definitely lost") != line.npos) {
            heading(line, {K::leak}, "at quiescence nothing leaks");
            sides_.begin(Of::first, Act::allocate, "allocation of what leaks", {});
        } else if (begins("Possible data race during ")) {
            const bool writes = begins("Possible data race during write");
            heading(line, {K::data_race, K::use_after_free}, ordered);
            report_.origin = "helgrind";
            sides_.begin(Of::first, writes ? Act::write : Act::read,
                         (writes ? "write" : "read") + bytes_of(line), thread_behind(line, "by thread "));
        } else if (begins("Conflicting ")) {
            const bool writes = begins("Conflicting store");
            heading(line, {K::data_race, K::use_after_free}, ordered);
            report_.origin = "DRD";
            sides_.begin(Of::first, writes ? Act::write : Act::read,
                         (writes ? "write" : "read") + bytes_of(line), thread_behind(line, "by thread "));
        }
    }

    Lines lines_;
    BugReport report_;
    Sides sides_;
    std::string thread_;
    unsigned number_ = 0;
    bool never_freed_ = false;
    bool segment_ = false;
};

}  // namespace

Found parse_valgrind_report(std::string_view text) { return ValgrindParser(text).parse(); }

}  // namespace revenant::reports
