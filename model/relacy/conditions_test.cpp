// Condition variables and what is done once, in the model world.
#include <doctest/doctest.h>

#include <chrono>
#include <regex>
#include <set>
#include <stdexcept>

#include "model/relacy/test_search.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;
using namespace std::chrono_literals;

struct Box {
    P::mutex mutex{{"mutex"}};
    P::condition_variable filled{{"filled"}};
    P::var<int> ready{0, {"ready"}};
    P::var<int> woken{0, {"woken"}};
};

struct Handed {
    using Shared = Box;
    static void act(unsigned index, Box& box) {
        if (index == 0) {
            {
                const scoped_lock lock(box.mutex);
                box.ready.set(1);
            }
            box.filled.notify_all();
        } else {
            unique_lock lock(box.mutex);
            box.filled.wait(lock, [&] { return box.ready.get() == 1; });
        }
    }
};
struct WaitsForOneOfTwo : Handed {  // one is woken, and the other one would wait for ever
    static void act(unsigned index, Box& box) {
        if (index != 0) return Handed::act(index, box);
        {
            const scoped_lock lock(box.mutex);
            box.ready.set(1);
        }
        box.filled.notify_one();
    }
};
struct NotifiesTooEarly : Handed {  // and waits without a look
    static void act(unsigned index, Box& box) {
        if (index == 0) {
            const scoped_lock lock(box.mutex);
            box.filled.notify_one();
        } else {
            unique_lock lock(box.mutex);
            box.filled.wait(lock);
        }
    }
};
struct LooksOnce : Handed {  // does not look again: a thread may wake up by itself
    static void act(unsigned index, Box& box) {
        if (index == 0) return Handed::act(index, box);
        unique_lock lock(box.mutex);
        if (box.ready.get() == 0) box.filled.wait(lock);
        P::check(box.ready.get() == 1, check_kind::assertion, "who is woken finds the box filled");
    }
};
struct SetsWithoutTheMutex {  // between the look and the wait
    struct Shared : Box {
        P::atomic<int> flag{0, {"flag"}};
    };
    static void act(unsigned index, Shared& box) {
        if (index == 0) {
            box.flag.store(1, std::memory_order::release);
            box.filled.notify_one();
        } else {
            unique_lock lock(box.mutex);
            box.filled.wait(lock, [&] { return box.flag.load(std::memory_order::acquire) == 1; });
        }
    }
};
struct WaitsWithoutIt : Handed {
    static void act(unsigned, Box& box) {
        unique_lock lock(box.mutex, std::defer_lock);
        box.filled.wait(lock);
    }
};

TEST_CASE("a thread that waits for what comes goes on") {
    for (const unsigned threads : {2u, 3u}) {
        const auto outcome = searched<Handed>(threads, threads == 2);
        CHECK(outcome.verdict == Verdict::correct);
        CHECK(outcome.exhaustive);
    }
    CHECK(searched<WaitsForOneOfTwo>(2).verdict == Verdict::correct);
}

TEST_CASE_TEMPLATE("a lost wake-up is a deadlock, and the sentence names who waits for what", Act,
                   NotifiesTooEarly, SetsWithoutTheMutex) {
    const auto outcome = searched<Act>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::deadlock);
    const std::regex words(
        "T2 waits at [^ ]+conditions_test.cpp:\\d+ for shared#1.filled, which nobody will notify\\. "
        "A deadlock\\.");
    CHECK_MESSAGE(std::regex_match(outcome.finding->sentence, words), outcome.finding->sentence);
    CHECK(listing(outcome).find("T2 shared#1.filled cv wait\nT2 shared#1.mutex unlock\n") !=
          std::string::npos);
    CHECK(listing(outcome).find("T1 shared#1.filled cv notify_one\n") != std::string::npos);
    check_replay<Act>(outcome);
}

TEST_CASE("one notification wakes one of two: the other waits for ever, either of them") {
    std::set<std::string> sentences;
    const auto outcome = searched<WaitsForOneOfTwo>(3, false);
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::deadlock);
    check_replay<WaitsForOneOfTwo>(outcome);
}

TEST_CASE("a thread wakes up by itself, once") {
    const auto outcome = searched<LooksOnce>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::assertion);
    CHECK(listing(outcome).find("T2 shared#1.filled cv wait, to wake up by itself\n") != std::string::npos);
    check_replay<LooksOnce>(outcome);
}

TEST_CASE("a thread that waits holds the mutex") {
    const auto outcome = searched<WaitsWithoutIt>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->invariant == "a thread that waits holds the mutex");
}

struct InTime : Handed {
    static void act(unsigned index, Box& box) {
        if (index == 0) return Handed::act(index, box);
        unique_lock lock(box.mutex);
        const bool found = box.filled.wait_for(lock, 1h, [&] { return box.ready.get() == 1; });
        P::check(found == (box.ready.get() == 1), check_kind::assertion, "what it says is so");
    }
};
struct TakesTimeForGranted : Handed {
    static void act(unsigned index, Box& box) {
        if (index == 0) return Handed::act(index, box);
        unique_lock lock(box.mutex);
        box.filled.wait_for(lock, 1h, [&] { return box.ready.get() == 1; });
        P::check(box.ready.get() == 1, check_kind::assertion, "an hour is enough");
    }
};
struct TimeOutSavesIt : Handed {  // a wake-up is lost, and the time limit is the way out
    static void act(unsigned index, Box& box) {
        if (index == 0) {
            box.filled.notify_one();
            const scoped_lock lock(box.mutex);
            box.ready.set(1);
        } else {
            unique_lock lock(box.mutex);
            while (box.ready.get() == 0) {
                static_cast<void>(box.filled.wait_until(lock, std::chrono::steady_clock::time_point{}));
            }
        }
    }
};
struct TimeAndAgain : Handed {
    static void act(unsigned index, Box& box) {
        unique_lock lock(box.mutex);
        while (index == 0 && box.ready.get() == 0) static_cast<void>(box.filled.wait_for(lock, 1ms));
    }
};

TEST_CASE_TEMPLATE("a wait with a time limit ends either way", Act, InTime, TimeOutSavesIt) {
    const auto outcome = searched<Act>();
    INFO(listing(outcome));
    CHECK(outcome.verdict == Verdict::correct);
    CHECK(outcome.exhaustive);
}

TEST_CASE("the time may be out, however long it is") {
    const auto outcome = searched<TakesTimeForGranted>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::assertion);
    CHECK(listing(outcome).find("T2 shared#1.filled cv wait over, out of time\n") != std::string::npos);
    check_replay<TakesTimeForGranted>(outcome);
}

TEST_CASE("a thread whose time is out again and again is a livelock") {
    const auto outcome = searched<TimeAndAgain>(2, false);
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::livelock);
}

struct Lazy {
    struct Shared {
        P::once_flag flag{{"flag"}};
        P::var<int> made{0, {"made"}};
        P::atomic<int> ids{0, {"ids"}};
    };
    static void act(unsigned, Shared& all) {
        P::call_once(all.flag, [&] { all.made.set(all.made.get() + 1); });
        P::check(all.made.get() == 1, check_kind::assertion, "it is made once");
    }
};
struct FirstFails : Lazy {
    static void act(unsigned, Shared& all) {
        try {
            P::call_once(all.flag, [&] {
                all.made.set(all.made.get() + 1);
                if (all.made.get() == 1) throw std::runtime_error("not yet");
            });
        } catch (const std::runtime_error&) {
        }
    }
    static void check(Shared& all) { P::check(all.made.get() == 2, check_kind::assertion, "done again"); }
};
struct InsideItself : Lazy {
    static void act(unsigned, Shared& all) {
        P::call_once(all.flag, [&] { P::call_once(all.flag, [] {}); });
    }
};
struct Numbered : Lazy {
    static void act(unsigned index, Shared& all) {
        P::check(P::this_thread_id() == index + 1, check_kind::assertion, "a thread has its number");
        all.ids.fetch_add(1, std::memory_order::relaxed);
        P::check(P::this_thread_id() == index + 1, check_kind::assertion, "and keeps it");
    }
    static void check(Shared&) {
        P::check(P::this_thread_id() == 0, check_kind::assertion, "quiescence is no thread's");
    }
};

TEST_CASE("what is done once is done by whoever comes first, and seen by all") {
    for (const unsigned threads : {2u, 3u, 4u}) {
        const auto outcome = searched<Lazy>(threads, threads == 2);
        CHECK(outcome.verdict == Verdict::correct);
        CHECK(outcome.executions_complete == threads);  // those that pass by are in no order
    }
    CHECK(searched<FirstFails>().verdict == Verdict::correct);
    const auto inside = searched<InsideItself>();
    REQUIRE(inside.finding);
    CHECK(inside.finding->kind == FindingKind::deadlock);
}

TEST_CASE("threads have small numbers, the same in each execution") {
    CHECK(searched<Numbered>(3, false).verdict == Verdict::correct);
}

}  // namespace
}  // namespace revenant::model::relacy
