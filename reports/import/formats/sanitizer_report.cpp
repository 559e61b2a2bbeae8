#include "reports/import/formats/sanitizer_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/import/formats/sides.hpp"
#include "reports/import/formats/stack_frame.hpp"
#include "reports/import/text/lines.hpp"

namespace revenant::reports {
namespace {

using model::FindingKind;

/// What a sanitizer's title begins with, what the searches may call it, and the rule.
struct Title {
    std::string_view tool;
    std::string_view begins;
    std::vector<FindingKind> kinds;
    std::string_view invariant;
};
const std::vector<Title>& titles() {
    using K = FindingKind;
    constexpr std::string_view no_use = "nobody touches an object after it is destroyed";
    constexpr std::string_view freed_once = "memory is freed once";
    constexpr std::string_view ordered = "two accesses to plain data, one a write, are ordered";
    static const std::vector<Title> all{
        {"AddressSanitizer", "heap-use-after-free", {K::use_after_free}, no_use},
        {"AddressSanitizer", "attempting double-free", {K::double_free, K::double_destroy}, freed_once},
        {"HWAddressSanitizer", "tag-mismatch", {K::use_after_free}, no_use},
        {"HWAddressSanitizer", "use-after-free", {K::use_after_free}, no_use},
        {"ThreadSanitizer", "heap-use-after-free", {K::use_after_free}, no_use},
        {"ThreadSanitizer", "data race on vptr", {K::use_after_free, K::data_race}, no_use},
        {"ThreadSanitizer", "race on vptr", {K::use_after_free, K::data_race}, no_use},
        {"ThreadSanitizer", "Swift access race", {K::data_race, K::use_after_free}, ordered},
        {"ThreadSanitizer", "data race", {K::data_race, K::use_after_free}, ordered},
        {"ThreadSanitizer", "race on", {K::data_race, K::use_after_free}, ordered},
        {"ThreadSanitizer", "double free", {K::double_free, K::double_destroy}, freed_once},
        {"LeakSanitizer", "detected memory leaks", {K::leak}, "at quiescence nothing leaks"},
    };
    return all;
}

// The title as it is written, without what tells this run from the next.
std::string title_of(std::string_view line, std::string_view tool) {
    const auto mark = std::string(tool) + ": ";
    auto title = line.substr(line.find(mark) + mark.size());
    for (const std::string_view behind :
         {" on address", " on unknown address", " on 0x", " (pid=", " (pc ", " in thread", " (T"})
        title = title.substr(0, title.find(behind));
    while (title.ends_with('.') || title.ends_with(' ')) title.remove_suffix(1);
    return std::string(title);
}

// `… by thread T2 (mutexes: …):`, `… thread T0`, `… by main thread:`.
std::string thread_in(std::string_view line) {
    if (line.find("main thread") != line.npos) return "main thread";
    const auto at = line.find("thread T");
    if (at == line.npos) return {};
    const auto name = line.substr(at + 7);
    const auto end = name.find_first_not_of("0123456789", 1);
    if (end == 1) return {};
    const auto thread = name.substr(0, end);
    // The sanitizers' number for a thread that they do not know.
    if (thread == "T16777215" || thread == "T4294967295") return {};
    return std::string(thread);
}

/// A heading of a stack: whose deed it is, and which of the report's two it can be.
struct Heading {
    Sides::Of of;
    Act act;
    std::string words;
};
std::optional<Heading> heading_of(std::string_view line) {
    using Of = Sides::Of;
    const auto text = trimmed(line);
    const auto size = between(text, "of size ", " ");
    const auto bytes = size.empty() ? std::string() : " of " + std::string(size) + " bytes";
    if (text.starts_with("READ of size ")) return Heading{Of::first, Act::read, "read" + bytes};
    if (text.starts_with("WRITE of size ")) return Heading{Of::first, Act::write, "write" + bytes};
    if (text.starts_with("freed by thread")) return Heading{Of::second, Act::free, "free"};
    struct Access {
        std::string_view heading;
        Act act;
        std::string_view words;
    };
    constexpr auto accesses =
        std::to_array<Access>({{"read of size", Act::read, "read"},
                               {"write of size", Act::write, "write"},
                               {"modifying access", Act::write, "write"},
                               {"read-only access", Act::read, "read"},
                               {"atomic read of size", Act::atomic_read, "atomic read"},
                               {"atomic write of size", Act::atomic_write, "atomic write"}});
    for (const auto& [heading, act, words] : accesses) {
        // TSan begins the first with a capital, the second with `Previous`.
        if (text.starts_with("Previous ") && text.substr(9).starts_with(heading))
            return Heading{Of::second, act, std::string(words) + bytes};
        if (text.size() > 1 && text.substr(1).starts_with(heading.substr(1)) &&
            text.front() == heading.front() - 'a' + 'A') {
            return Heading{Of::first, act, std::string(words) + bytes};
        }
    }
    const bool leaks = text.starts_with("Direct leak of") || text.starts_with("Indirect leak of");
    if (leaks) return Heading{Of::first, Act::allocate, "allocation of what leaks"};
    return std::nullopt;
}

// A stack of something else begins: where the memory was made, who started the thread.
bool is_of_others(std::string_view line) {
    constexpr std::string_view says[] = {"allocated",   " created ", "is located",
                                         "Location is", "As if ",    "acquired"};
    return std::ranges::any_of(says, [&](auto words) { return line.find(words) != line.npos; });
}

std::string_view tool_of(std::string_view line) {
    for (const std::string_view tool :
         {"HWAddressSanitizer", "AddressSanitizer", "LeakSanitizer", "ThreadSanitizer"}) {
        if (line.find(std::string(tool) + ": ") != line.npos) return tool;
    }
    return {};
}

// What an error that is no race of a lifetime is, and what would help.
std::string named(std::string_view tool, std::string_view title) {
    const auto is = [&](std::string_view begins) { return title.starts_with(begins); };
    std::string_view why = "an error that no order of two threads explains";
    if (is("SEGV") || is("BUS") || is("ILL") || is("ABRT") || is("FPE"))
        why =
            "a crash, which does not say what was freed by whom; a run that ends in heap-use-after-free, or "
            "one "
            "under ThreadSanitizer, would";
    if (is("lock-order-inversion") || is("double lock") || is("unlock of") || is("destroy of a locked"))
        why =
            "about mutexes, not about the life of an object; `revenant check` finds deadlocks in a scenario";
    if (is("heap-buffer-overflow") || is("global-buffer-overflow") || is("stack-buffer"))
        why = "an access outside of a block that is alive; no count would have prevented it";
    if (is("stack-use-after")) why = "a use of a stack that is gone; memory on a stack has no count";
    if (is("attempting free") || is("alloc-dealloc"))
        why = "a free of what was not allocated so; no order of threads makes it one";
    if (is("thread leak") || is("signal-unsafe"))
        why = "about a thread or a signal, not about the life of an object";
    if (is("tag-mismatch"))
        why =
            "without its cause: whether the memory had been freed, and by whom, stands further below in a "
            "whole report";
    return fmt::format(
        "{}: {}; import reads a use after free, a double free, a leak or a data race, and this is {}", tool,
        title, why);
}

class SanitizerParser {
public:
    explicit SanitizerParser(std::string_view text) : lines_(text) {}

    Found parse() {
        if (!lines_.next()) return {};
        const auto heading = lines_.line();
        const auto tool = tool_of(heading);
        if (tool.empty()) return {};
        report_.origin = tool;
        report_.of = tool == "ThreadSanitizer" ? Origin::thread_sanitizer
                     : tool == "LeakSanitizer" ? Origin::leak_sanitizer
                                               : Origin::address_sanitizer;
        report_.title = title_of(heading, tool);
        const auto known = std::ranges::find_if(titles(), [&](const Title& title) {
            return title.tool == tool && std::string_view(report_.title).starts_with(title.begins);
        });
        if (known == titles().end()) return {.report = {}, .named = named(tool, report_.title)};
        report_.kinds = known->kinds;
        report_.invariant = known->invariant;
        report_.address = address_behind(heading, " 0x");
        const bool double_free = report_.kinds.front() == FindingKind::double_free;
        if (double_free && tool == "AddressSanitizer")
            sides_.begin(Sides::Of::first, Act::free, "second free", thread_in(heading));
        while (lines_.next()) take(lines_.line());
        return finish();
    }

private:
    void take(std::string_view line) {
        if (const auto frame = sanitizer_frame(line)) return sides_.add(frame->frame, frame->number);
        if (const auto heading = heading_of(line)) {
            if (report_.address == 0) report_.address = address_behind(line, "at 0x");
            return sides_.begin(heading->of, heading->act, heading->words, thread_in(line));
        }
        if (line.find("[failed to restore the stack]") != line.npos) not_restored_ = true;
        if (line.find("Cause: use-after-free") != line.npos) cause_told_ = true;
        if (line.find("SUMMARY: ") != line.npos || is_of_others(line)) sides_.begin_other();
    }

    Found finish() {
        const bool race = report_.of == Origin::thread_sanitizer;
        const bool leak = report_.of == Origin::leak_sanitizer;
        if (report_.title == "tag-mismatch" && !cause_told_ && !sides_.has_second())
            return {.report = {}, .named = named(report_.origin, report_.title)};
        if (not_restored_) {
            report_.missing.emplace_back(
                "a stack that ThreadSanitizer could not restore (TSAN_OPTIONS=history_size=7 makes it keep "
                "more)");
        }
        const char* const other = leak   ? ""
                                  : race ? "the other side, which ThreadSanitizer prints under `Previous`"
                                         : "the other side, which stands under `freed by thread`";
        sides_.finish(report_, other);
        const auto is_unknown = [](const Deed& deed) { return deed.thread.empty(); };
        if (report_.deeds.size() == 2 && std::ranges::any_of(report_.deeds, is_unknown))
            report_.remarks.emplace_back("a thread is not told: one may have done both");
        return {.report = std::move(report_), .named = {}};
    }

    Lines lines_;
    BugReport report_;
    Sides sides_;
    bool not_restored_ = false;
    bool cause_told_ = false;
};

}  // namespace

Found parse_sanitizer_report(std::string_view text) { return SanitizerParser(text).parse(); }

}  // namespace revenant::reports
