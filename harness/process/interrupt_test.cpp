// Each case in a process of its own: a signal that ends the program is part of what is promised.
#include "harness/process/interrupt.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>

namespace revenant::harness {
namespace {

struct End {
    int status = -1;
    int signal = 0;
};

End in_child(const std::function<int()>& body) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) ::_exit(body());
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    if (WIFSIGNALED(status)) return {-1, WTERMSIG(status)};
    return {WEXITSTATUS(status), 0};
}

TEST_CASE("a first signal asks to stop, and the program goes on") {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        CAPTURE(signal);
        const auto end = in_child([&] {
            const auto stop = watch_for_interrupt();
            if (stop.stop_requested()) return 1;
            std::raise(signal);
            return stop.stop_requested() ? 0 : 2;
        });
        CHECK(end.status == 0);
    }
}

TEST_CASE("the same wish passed on at once, by a parent say, does not end the program") {
    const auto end = in_child([] {
        const auto stop = watch_for_interrupt();
        for (int i = 0; i < 100; ++i) std::raise(i % 2 == 0 ? SIGINT : SIGTERM);
        return stop.stop_requested() ? 0 : 1;
    });
    CHECK(end.status == 0);
}

TEST_CASE("a second wish, a second later, ends the program by its signal") {
    const auto end = in_child([] {
        static_cast<void>(watch_for_interrupt());
        std::raise(SIGINT);
        ::usleep(1'100'000);
        std::raise(SIGINT);
        return 0;
    });
    CHECK(end.signal == SIGINT);
}

TEST_CASE("an interrupt of another process of the search is heard like a signal") {
    const auto end = in_child([] {
        const auto stop = watch_for_interrupt();
        interrupt();
        return stop.stop_requested() ? 0 : 1;
    });
    CHECK(end.status == 0);
}

}  // namespace
}  // namespace revenant::harness
