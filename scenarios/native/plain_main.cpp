// A program as it is, with a main of its own, built for the sanitizer. WRONG ON PURPOSE with an argument.
#include <atomic>
#include <cstdio>
#include <thread>

int main(int argc, char**) {
    std::atomic<int> count{0};
    int plain = 0;
    std::thread other([&] {
        count.fetch_add(1);
        if (argc > 1) ++plain;
    });
    count.fetch_add(1);
    if (argc > 1) ++plain;
    other.join();
    std::printf("count: %d\n", count.load());
    return count == 2 ? 0 : 1;
}
