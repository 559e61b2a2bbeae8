// BugReport: what somebody has sent, as far as it is understood.
//
// It is text written by other programs, of many versions, cut and quoted on its way. It is read in layers:
// text/ takes off what carried it, formats/ knows who writes what, operations/ knows what the functions do,
// and question.hpp says what it looks like. Each takes what it knows and says what it does not; no text
// crashes them (fuzz/import_fuzzer.cpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/outcome.hpp"
#include "model/result.hpp"
#include "model/stop_token.hpp"

namespace revenant::reports {

class Vocabulary;

/// A line of a stack.
struct Frame {
    std::string function;  ///< as it was printed; may be empty
    std::string file;      ///< as it was printed; empty: not known
    unsigned line = 0;
};

/// A change of a counter, as a log has it. A count below 0 is negative, whatever the type of the counter.
struct CounterChange {
    std::int64_t before = 0;
    std::int64_t after = 0;
};

enum class Act : std::uint8_t {
    unknown,
    read,
    write,
    atomic_read,
    atomic_write,
    free,
    moved,  ///< freed because it was given more room elsewhere: `realloc`
    allocate,
    count,  ///< a counter was changed
};

/// What one thread did.
struct Deed {
    std::string thread;  ///< `T2`, `main thread`, `4711`; empty: it is not said
    std::string words;   ///< `read of 8 bytes`, `free`, `deref 1 - 0`
    std::vector<Frame> stack;
    std::optional<CounterChange> change;
    /// The operation that it is a part of, in the words of the scenarios (`intern`, `release`); empty: none
    /// was recognised, so that it is a use by whoever holds the object, or nothing is known of it.
    std::string call = {};
    bool any_call = false;  ///< nothing is known of it
    Act act = Act::unknown;
};

/// Who has written it; what of its order can be trusted depends on it.
enum class Origin : std::uint8_t {
    address_sanitizer,
    thread_sanitizer,
    leak_sanitizer,
    valgrind,
    kernel,
    log,
    steps
};

struct BugReport {
    std::string origin;  ///< `AddressSanitizer`, `debug log`, `KASAN`, as it calls itself
    Origin of = Origin::address_sanitizer;
    std::string title;                      ///< in its own words: `heap-use-after-free`
    std::vector<model::FindingKind> kinds;  ///< what a search may call it; the likeliest first
    std::string invariant;                  ///< the rule that looks broken
    /// The deed that broke it, and the one that it collided with, if that is told.
    std::vector<Deed> deeds;
    std::vector<std::string> missing;  ///< what a whole one would say and this one does not
    std::vector<std::string> remarks;  ///< what was not recognised, and what was left alone
    std::uint64_t address = 0;         ///< of the object; 0: not told
    bool shows_lookup = false;         ///< a log has a line in which the object is looked up
};

struct Reading {
    std::size_t number = 1;                  ///< of the reports in one text, which to read
    const Vocabulary* vocabulary = nullptr;  ///< null: the standard one
    model::StopToken stop = {};
};

/// Errors: nothing in it is known, or nothing in it looks broken, or it is known and not read; the line says
/// which, and what would do. Or `stop` was requested in the meantime.
[[nodiscard]] model::Result<BugReport> parse_bug_report(std::string_view text, const Reading& reading = {});

/// What was recognised, for a person.
[[nodiscard]] std::string to_text(const BugReport& report);

/// The functions of a stack that a person wrote, innermost first; at most so many.
[[nodiscard]] std::vector<const Frame*> own_frames(const std::vector<Frame>& stack, std::size_t max);

}  // namespace revenant::reports
