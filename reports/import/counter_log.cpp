#include "reports/import/counter_log.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

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

// A text in square brackets that is not the level of the line; the first one.
std::string in_brackets(std::string_view text) {
    while (true) {
        const auto open = text.find('[');
        const auto close = open == text.npos ? text.npos : text.find(']', open);
        if (close == text.npos) return {};
        const auto inside = trimmed(text.substr(open + 1, close - open - 1));
        const auto is = [&](std::string_view level) { return inside == level; };
        constexpr std::string_view levels[] = {"info",  "INFO", "debug", "DEBUG", "trace",
                                               "TRACE", "warn", "WARN",  "error", "ERROR"};
        if (!inside.empty() && std::ranges::none_of(levels, is)) return std::string(inside);
        text.remove_prefix(close + 1);
    }
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
    rest = trimmed(rest.substr(1));
    const bool below = rest.starts_with('-');  // a signed count has gone under
    if (below) rest.remove_prefix(1);
    const auto after = number(rest);
    if (!after || call_of(event.verb).empty()) return std::nullopt;
    event.change = {*before, below ? ~std::uint64_t{0} : *after};
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

/// What is known of one object's count.
struct Life {
    std::optional<Event> born;     ///< a first line of 0→1: a count that starts at 0, or a revival
    std::optional<Event> dropped;  ///< who took it to 0 last
};

/// Goes through the log until something in it cannot be right.
///
/// A count may start at 1 or at 0, and its memory may be used again. So 0→1 is a revival behind a drop to 0,
/// unless counts of that type have been seen to start at 0; and where it is an object's first line, only if
/// two drops to 0 follow with nothing between that would allow for the second. (A line is written after
/// what it tells of: the drop before a revival may come just behind it.)
class Reader {
public:
    explicit Reader(std::string_view text) {
        report_.origin = "debug log";
        for (Lines lines(text); lines.next();) {
            const auto event = event_of(lines.line());
            if (!event) {
                other_lines_ += trimmed(lines.line()).empty() ? 0 : 1;
                continue;
            }
            ++events_;
            no_thread_ += event->thread.empty() ? 1 : 0;
            if (report_.deeds.empty()) look_at(*event);
        }
    }

    model::Result<BugReport> result() {
        const auto all =
            std::to_string(events_) + (events_ == 1 ? " change of a counter" : " changes of counters");
        if (report_.deeds.empty()) {
            return model::BadInput{
                "a debug log, " + all + " recognised, and nothing in it looks broken: no count goes 0→1" +
                (births_.empty() ? "" : " but where it may start") + ", none is dropped below 0"};
        }
        report_.remarks.push_back(
            all + " recognised" +
            (other_lines_ == 0 ? "" : ", " + std::to_string(other_lines_) + " other lines passed over"));
        if (no_thread_ > 0)
            report_.remarks.push_back("no thread is named in " + std::to_string(no_thread_) +
                                      " of them: the order alone is known");
        return std::move(report_);
    }

private:
    static std::string type_of(const Event& event) { return event.object.substr(0, event.object.find(' ')); }

    void look_at(const Event& event) {
        const bool first_line = !lives_.contains(event.object);
        auto& life = lives_[event.object];
        if (takes(event) && event.change.before == 0 && event.change.after > 0) {
            if (life.dropped && !births_.contains(type_of(event))) return revived(event, *life.dropped);
            if (first_line) births_.insert(type_of(event));
            life = {event, std::nullopt};
        } else if (call_of(event.verb).starts_with("release") && event.change.before == 0) {
            broken("a count is dropped below 0", FindingKind::counter_underflow, "no counter underflows",
                   event);
            if (life.dropped) report_.deeds.push_back(deed_of(*life.dropped));
        } else if (drops_last(event)) {
            if (life.born && life.dropped)
                return revived(*life.born, other_than(*life.born, *life.dropped, event));
            life.dropped = event;
        }
    }
    static const Event& other_than(const Event& revival, const Event& first, const Event& second) {
        return first.thread == revival.thread ? second : first;
    }
    void revived(const Event& revival, const Event& drop) {
        broken("a count goes 0→1", FindingKind::resurrection, "no strong count goes 0→1", revival);
        report_.kinds.push_back(FindingKind::assertion);  // where the code has one, it speaks first
        report_.deeds.push_back(deed_of(drop));
    }
    void broken(std::string title, FindingKind kind, std::string invariant, const Event& event) {
        report_.title = std::move(title);
        report_.kinds = {kind};
        report_.invariant = std::move(invariant);
        report_.deeds = {deed_of(event)};
    }

    BugReport report_;
    std::map<std::string, Life> lives_;  ///< by object
    std::set<std::string> births_;       ///< types whose counts have been seen to begin with 0→1
    std::size_t events_ = 0;
    std::size_t other_lines_ = 0;
    std::size_t no_thread_ = 0;
};

}  // namespace

bool has_counter_lines(std::string_view text) {
    for (Lines lines(text); lines.next();) {
        if (event_of(lines.line())) return true;
    }
    return false;
}

model::Result<BugReport> parse_counter_log(std::string_view text) { return Reader(text).result(); }

}  // namespace revenant::reports
