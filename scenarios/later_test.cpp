// Threads of a body that are started and joined by others, in the model: the example of the page.
#include <doctest/doctest.h>

#include "scenarios/body.hpp"
#include "scenarios/test_body_search.hpp"

namespace revenant::scenarios {
namespace {

using P = model::relacy::relacy_platform;

/// WRONG ON PURPOSE where the writer is not joined: the page may be printed before it is written.
template <class P, bool joins>
struct Printing {
    void operator()(scenario<P>& s) const {
        auto& page = s.template make<typename P::template var<int>>("page", 0, cell_name{"text"});
        auto& writer = s.later("writer", [&] { page.set(page.get() + 1); });
        s.thread("printer", [&] {
            page.set(1);
            writer.start();
            if (joins) writer.join();
            s.require(page.get() == 2, "what is printed has been written");
        });
    }
};

/// A thread that another one starts starts a third, and the body starts the first.
template <class P>
struct Chain {
    void operator()(scenario<P>& s) const {
        auto& steps = s.template make<typename P::template var<int>>("steps", 0, cell_name{"value"});
        auto& third = s.later("third", [&] { steps.set(steps.get() * 10 + 3); });
        auto& second = s.later("second", [&] {
            steps.set(steps.get() * 10 + 2);
            third.start();
        });
        auto& first = s.later("first", [&] {
            steps.set(1);
            second.start();
            third.join();
            s.require(steps.get() == 123, "each comes after the one that has started it");
        });
        first.start();
    }
};

/// Two that are started by one thread are in no order, and both are over when they have been joined twice.
template <class P>
struct Workers {
    void operator()(scenario<P>& s) const {
        auto& done = s.template make<typename P::template atomic<int>>("done", 0, cell_name{"count"});
        const auto work = [&] { static_cast<void>(done.fetch_add(1)); };
        auto& a = s.later("a", work);
        auto& b = s.later("b", work);
        s.thread("main", [&] {
            a.start();
            b.start();
            a.join();
            b.join();
            a.join();
            s.require(done.load(std::memory_order::relaxed) == 2, "both are over");
        });
    }
};

template <class P>
struct Forgotten {
    void operator()(scenario<P>& s) const {
        auto& never = s.later("never", [] {});
        s.thread("main", [&] { never.join(); });
    }
};

template <class P>
struct Twice {
    void operator()(scenario<P>& s) const {
        auto& worker = s.later("worker", [] {});
        s.thread("main", [&] {
            worker.start();
            worker.start();
        });
    }
};

TEST_CASE("what a thread has done comes before what its joiner does, and not without the join") {
    const auto joined = searched<Printing<P, true>>(2);
    INFO((joined.finding ? joined.finding->sentence : ""));
    CHECK(joined.exhaustive);
    CHECK(joined.executions_complete == 1);
    const auto loose = searched<Printing<P, false>>(2);
    REQUIRE(loose.finding);
    CHECK(loose.finding->invariant == "what is printed has been written");
}

TEST_CASE("a thread may start another one, and the body may start one") {
    const auto chain = searched<Chain<P>>(3);
    INFO((chain.finding ? chain.finding->sentence : ""));
    CHECK(chain.exhaustive);
    CHECK(chain.executions_complete == 1);
    const auto workers = searched<Workers<P>>(3);
    INFO((workers.finding ? workers.finding->sentence : ""));
    CHECK(workers.exhaustive);
    CHECK(workers.executions_complete == 2);  // either addition comes first
}

TEST_CASE("a thread that nobody starts is a deadlock, and one that is started twice a broken rule") {
    const auto never = searched<Forgotten<P>>(2);
    REQUIRE(never.finding);
    CHECK(
        never.finding->sentence ==
        "T1 waits at scenarios/later_test.cpp:69 for never#1.start, which nobody will count down. "
        "T2 waits at scenarios/later_test.cpp:70 for never#1.end, which nobody will count down. A deadlock.");
    const auto twice = searched<Twice<P>>(2);
    REQUIRE(twice.finding);
    CHECK(twice.finding->sentence.find("a latch is counted down to 0 and no further") != std::string::npos);
}

}  // namespace
}  // namespace revenant::scenarios
