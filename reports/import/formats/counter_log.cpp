#include "reports/import/formats/counter_log.hpp"

#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "reports/import/formats/counter_line.hpp"
#include "reports/import/formats/log_thread.hpp"
#include "reports/import/formats/stack_frame.hpp"
#include "reports/import/text/lines.hpp"
#include "reports/printable.hpp"

namespace revenant::reports {
namespace {

using model::FindingKind;

bool drops_last(const CounterLine& event) {
    return event.call == "release" && event.change.before == 1 && event.change.after == 0;
}
bool takes(const CounterLine& event) { return event.call == "clone" || event.call == "upgrade"; }

// One object may have a strong count and a weak one.
std::string object_of(const CounterLine& event) {
    const bool weak = event.call == "release_weak" || event.call == "downgrade";
    return event.address + (weak ? " weak" : "");
}

Deed deed_of(const CounterLine& event) {
    Deed deed;
    deed.thread = event.thread;
    deed.words = event.verb + " " + std::to_string(event.change.before) + " - " +
                 std::to_string(event.change.after) + " of " + (event.type.empty() ? "" : event.type + " ") +
                 event.address;
    deed.change = event.change;
    deed.call = event.call;
    deed.act = Act::count;
    return deed;
}

/// What is known of one object's count.
struct Life {
    std::string type;                    ///< empty: no line has named it
    std::optional<CounterLine> born;     ///< a first line of 0→1: a count that starts at 0, or a revival
    std::optional<CounterLine> dropped;  ///< who took it to 0 last
};

// The memory of one may be used again for another.
bool is_another(const std::string& before, const std::string& now) {
    return !before.empty() && !now.empty() && before != now;
}

/// What only a whole log tells: which counts start at 0, and where a line has its thread.
struct Customs {
    std::set<std::string> births;  ///< types of which one has begun with 0→1
    ThreadLabels threads;

    Customs(std::string_view text, const Vocabulary& vocabulary) {
        Verbs verbs(vocabulary);
        std::unordered_map<std::string, std::string> types;  // of the objects seen so far
        for (Lines lines(text); lines.next();) {
            const auto event = counter_line(lines.line(), verbs);
            if (!event) {
                if (const auto made = made_in(lines.line()); !made.empty()) types.erase(std::string(made));
                continue;
            }
            threads.add(event->labels);
            const auto [at, is_new] = types.try_emplace(object_of(*event), event->type);
            const bool is_first = is_new || is_another(at->second, event->type);
            if (!event->type.empty()) at->second = event->type;
            if (is_first && takes(*event) && event->change.before == 0) births.insert(event->type);
        }
    }
};

/// Goes through the log until something in it cannot be right.
///
/// A count may start at 1 or at 0, and its memory may be used again. So 0→1 is a revival behind a drop to 0,
/// unless counts of that type have been seen to start at 0; and where it is an object's first line, only if
/// two drops to 0 follow with nothing between that would allow for the second. (A line is written after
/// what it tells of: the drop before a revival may come just behind it.)
class LogReader {
public:
    LogReader(std::string_view text, const Vocabulary& vocabulary) : customs_(text, vocabulary) {
        report_.origin = "debug log";
        report_.of = Origin::log;
        Verbs verbs(vocabulary);
        for (Lines lines(text); lines.next();) {
            auto event = counter_line(lines.line(), verbs);
            if (!event) {
                pass_over(lines.line());
                continue;
            }
            if (!event->labels.empty()) event->thread = thread_of(*event, lines.line());
            ++events_;
            no_thread_ += event->thread.empty() ? 1 : 0;
            if (!event->verb_known && unknown_.size() < 8) unknown_.insert(event->verb);
            if (report_.deeds.empty()) look_at(*event);
        }
    }

    model::Result<BugReport> result() {
        const auto all =
            std::to_string(events_) + (events_ == 1 ? " change of a counter" : " changes of counters");
        if (report_.deeds.empty()) {
            return model::BadInput{"a debug log, " + all + " recognised" + passed_over() +
                                   ", and nothing in it looks broken: no count goes 0→1" +
                                   (customs_.births.empty() ? "" : " but where it may start") +
                                   ", none is dropped below 0"};
        }
        // The configurations of our own programs are those of a registry.
        if (is_ours_ && report_.deeds.front().words.find("<config>") != std::string::npos)
            report_.shows_lookup = true;
        report_.remarks.push_back(all + " recognised" + passed_over());
        for (const auto& verb : unknown_)
            report_.remarks.push_back("`" + verb + "` is no known word: its two numbers tell the direction");
        if (no_thread_ == events_) {
            report_.remarks.emplace_back(
                "no thread is named in the log in a form that is read: the order alone is known");
        } else if (no_thread_ > 0) {
            report_.remarks.push_back("no thread is named in " + std::to_string(no_thread_) +
                                      " of them: the order alone is known");
        }
        return std::move(report_);
    }

private:
    void pass_over(std::string_view line) {
        if (trimmed(line).empty()) return;
        if (const auto made = made_in(line); !made.empty()) lives_.erase(std::string(made));
        is_ours_ = is_ours_ || line.starts_with("revenant: ");
        const auto has = [&](std::string_view word) { return line.find(word) != line.npos; };
        if (has("0x") && (has("intern") || has("lookup") || has("found existing")))
            report_.shows_lookup = true;
        if (other_lines_++ == 0) first_other_ = trimmed(line).substr(0, 200);
    }
    [[nodiscard]] std::string passed_over() const {
        if (other_lines_ == 0) return {};
        return ", " + std::to_string(other_lines_) + (other_lines_ == 1 ? " other line" : " other lines") +
               " passed over (`" + printable(first_other_, 60) + "`)";
    }

    [[nodiscard]] std::string thread_of(const CounterLine& event, std::string_view line) const {
        auto label = customs_.threads.thread_of(event.labels);
        return label.empty() ? named_thread(line.substr(0, line.find("0x"))) : label;
    }

    void look_at(const CounterLine& event) {
        const auto object = object_of(event);
        auto& life = lives_[object];
        if (is_another(life.type, event.type)) life = {};
        if (!event.type.empty()) life.type = event.type;
        if (takes(event) && event.change.before == 0 && event.change.after > 0) {
            if (life.dropped && !customs_.births.contains(event.type)) return revived(event, *life.dropped);
            life.born = event;
            life.dropped.reset();
        } else if (event.change.before <= 0 && event.change.after < event.change.before) {
            broken("a count is dropped below 0", FindingKind::counter_underflow, "no counter underflows",
                   event);
            if (life.dropped) report_.deeds.push_back(deed_of(*life.dropped));
        } else if (drops_last(event)) {
            if (life.born && life.dropped)
                return revived(*life.born, other_than(*life.born, *life.dropped, event));
            life.dropped = event;
        }
    }
    static const CounterLine& other_than(const CounterLine& revival, const CounterLine& first,
                                         const CounterLine& second) {
        return first.thread == revival.thread ? second : first;
    }
    void revived(const CounterLine& revival, const CounterLine& drop) {
        broken("a count goes 0→1", FindingKind::resurrection, "no strong count goes 0→1", revival);
        report_.kinds.push_back(FindingKind::assertion);  // where the code has one, it speaks first
        report_.deeds.push_back(deed_of(drop));
    }
    void broken(std::string title, FindingKind kind, std::string invariant, const CounterLine& event) {
        report_.title = std::move(title);
        report_.kinds = {kind};
        report_.invariant = std::move(invariant);
        report_.deeds = {deed_of(event)};
        report_.address = address_behind(event.address, "0x");
    }

    Customs customs_;
    BugReport report_;
    std::unordered_map<std::string, Life> lives_;  ///< by object
    std::set<std::string> unknown_;                ///< verbs
    std::string first_other_;
    bool is_ours_ = false;  ///< a program of ours has written into it
    std::size_t events_ = 0;
    std::size_t other_lines_ = 0;
    std::size_t no_thread_ = 0;
};

}  // namespace

bool has_counter_lines(std::string_view text, const Vocabulary& vocabulary) {
    Verbs verbs(vocabulary);
    for (Lines lines(text); lines.next();) {
        if (counter_line(lines.line(), verbs)) return true;
    }
    return false;
}

model::Result<BugReport> parse_counter_log(std::string_view text, const Vocabulary& vocabulary) {
    return LogReader(text, vocabulary).result();
}

}  // namespace revenant::reports
