#include "reports/import/counter_log.hpp"

#include <charconv>
#include <map>

#include "reports/import/lines.hpp"
#include "reports/import/vocabulary.hpp"

namespace revenant::reports {
namespace {

using model::FindingKind;

/// A line of the log.
struct Event {
    std::string thread;
    std::string object;  ///< `<config> 0x604000000010`
    std::string verb;    ///< `ref`, `deref`, `weak_deref`, …
    CounterChange change;
};

std::optional<std::uint64_t> number(std::string_view& text) {
    text = trimmed(text);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{}) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

// The last text in square brackets.
std::string in_brackets(std::string_view text) {
    const auto close = text.rfind(']');
    const auto open = close == text.npos ? text.npos : text.rfind('[', close);
    return open == text.npos ? std::string() : std::string(trimmed(text.substr(open + 1, close - open - 1)));
}

// THREAD? <Type> 0xADDRESS VERB N - M THREAD?
std::optional<Event> event_of(std::string_view line) {
    const auto address = line.find(" 0x");
    if (address == line.npos || address == 0 || line[address - 1] != '>') return std::nullopt;
    const auto open = line.rfind('<', address);
    if (open == line.npos) return std::nullopt;
    Event event;
    auto rest = line.substr(address + 1);
    const auto space = std::min(rest.find(' '), rest.size());
    event.object = std::string(line.substr(open, address - open + 1)) + std::string(rest.substr(0, space));
    rest = trimmed(rest.substr(space));
    const auto verb_end = std::min(rest.find(' '), rest.size());
    event.verb = rest.substr(0, verb_end);
    rest.remove_prefix(verb_end);
    const auto before = number(rest);
    rest = trimmed(rest);
    if (!before || !rest.starts_with('-')) return std::nullopt;
    rest.remove_prefix(1);
    const auto after = number(rest);
    if (!after || call_of(event.verb).empty()) return std::nullopt;
    event.change = {*before, *after};
    event.thread = in_brackets(rest);
    if (event.thread.empty()) event.thread = in_brackets(line.substr(0, open));
    return event;
}

bool drops_last(const Event& event) {
    return call_of(event.verb) == "release" && event.change.before == 1 && event.change.after == 0;
}
bool takes(const Event& event) {
    const auto call = call_of(event.verb);
    return call == "clone" || call == "upgrade";
}

Deed deed_of(const Event& event) {
    Deed deed;
    deed.thread = event.thread;
    deed.words = event.verb + " " + std::to_string(event.change.before) + " - " +
                 std::to_string(event.change.after) + " of " + event.object;
    deed.change = event.change;
    return deed;
}

/// Goes through the log until something in it cannot be right.
class Reader {
public:
    explicit Reader(std::string_view text) {
        report_.origin = "debug log";
        for (const auto line : lines_of(text)) {
            const auto event = event_of(line);
            if (!event) {
                other_lines_ += trimmed(line).empty() ? 0 : 1;
                continue;
            }
            ++events_;
            no_thread_ += event->thread.empty() ? 1 : 0;
            if (report_.deeds.empty()) {
                look_at(*event);
            } else {
                look_for_the_drop(*event);
            }
        }
    }

    model::Result<BugReport> result() {
        const auto all =
            std::to_string(events_) + (events_ == 1 ? " change of a counter" : " changes of counters");
        if (report_.deeds.empty()) {
            return model::BadInput{
                "a debug log, " + all +
                " recognised, and nothing in it looks broken: no count goes 0→1, none is dropped below 0"};
        }
        report_.remarks.push_back(
            all + " recognised" +
            (other_lines_ == 0 ? "" : ", " + std::to_string(other_lines_) + " other lines passed over"));
        const bool certain = report_.kinds.front() != FindingKind::resurrection || dropped_before_;
        if (!certain) {
            report_.remarks.push_back(
                "no drop to 0 is written before it: if counts start at 0 in that program, nothing is broken");
        }
        if (no_thread_ > 0)
            report_.remarks.push_back("no thread is named in " + std::to_string(no_thread_) +
                                      " of them: the order alone is known");
        return std::move(report_);
    }

private:
    void look_at(const Event& event) {
        const auto dropped = dropped_.find(event.object);
        if (takes(event) && event.change.before == 0 && event.change.after > 0) {
            broken("a count goes 0→1", {FindingKind::resurrection, FindingKind::assertion},
                   "no strong count goes 0→1", event);
            dropped_before_ = dropped != dropped_.end();
            if (dropped_before_) report_.deeds.push_back(deed_of(dropped->second));
        } else if (call_of(event.verb).starts_with("release") && event.change.before == 0) {
            broken("a count is dropped below 0", {FindingKind::counter_underflow}, "no counter underflows",
                   event);
            if (dropped != dropped_.end()) report_.deeds.push_back(deed_of(dropped->second));
        }
        if (drops_last(event)) dropped_.insert_or_assign(event.object, event);
    }
    // A line is written after what it tells of: the drop before a revival may come just behind it.
    void look_for_the_drop(const Event& event) {
        if (report_.deeds.size() == 1 && event.object == broken_object_ && drops_last(event) &&
            event.thread != report_.deeds[0].thread) {
            report_.deeds.push_back(deed_of(event));
        }
    }
    void broken(std::string title, std::vector<FindingKind> kinds, std::string invariant,
                const Event& event) {
        report_.title = std::move(title);
        report_.kinds = std::move(kinds);
        report_.invariant = std::move(invariant);
        report_.deeds = {deed_of(event)};
        broken_object_ = event.object;
    }

    BugReport report_;
    std::string broken_object_;
    bool dropped_before_ = false;           ///< its last drop to 0 was written before it was revived
    std::map<std::string, Event> dropped_;  ///< by object: who took it to 0 last
    std::size_t events_ = 0;
    std::size_t other_lines_ = 0;
    std::size_t no_thread_ = 0;
};

}  // namespace

bool has_counter_lines(std::string_view text) {
    for (const auto line : lines_of(text)) {
        if (event_of(line)) return true;
    }
    return false;
}

model::Result<BugReport> parse_counter_log(std::string_view text) { return Reader(text).result(); }

}  // namespace revenant::reports
