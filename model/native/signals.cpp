#include "model/native/signals.hpp"

#include <cerrno>

#include "model/native/export.hpp"
#include "model/native/machine.hpp"

namespace revenant::model::native {

constinit Signals the_signals;

bool Signals::may_come(int signal) {
    switch (signal) {
        case SIGSEGV:
        case SIGBUS:
        case SIGFPE:
        case SIGILL:
        case SIGABRT:
        case SIGPIPE:
        case SIGALRM:
        case SIGPROF:
        case SIGVTALRM:
        case SIGXCPU: return true;
        default: return false;
    }
}

void Signals::remember() {
    for (int i = 1; i <= signals_max; ++i) {
        struct sigaction found {};
        const bool is_known = ::sigaction(i, nullptr, &found) == 0;
        const bool is_ours = is_own_code(reinterpret_cast<std::uintptr_t>(found.sa_sigaction));
        auto& kept = at_first_[static_cast<std::size_t>(i)];
        kept = {};
        if (is_known && !is_ours) kept = found;
    }
    now_ = at_first_;
    is_changed_ = false;
}

void Signals::begin() {
    if (is_changed_) now_ = at_first_;
    is_changed_ = false;
}

int Signals::set(int signal, const struct sigaction* action, struct sigaction* before) {
    const bool is_one = signal >= 1 && signal <= signals_max && signal != 32 && signal != 33;
    if (!is_one || (action != nullptr && (signal == SIGKILL || signal == SIGSTOP))) {
        errno = EINVAL;
        return -1;
    }
    auto& now = now_[static_cast<std::size_t>(signal)];
    const auto was = now;
    if (action != nullptr) {
        now = *action;
        is_changed_ = true;
    }
    if (before != nullptr) *before = was;
    return 0;
}

bool Signals::ignores(int signal) const {
    return now_[static_cast<std::size_t>(signal)].sa_handler == SIG_IGN;
}

void Signals::unblocked(std::uintptr_t place) const {
    auto& all = machine();
    auto& own = all.self();
    if (!own.has_broken_pipe || (own.blocked_signals & bit_of_signal(SIGPIPE)) != 0) return;
    if (!ignores(SIGPIPE)) all.fail({FindingKind::assertion, broken_pipe, 0, 0, -1, nobody, place});
    own.has_broken_pipe = false;
}

}  // namespace revenant::model::native
