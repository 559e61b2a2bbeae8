// WRONG ON PURPOSE: one mistake of each kind that a sanitizer build of ours must report. A build whose
// sanitizer is switched off, suppressed or half linked would call everything clean.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <thread>

namespace {

int use_after_free() {
    int* const number = new int(7);
    int* volatile dangling = number;
    delete number;
    return *dangling;
}

void leak() {
    int* volatile lost = new int(7);
    lost = nullptr;
    static_cast<void>(lost);
}

int data_race() {
    static int shared = 0;
    std::thread other([] { shared = 1; });
    shared = 2;
    other.join();
    return shared;
}

int undefined() {
    volatile int number = std::numeric_limits<int>::max();
    return number + 1;
}

}  // namespace

int main(int argc, char** argv) {
    const char* const kind = argc == 2 ? argv[1] : "";
    int value = 0;
    if (std::strcmp(kind, "use-after-free") == 0) {
        value = use_after_free();
    } else if (std::strcmp(kind, "leak") == 0) {
        leak();
    } else if (std::strcmp(kind, "data-race") == 0) {
        value = data_race();
    } else if (std::strcmp(kind, "undefined") == 0) {
        value = undefined();
    } else {
        std::fputs("usage: revenant-sanitizer-canary use-after-free|leak|data-race|undefined\n", stderr);
        return 2;
    }
    std::printf("nothing reported (%d)\n", value);
    return 0;
}
