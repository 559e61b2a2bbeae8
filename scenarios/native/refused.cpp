// A program that goes on with stacks of its own: there is no model of that, and it is refused.
#include <ucontext.h>

int main() {
    ucontext_t here{};
    return ::swapcontext(&here, &here);
}
