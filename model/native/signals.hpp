// Signals: what the program has said about each signal that comes to the process. None comes but those of its
// own faults and SIGPIPE, so that a handler of any other is remembered, and never called.
//
// Whoever changes it asks `Machine::runs`: each execution begins with what there was before the first.
#pragma once

#include <array>
#include <csignal>
#include <cstdint>

namespace revenant::model::native {

inline constexpr const char* broken_pipe =
    "the program writes to a pipe or socket that nobody reads (SIGPIPE)";

[[nodiscard]] constexpr std::uint64_t bit_of_signal(int signal) {
    return std::uint64_t{1} << static_cast<unsigned>(signal - 1);
}

class Signals {
public:
    /// SIGKILL, SIGSTOP and the two that libc has for itself.
    static constexpr std::uint64_t never_blocked =
        bit_of_signal(SIGKILL) | bit_of_signal(SIGSTOP) | bit_of_signal(32) | bit_of_signal(33);

    /// Whether it may come to the program, or this library takes it: a handler of it has no model.
    [[nodiscard]] static bool may_come(int signal);
    /// Before this library takes any.
    void remember();
    void begin();
    /// As sigaction has it. `action` null: nothing is changed.
    int set(int signal, const struct sigaction* action, struct sigaction* before);
    [[nodiscard]] bool ignores(int signal) const;
    /// The current thread has changed what it blocks: a signal that was on its way may come now.
    void unblocked(std::uintptr_t place) const;

private:
    static constexpr int signals_max = 64;
    using Actions = std::array<struct sigaction, signals_max + 1>;
    Actions at_first_{};
    Actions now_{};
    bool is_changed_ = false;
};

extern constinit Signals the_signals;
[[nodiscard]] inline Signals& signals() { return the_signals; }

}  // namespace revenant::model::native
