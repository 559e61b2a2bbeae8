// Handlers of signals. Test frameworks have some, which are none of a case's business: this library has its
// own while an execution runs. Anybody else's for a signal that may come would have to be explored, and is
// refused. Of the others what the program sets is kept, and changes nothing: none comes.
#include <csignal>

#include "model/native/export.hpp"
#include "model/native/framework.hpp"
#include "model/native/machine.hpp"
#include "model/native/segments.hpp"
#include "model/native/signals.hpp"

namespace revenant::model::native {
namespace {

/// Whether the program asks within an execution.
bool is_asked(std::uintptr_t place) { return !is_code_of_the_process(place) && machine().runs(); }

/// Whether a framework asks within an execution. Anybody else is refused.
bool is_passed_over(const char* function, std::uintptr_t place) {
    if (!is_asked(place)) return false;
    if (!is_framework_code(place)) machine().not_modelled(function);
    return true;
}

/// … or for what is kept: of the signals that do come, that they are ignored, or not.
bool is_kept(const char* function, std::uintptr_t place, int signal, const struct sigaction* action) {
    if (!is_asked(place) || is_framework_code(place)) return false;
    const bool has_handler =
        action != nullptr && action->sa_handler != SIG_DFL && action->sa_handler != SIG_IGN;
    if (has_handler && Signals::may_come(signal)) machine().not_modelled(function);
    return true;
}

}  // namespace

REVENANT_EXPORT int sigaction(int signal, const struct sigaction* action, struct sigaction* before) {
    if (is_kept("sigaction", REVENANT_PLACE, signal, action)) {
        return signals().set(signal, action, before);
    }
    if (is_passed_over("sigaction", REVENANT_PLACE)) {
        if (before != nullptr) *before = {};
        return 0;
    }
    using Function = int(int, const struct sigaction*, struct sigaction*);
    return next_function<Function>("sigaction")(signal, action, before);
}
REVENANT_EXPORT sighandler_t signal(int signal, sighandler_t handler) noexcept {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    if (is_kept("signal", REVENANT_PLACE, signal, &action)) {
        struct sigaction before {};
        return signals().set(signal, &action, &before) == 0 ? before.sa_handler : SIG_ERR;
    }
    if (is_passed_over("signal", REVENANT_PLACE)) return SIG_DFL;
    return next_function<sighandler_t(int, sighandler_t)>("signal")(signal, handler);
}
REVENANT_EXPORT int sigaltstack(const stack_t* stack, stack_t* before) {
    if (is_passed_over("sigaltstack", REVENANT_PLACE)) {
        if (before != nullptr) *before = {};
        return 0;
    }
    using Function = int(const stack_t*, stack_t*);
    return next_function<Function>("sigaltstack")(stack, before);
}

}  // namespace revenant::model::native
