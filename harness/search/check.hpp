// check: a race in a few lines, inside a test of whatever framework:
//
//   TEST_CASE("find against the last drop") {
//       using P = revenant::world;
//       CHECK(revenant::check<P>(3, [](auto& s) { … }));
//   }
//
// The body is a scenario's: <revenant/scenarios/body.hpp>. A result is printed as the interleaving in
// columns, with the rule that it breaks and the schedule.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>

#include <revenant/catalogue.hpp>
#include <revenant/model/outcome.hpp>
#include <revenant/model/program.hpp>
#include <revenant/scenarios/body.hpp>

namespace revenant {

struct check_options {
    /// How the report names it.
    std::string name = "check";
    /// Executions at most. Without: a million; what takes more is undecided.
    std::optional<std::uint64_t> executions = {};
    /// No stale reads and no spurious failures: the switches of threads are all that is searched.
    bool newest_only = false;
};

/// What a search came to.
class [[nodiscard]] check_result {
public:
    check_result(model::Outcome outcome, std::string text)
        : outcome_(std::move(outcome)), text_(std::move(text)) {}

    /// Whether every execution was explored, and none breaks a rule. What is undecided has not passed.
    [[nodiscard]] explicit operator bool() const { return verdict() == model::Verdict::correct; }
    [[nodiscard]] model::Verdict verdict() const { return outcome_.verdict; }
    /// The kind of what was found, or nothing.
    [[nodiscard]] std::optional<model::FindingKind> found() const {
        if (!outcome_.finding) return std::nullopt;
        return outcome_.finding->kind;
    }
    [[nodiscard]] std::uint64_t executions() const { return outcome_.executions_complete; }
    /// The interleaving in columns; of one without a finding, a line that says what was searched. A line more
    /// if the body would have far fewer executions with a mutex in place of a lock of its own.
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    model::Outcome outcome_;
    std::string text_;
};

std::ostream& operator<<(std::ostream& to, const check_result& result);

namespace detail {
[[nodiscard]] check_result check_program(const std::function<std::unique_ptr<model::Program>(unsigned)>& make,
                                         unsigned threads, const check_options& options);
}  // namespace detail

/// Searches every interleaving of the body with so many threads, up to equivalence, in the model's world. `P`
/// is the platform that the body is called with: revenant::world. A body may capture what lives as long as
/// the call, and keeps no state of its own. Errors: a std::invalid_argument if no model runs so many threads.
/// Thread-safety: one at a time in a process.
template <class P, class Body>
[[nodiscard]] check_result check(unsigned threads, Body body, const check_options& options = {}) {
    return detail::check_program(
        [body](unsigned count) { return std::make_unique<body_program<P, Body>>(count, body); }, threads,
        options);
}

}  // namespace revenant
