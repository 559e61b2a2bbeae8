// A program as it is, with a main of its own, built for the sanitizer. WRONG ON PURPOSE with -p, which
// getopt has to find in each execution.
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <thread>

int main(int argc, char** argv) {
    const bool counts_plainly = getopt(argc, argv, "p") == 'p';
    std::atomic<int> count{0};
    int plain = 0;
    std::thread other([&] {
        count.fetch_add(1);
        if (counts_plainly) ++plain;
    });
    count.fetch_add(1);
    if (counts_plainly) ++plain;
    other.join();
    std::printf("count: %d\n", count.load());
    return count == 2 ? 0 : 1;
}
