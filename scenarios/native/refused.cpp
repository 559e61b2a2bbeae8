// A program that goes on in another process, in the same memory: there is no model of that, and it is
// refused.
#include <unistd.h>

int main() {
    if (::vfork() == 0) ::_exit(0);
    return 0;
}
