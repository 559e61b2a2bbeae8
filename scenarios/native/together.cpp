// Two mutexes locked together, in code that is not optimised: of what Clang makes of it an execution cannot
// be gone on with in its middle, and the search is made again without that.
#include <mutex>
#include <revenant/explore.hpp>
#include <thread>

REVENANT_EXPLORE("two mutexes locked together, in two orders: right") {
    std::mutex a;
    std::mutex b;
    int count = 0;
    std::thread other([&] {
        const std::scoped_lock both(a, b);
        ++count;
    });
    {
        const std::scoped_lock both(b, a);
        ++count;
    }
    other.join();
    REVENANT_ENSURE(count == 2);
}

REVENANT_EXPLORE("two mutexes locked together, and a third one alone") {
    std::mutex a;
    std::mutex b;
    std::mutex c;
    int count = 0;
    std::thread other([&] {
        const std::scoped_lock both(a, b);
        ++count;
    });
    {
        const std::scoped_lock one(c);
        ++count;
    }
    other.join();
}
