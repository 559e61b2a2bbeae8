#include "harness/torture/orphans.hpp"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <string>
#include <vector>

namespace revenant::harness::torture {
namespace {

// Those that have ended already are asked for their status, and are gone with it.
bool any_left() {
    while (true) {
        const auto ended = ::waitpid(-1, nullptr, WNOHANG);
        if (ended == 0) return true;
        if (ended < 0) return false;
    }
}

std::vector<pid_t> living() {
    std::ifstream in("/proc/thread-self/children");
    std::vector<pid_t> all;
    for (pid_t one = 0; in >> one;) all.push_back(one);
    return all;
}

}  // namespace

void adopt_orphans() { ::prctl(PR_SET_CHILD_SUBREAPER, 1); }

std::size_t orphans_left(double patience_seconds, model::StopToken stop) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(patience_seconds);
    while (any_left()) {
        if (std::chrono::steady_clock::now() < end && !stop.stop_requested()) {
            ::poll(nullptr, 0, 5);
            continue;
        }
        std::size_t left = 0;
        // One that is killed may have children, which are ours then.
        for (auto those = living(); !those.empty(); those = living()) {
            left += those.size();
            for (const auto one : those) ::kill(one, SIGKILL);
            for (const auto one : those) ::waitpid(one, nullptr, 0);
        }
        return std::max<std::size_t>(left, 1);
    }
    return 0;
}

}  // namespace revenant::harness::torture
