// What test frameworks ask of the system: handlers of signals, which this library has its own of while an
// execution runs, and processes for tests that die, which there is no model of.
#include <sched.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "model/native/export.hpp"
#include "model/native/framework.hpp"
#include "model/native/machine.hpp"
#include "model/native/segments.hpp"

namespace revenant::model::native {
namespace {

/// Whether the program asks within an execution.
bool is_asked(std::uintptr_t place) { return !is_code_of_the_process(place) && machine().runs(); }

void refuse(const char* function, std::uintptr_t place) {
    if (is_asked(place)) machine().not_modelled(function);
}

/// Whether a framework asks within an execution. Anybody else is refused.
bool is_passed_over(const char* function, std::uintptr_t place) {
    if (!is_asked(place)) return false;
    if (!is_framework_code(place)) machine().not_modelled(function);
    return true;
}

}  // namespace

REVENANT_EXPORT int sigaction(int signal, const struct sigaction* action, struct sigaction* before) {
    if (is_passed_over("sigaction", REVENANT_PLACE)) {
        if (before != nullptr) *before = {};
        return 0;
    }
    using Function = int(int, const struct sigaction*, struct sigaction*);
    return next_function<Function>("sigaction")(signal, action, before);
}
REVENANT_EXPORT int sigaltstack(const stack_t* stack, stack_t* before) {
    if (is_passed_over("sigaltstack", REVENANT_PLACE)) {
        if (before != nullptr) *before = {};
        return 0;
    }
    using Function = int(const stack_t*, stack_t*);
    return next_function<Function>("sigaltstack")(stack, before);
}
REVENANT_EXPORT int raise(int signal) {
    refuse("raise", REVENANT_PLACE);
    return next_function<int(int)>("raise")(signal);
}
REVENANT_EXPORT pid_t fork() {
    refuse("fork", REVENANT_PLACE);
    return next_function<pid_t()>("fork")();
}
REVENANT_EXPORT int clone(int (*function)(void*), void* stack, int flags, void* argument, ...) {
    refuse("clone", REVENANT_PLACE);
    using Function = int(int (*)(void*), void*, int, void*, ...);
    return next_function<Function>("clone")(function, stack, flags, argument);
}
REVENANT_EXPORT int pipe(int* ends) {
    refuse("pipe", REVENANT_PLACE);
    return next_function<int(int*)>("pipe")(ends);
}
REVENANT_EXPORT int socket(int domain, int type, int protocol) {
    refuse("socket", REVENANT_PLACE);
    return next_function<int(int, int, int)>("socket")(domain, type, protocol);
}
REVENANT_EXPORT int connect(int socket, const struct sockaddr* address, socklen_t size) {
    refuse("connect", REVENANT_PLACE);
    using Function = int(int, const struct sockaddr*, socklen_t);
    return next_function<Function>("connect")(socket, address, size);
}
REVENANT_EXPORT pid_t waitpid(pid_t process, int* status, int options) {
    refuse("waitpid", REVENANT_PLACE);
    return next_function<pid_t(pid_t, int*, int)>("waitpid")(process, status, options);
}

}  // namespace revenant::model::native
