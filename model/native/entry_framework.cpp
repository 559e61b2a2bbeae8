// Handlers of signals. Test frameworks have some, which are none of a case's business: this library has its
// own while an execution runs. Anybody else's would have to be explored, and is refused; that a signal is
// ignored, or has no handler, changes nothing, as none comes.
#include <csignal>

#include "model/native/export.hpp"
#include "model/native/framework.hpp"
#include "model/native/machine.hpp"
#include "model/native/segments.hpp"

namespace revenant::model::native {
namespace {

/// Whether the program asks within an execution.
bool is_asked(std::uintptr_t place) { return !is_code_of_the_process(place) && machine().runs(); }

/// Whether somebody asks within an execution for what changes nothing. Anybody else is refused.
bool is_passed_over(const char* function, std::uintptr_t place, bool is_harmless = false) {
    if (!is_asked(place)) return false;
    if (!is_harmless && !is_framework_code(place)) machine().not_modelled(function);
    return true;
}

bool has_no_handler(const struct sigaction* action) {
    return action == nullptr || action->sa_handler == SIG_DFL || action->sa_handler == SIG_IGN;
}

}  // namespace

REVENANT_EXPORT int sigaction(int signal, const struct sigaction* action, struct sigaction* before) {
    if (is_passed_over("sigaction", REVENANT_PLACE, has_no_handler(action))) {
        if (before != nullptr) *before = {};
        return 0;
    }
    using Function = int(int, const struct sigaction*, struct sigaction*);
    return next_function<Function>("sigaction")(signal, action, before);
}
REVENANT_EXPORT sighandler_t signal(int signal, sighandler_t handler) noexcept {
    const bool has_none = handler == SIG_DFL || handler == SIG_IGN;
    if (is_passed_over("signal", REVENANT_PLACE, has_none)) return SIG_DFL;
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
