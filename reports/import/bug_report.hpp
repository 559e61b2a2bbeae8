// BugReport: what somebody has sent, as far as it is understood: a sanitizer's report, or the scoped debug
// log.
//
// It is text written by other programs, of many versions, cut and quoted on its way. The parsers take what
// they know and say what they do not; no text crashes them (fuzz/import_fuzzer.cpp).
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

/// A line of a stack.
struct Frame {
    std::string function;  ///< as it was printed; may be empty
    std::string file;      ///< as it was printed; empty: not known
    unsigned line = 0;
};

/// A change of a counter, as the debug log has it.
struct CounterChange {
    std::uint64_t before = 0;
    std::uint64_t after = 0;
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
};

struct BugReport {
    std::string origin;  ///< `AddressSanitizer`, `ThreadSanitizer`, `LeakSanitizer`, `debug log`
    std::string title;   ///< in its own words: `heap-use-after-free`
    std::vector<model::FindingKind> kinds;  ///< what a search may call it; the likeliest first
    std::string invariant;                  ///< the rule that looks broken
    /// The deed that broke it, and the one that it collided with, if that is told.
    std::vector<Deed> deeds;
    std::vector<std::string> remarks;  ///< what was not recognised, and what was left alone
};

/// Errors: nothing in it is known, or nothing in it looks broken; the line says which, and what would do. Or
/// `stop` was requested in the meantime.
[[nodiscard]] model::Result<BugReport> parse_bug_report(std::string_view text, model::StopToken stop = {});

/// What was recognised, for a person.
[[nodiscard]] std::string to_text(const BugReport& report);

}  // namespace revenant::reports
