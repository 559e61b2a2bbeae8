// Programs that print in each of their executions. WRONG ON PURPOSE: all but those whose names say that they
// are right.
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <revenant/explore.hpp>
#include <thread>

namespace {

void talk() {
    std::printf("words on stdout\n");
    std::cout << "more words on stdout" << std::endl;
    std::fprintf(stderr, "words on stderr\n");
    std::cerr << "more words on stderr" << std::endl;
    static_cast<void>(!::write(STDERR_FILENO, "words past libc\n", 16));
}

}  // namespace

REVENANT_EXPLORE("words in many executions: right") {
    std::atomic<int> count{0};
    std::thread other([&] {
        talk();
        for (int i = 0; i < 3; ++i) count = i;
    });
    for (int i = 0; i < 3; ++i) count = i;
    other.join();
}

REVENANT_EXPLORE("last words") {
    std::atomic<int> count{0};
    std::thread other([&] { count = count + 1; });
    count = count + 1;
    other.join();
    talk();
    if (count == 2) return;
    std::fprintf(stderr, "first\nboth should \x1b be seen: %d\n\n", count.load());
    std::abort();
}
