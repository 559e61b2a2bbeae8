// What lies behind a leak that each execution has. WRONG ON PURPOSE.
#include <atomic>
#include <revenant/explore.hpp>
#include <thread>

namespace {

int* volatile nowhere = nullptr;  // volatile: or a compiler leaves out what nobody uses

void leak() {
    nowhere = new int(1);
    nowhere = nullptr;
}

}  // namespace

REVENANT_EXPLORE("a leak alone") { leak(); }

REVENANT_EXPLORE("a leak, and a lost update") {
    leak();
    std::atomic<int> count{0};
    std::thread other([&] { count = count + 1; });
    count = count + 1;
    other.join();
    REVENANT_ENSURE(count == 2);
}

REVENANT_EXPLORE("a leak, a data race, and what it was to prevent") {
    leak();
    std::atomic<int> inside{0};
    bool is_taken = false;
    const auto enter = [&] {
        if (is_taken) return;
        is_taken = true;
        REVENANT_ENSURE(++inside == 1);
        --inside;
        is_taken = false;
    };
    std::thread other(enter);
    enter();
    other.join();
}

REVENANT_EXPLORE("a data race, a leak in one order, and a failure in the other") {
    static int count;
    count = 0;
    std::thread other([] { count = 1; });
    const int seen = count;
    if (seen == 0) leak();
    other.join();
    REVENANT_ENSURE(seen != 1);
}
