// log_scope: the scoped debug log, one line an event, switched on for each type by an environment
// variable: REVENANT_LOG=SSLConfig,Registry (or REVENANT_LOG=* for all of them).
//
// A line is `<Type> 0x… ref 0 - 1 [4711]`, the last number the thread's. It is written with one write(2), so
// that lines of two threads do not mix. Writing takes long enough to widen a race's window; that is how the
// original bug was first caught, and why the stress offers it as noise.
//
// Thread-safety: all members may be called from any thread. The variable is read once a scope.
#pragma once

#include <cstdint>
#include <string_view>

namespace revenant {

class log_scope {
public:
    /// `name` must have static storage duration.
    explicit log_scope(const char* name) noexcept;

    [[nodiscard]] bool enabled() const noexcept { return enabled_; }

    /// `<Type> 0x… <verb> <from> - <to> [<thread>]`, for a change of a counter.
    void count(const void* object, const char* verb, std::uint32_t from, std::uint32_t to) const noexcept;
    /// `<Type> 0x… <text> [<thread>]`, or `… refcount=N [<thread>]` when a count is given.
    void event(const void* object, const char* text) const noexcept;
    void event(const void* object, const char* text, std::uint32_t refcount) const noexcept;

    /// Whether the comma-separated list names the scope. Pure; for tests.
    [[nodiscard]] static bool selects(std::string_view list, std::string_view name) noexcept;

private:
    const char* name_;
    bool enabled_;
};

}  // namespace revenant
