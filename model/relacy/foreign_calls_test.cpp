// What code on trial does past its Platform: it is refused by name, or it works.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <utility>

#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/relacy/test_orders.hpp"
#include "model/search/dpor.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;

/// An object that each thread takes a step on, and then acts.
template <class Act>
class Acts : public Program {
public:
    void setup() override { shared_ = P::make<Shared>("shared"); }
    void thread(unsigned index) override {
        shared_->count.fetch_add(1, order);
        Act::act(index);
        shared_->count.fetch_add(1, order);
    }
    void teardown() override { P::destroy(shared_); }

private:
    struct Shared {
        P::atomic<int> count{0, {"count"}};
    };
    Shared* shared_ = nullptr;
};

std::mutex system_mutex;
std::shared_mutex system_shared_mutex;
thread_local int system_thread_local = 0;

struct LocksMutex {
    static constexpr const char* name = "std::mutex";
    static void act(unsigned) { const std::scoped_lock lock(system_mutex); }
};
struct TriesMutex {
    static constexpr const char* name = "pthread_mutex_trylock";
    static void act(unsigned) {
        if (system_mutex.try_lock()) system_mutex.unlock();
    }
};
struct LocksSharedMutex {
    static constexpr const char* name = "std::shared_mutex";
    static void act(unsigned) { const std::shared_lock lock(system_shared_mutex); }
};
struct StartsThread {
    static constexpr const char* name = "std::thread";
    static void act(unsigned) {
        std::thread([] {}).join();
    }
};
struct Yields {
    static constexpr const char* name = "std::this_thread::yield";
    static void act(unsigned) { std::this_thread::yield(); }
};
struct Sleeps {
    static constexpr const char* name = "std::this_thread::sleep_for";
    static void act(unsigned) { std::this_thread::sleep_for(std::chrono::microseconds(1)); }
};
struct WritesThreadLocal {
    static constexpr const char* name = "thread_local";
    static void act(unsigned) { ++system_thread_local; }
};

TEST_CASE_TEMPLATE("what the model cannot see is refused by name, and by the name of who does it", Act,
                   LocksMutex, TriesMutex, LocksSharedMutex, StartsThread, Yields, Sleeps,
                   WritesThreadLocal) {
    Acts<Act> program;
    search::Dpor strategy;
    ExploreOptions options;
    options.subject = "its name";
    std::string line;
    try {
        static_cast<void>(explore(program, 2, strategy, options));
    } catch (const NotModelled& refused) {
        line = refused.what();
    }
    CAPTURE(line);
    CHECK(line.find("its name: ") == 0);
    CHECK(line.find(Act::name) != std::string::npos);
}

TEST_CASE("after a refusal the next search is as any other") {
    Acts<LocksMutex> refused;
    search::Dpor first;
    CHECK_THROWS_AS(static_cast<void>(explore(refused, 2, first, {})), NotModelled);
    struct Nothing {
        static void act(unsigned) {}
    };
    Acts<Nothing> program;
    search::Dpor second;
    const auto outcome = explore(program, 2, second, {});
    CHECK(outcome.verdict == Verdict::correct);
    const std::scoped_lock lock(system_mutex);  // and what is not on trial may lock what it likes
}

TEST_CASE("each modelled thread has an id of its own, and the same one at each step") {
    static bool stays_equal = true;
    static std::array<std::thread::id, 2> by_thread;
    struct Notes {
        static void act(unsigned index) {
            stays_equal = stays_equal && std::this_thread::get_id() == std::this_thread::get_id();
            by_thread[index] = std::this_thread::get_id();
        }
    };
    Acts<Notes> program;
    search::Dpor strategy;
    CHECK(explore(program, 2, strategy, {}).verdict == Verdict::correct);
    CHECK(stays_equal);
    CHECK(by_thread[0] != by_thread[1]);
    CHECK(by_thread[0] != std::this_thread::get_id());
}

// In a child, which it ends: what it wrote to stderr, and its status.
template <class Act>
std::pair<std::string, int> in_a_child() {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const auto child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::dup2(ends[1], STDERR_FILENO);
        Acts<Act> program;
        search::Dpor strategy;
        ExploreOptions options;
        options.subject = "its name";
        options.patience_seconds = 1;
        static_cast<void>(explore(program, 2, strategy, options));
        ::_exit(0);
    }
    ::close(ends[1]);
    std::string text;
    std::array<char, 256> bytes{};
    for (ssize_t size = 0; (size = ::read(ends[0], bytes.data(), bytes.size())) > 0;) {
        text.append(bytes.data(), static_cast<std::size_t>(size));
    }
    ::close(ends[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return {text, WIFEXITED(status) ? WEXITSTATUS(status) : -1};
}

struct Blocks {
    static void act(unsigned) {
        std::array<int, 2> ends{};
        char byte = 0;
        static_cast<void>(!::pipe(ends.data()));
        static_cast<void>(!::read(ends[0], &byte, 1));  // nobody writes
    }
};
struct LoopsOverPlainData {
    static void act(unsigned) {
        static volatile int flag = 0;
        while (flag == 0) continue;
    }
};

TEST_CASE_TEMPLATE("code that blocks or loops unseen ends the process with a line", Act, Blocks,
                   LoopsOverPlainData) {
    const auto [text, status] = in_a_child<Act>();
    CHECK(text.find("revenant: its name: a modelled thread has taken no step for 1 seconds") == 0);
    CHECK(status == 70);
}

}  // namespace
}  // namespace revenant::model::relacy
