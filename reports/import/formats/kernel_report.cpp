#include "reports/import/formats/kernel_report.hpp"

#include <algorithm>
#include <set>

#include "reports/import/formats/sides.hpp"
#include "reports/import/formats/stack_frame.hpp"
#include "reports/import/operations/frames.hpp"
#include "reports/import/text/lines.hpp"

namespace revenant::reports {
namespace {

using model::FindingKind;

// `kworker/0:1/77` of `by task kworker/0:1/77 on cpu 1:`.
std::string task_in(std::string_view line) {
    const auto at = line.find("by task ");
    if (at == line.npos) return line.find("by interrupt") == line.npos ? std::string() : "interrupt";
    auto task = line.substr(at + 8);
    task = task.substr(0, std::min(task.find(" on cpu"), task.size()));
    while (task.ends_with(':') || task.ends_with(' ')) task.remove_suffix(1);
    return "task " + std::string(task);
}

// The front of a function's name is its module: `sctp` of `sctp_endpoint_put`.
std::set<std::string> modules_of(const Deed& deed) {
    std::set<std::string> modules;
    for (const auto& frame : deed.stack) {
        const auto begin = std::min(frame.function.find_first_not_of('_'), frame.function.size());
        const auto name = std::string_view(frame.function).substr(begin);
        if (is_runtime(frame) || begins_thread(frame)) continue;
        // The way from a system call, a work queue or an interrupt is everybody's.
        constexpr std::string_view common[] = {
            "do",  "x64", "entry",  "sys",     "se",  "worker", "process", "kthread", "ret",  "rcu",
            "irq", "asm", "sysvec", "softirq", "run", "handle", "vfs",     "ksys",    "task", "syscall"};
        const auto module = name.substr(0, name.find('_'));
        if (std::ranges::find(common, module) == std::end(common)) modules.insert(std::string(module));
    }
    return modules;
}

class KernelParser {
public:
    explicit KernelParser(std::string_view text) : lines_(text) {}

    Found parse() {
        if (!lines_.next()) return {};
        const auto line = lines_.line();
        report_.of = Origin::kernel;
        if (line.find("refcount_t: ") != line.npos) return count(line);
        if (line.find("KFENCE: ") != line.npos) return fenced(line);
        if (line.find("KCSAN: ") != line.npos) return race(line);
        if (line.find("KASAN: ") != line.npos) return memory(line);
        const auto words = line.substr(std::string_view("BUG: ").size());
        return {.report = {},
                .named = std::string(words.substr(0, words.find('+'))) +
                         "; import reads KASAN, KFENCE and KCSAN: a use after free, a double free or a race"};
    }

private:
    void title(std::string_view line, std::string_view mark, std::string_view tool) {
        report_.origin = tool;
        report_.title = trimmed(line.substr(line.find(mark) + mark.size()));
    }
    void add_frame(std::string_view line) {
        if (const auto frame = kernel_frame(line)) sides_.add(*frame, number_++);
    }
    void side(Sides::Of of, Act act, std::string words, std::string_view line) {
        number_ = 0;
        sides_.begin(of, act, std::move(words), task_in(line));
    }
    Found done() { return {.report = std::move(report_), .named = {}}; }

    Found memory(std::string_view heading) {
        title(heading, "KASAN: ", "KASAN");
        report_.title = report_.title.substr(0, report_.title.find('+'));
        const bool use = report_.title.find("use-after-free") != std::string::npos;
        const bool twice = report_.title.find("double-free") != std::string::npos ||
                           report_.title.find("invalid-free") != std::string::npos;
        if (!use && !twice)
            return {.report = {},
                    .named = "KASAN: " + report_.title +
                             "; import reads a use after free or a double free, and this is an access "
                             "that no count would have prevented"};
        report_.kinds = use ? std::vector{FindingKind::use_after_free}
                            : std::vector{FindingKind::double_free, FindingKind::double_destroy};
        report_.invariant = use ? "nobody touches an object after it is destroyed" : "memory is freed once";
        if (twice) side(Sides::Of::first, Act::free, "second free", {});
        while (lines_.next()) {
            const auto line = trimmed(lines_.line());
            const auto begins = [&](std::string_view words) { return line.starts_with(words); };
            const bool reads = begins("Read of size ");
            if (reads || begins("Write of size ")) {
                const auto bytes = " of " + std::string(between(line, "of size ", " ")) + " bytes";
                report_.address = address_behind(line, "addr ");
                side(Sides::Of::first, reads ? Act::read : Act::write, (reads ? "read" : "write") + bytes,
                     line);
            } else if (begins("Free of addr") || begins("Freed in")) {
                if (sides_.has_first()) sides_.first().thread = task_in(line);
            } else if (begins("Freed by task ")) {
                side(Sides::Of::second, Act::free, "free", "by task " + std::string(line.substr(14)));
            } else if (begins("Allocated by") || begins("Last potentially") || begins("Second to last") ||
                       begins("The buggy address") || begins("Memory state") || begins("page:") ||
                       begins("Object ")) {
                sides_.begin_other();
            } else {
                add_frame(line);
            }
        }
        sides_.finish(report_, "the other side, which stands under `Freed by task`");
        if (report_.deeds.size() == 2) remark_on_tenants();
        return done();
    }

    // The slot of a freed object may have had another since: then the free is of that one.
    void remark_on_tenants() {
        const auto uses = modules_of(report_.deeds[0]);
        const auto frees = modules_of(report_.deeds[1]);
        const bool related =
            std::ranges::any_of(uses, [&](const auto& module) { return frees.contains(module); });
        if (related || uses.empty() || frees.empty()) return;
        report_.missing.emplace_back(
            "whose free it was: the stack under `Freed by` has nothing to do with the use, and may be of a "
            "later tenant "
            "of the same slot");
    }

    // KFENCE, which watches a few blocks: the use in its own words, and who freed the block.
    Found fenced(std::string_view heading) {
        title(heading, "KFENCE: ", "KFENCE");
        report_.title = report_.title.substr(0, report_.title.find(" in "));
        const bool use = report_.title.starts_with("use-after-free");
        if (!use)
            return {.report = {},
                    .named = "KFENCE: " + report_.title +
                             "; import reads a use after free, and this is an access or a free that no count "
                             "would have prevented"};
        report_.kinds = {FindingKind::use_after_free};
        report_.invariant = "nobody touches an object after it is destroyed";
        while (lines_.next()) {
            const auto line = trimmed(lines_.line());
            const bool writes = line.starts_with("Use-after-free write at");
            if (writes || line.starts_with("Use-after-free read at")) {
                report_.address = address_behind(line, " at 0x");
                side(Sides::Of::first, writes ? Act::write : Act::read, writes ? "write" : "read", {});
            } else if (line.starts_with("freed by task ")) {
                side(Sides::Of::second, Act::free, "free", "by " + std::string(line.substr(9)));
            } else if (line.starts_with("allocated by") || line.starts_with("kfence-#")) {
                sides_.begin_other();
            } else if (line.starts_with("CPU: ")) {
                const auto pid = between(line, "PID: ", " ");
                if (!pid.empty() && sides_.has_first()) sides_.first().thread = "task " + std::string(pid);
                sides_.begin_other();
            } else {
                add_frame(line);
            }
        }
        sides_.finish(report_, "the other side, which stands under `freed by task`");
        return done();
    }

    Found race(std::string_view heading) {
        title(heading, "KCSAN: ", "KCSAN");
        report_.title = report_.title.substr(0, report_.title.find('+'));
        report_.kinds = {FindingKind::data_race, FindingKind::use_after_free};
        report_.invariant = "two accesses to plain data, one a write, are ordered";
        bool second = false;
        while (lines_.next()) {
            auto line = trimmed(lines_.line());
            constexpr std::string_view alone = "race at unknown origin, with ";
            if (line.starts_with(alone)) line.remove_prefix(alone.size());
            const bool writes = line.starts_with("write ") || line.starts_with("read-write ");
            if ((writes || line.starts_with("read ")) && line.find(" by ") != line.npos) {
                const bool marked = line.find("(marked)") != line.npos;
                const auto bytes = std::string(between(line, " of ", " bytes"));
                const auto words = std::string(marked ? "atomic " : "") + (writes ? "write" : "read") +
                                   " of " + bytes + " bytes";
                const auto plain = writes ? Act::write : Act::read;
                const auto atomic = writes ? Act::atomic_write : Act::atomic_read;
                side(second ? Sides::Of::second : Sides::Of::first, marked ? atomic : plain, words, line);
                second = true;
            } else if (line.starts_with("Reported by") || line.starts_with("value changed")) {
                sides_.begin_other();
            } else {
                add_frame(line);
            }
        }
        sides_.finish(report_, "the other access: KCSAN saw a value change and not who changed it");
        return done();
    }

    Found count(std::string_view heading) {
        title(heading, "refcount_t: ", "refcount_t");
        const auto& words = report_.title;
        const auto has = [&](std::string_view part) { return words.find(part) != std::string::npos; };
        if (has("addition on 0") || has("increment on 0")) {
            report_.kinds = {FindingKind::resurrection};
            report_.invariant = "no strong count goes 0→1";
            report_.missing.emplace_back(
                "who took the count to 0: the warning does not have it; a report of KASAN would");
        } else if (has("underflow")) {
            report_.kinds = {FindingKind::counter_underflow};
            report_.invariant = "no counter underflows";
            report_.missing.emplace_back(
                "who dropped the reference that was not its own: the warning has the last drop alone");
        } else if (has("decrement hit 0")) {
            report_.kinds = {FindingKind::leak};
            report_.invariant = "at quiescence nothing leaks";
            report_.missing.emplace_back(
                "who else has dropped: a plain decrement reached 0, where nobody destroys");
        } else {
            report_.kinds = {FindingKind::counter_overflow};
            report_.invariant = "no counter overflows";
            report_.missing.emplace_back("who took so many references");
        }
        side(Sides::Of::first, Act::count, words, {});
        while (lines_.next()) {
            const auto line = trimmed(lines_.line());
            const auto pid = between(line, "PID: ", " ");
            if (!pid.empty() && sides_.first().thread.empty())
                sides_.first().thread = "PID " + std::string(pid);
            if (line.starts_with("WARNING:") || line.starts_with("RIP:") ||
                line.starts_with("Modules linked"))
                continue;
            add_frame(line);
        }
        sides_.finish(report_, "");
        return done();
    }

    Lines lines_;
    BugReport report_;
    Sides sides_;
    unsigned number_ = 0;
};

}  // namespace

Found parse_kernel_report(std::string_view text) { return KernelParser(text).parse(); }

}  // namespace revenant::reports
