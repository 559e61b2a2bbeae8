// A work list and its processes, with a search that needs no model. What Relacy explores in them:
// dpor_search_test.cpp.
#include "harness/search/jobs.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "model/search/test_writers.hpp"

namespace revenant::harness {
namespace {

using model::search::executions_of_writers;
using model::search::explore_writers;
using model::search::FewParts;
using model::search::WorkList;
using model::search::WorkSource;

bool to_the_end(const WorkList& list) { return list.finished(); }
void explore_all(WorkSource& source) { explore_writers(source); }

bool has_no_children() { return ::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD; }

TEST_CASE("the search of these tests explores every interleaving, in many parts") {
    WorkList list;
    unsigned parts = 0;
    for (; !list.finished(); ++parts) {
        FewParts one(list, 1);
        explore_writers(one);
    }
    CHECK(list.totals().complete == executions_of_writers);
    CHECK(parts > 10);
}

TEST_CASE("several processes come to the totals of one, and none is left behind") {
    for (const unsigned jobs : {1u, 2u, 3u, 8u}) {
        CAPTURE(jobs);
        WorkList list;
        CHECK(run_jobs(list, explore_all, {jobs, to_the_end}) == std::nullopt);
        CHECK(list.finished());
        CHECK(list.totals().complete == executions_of_writers);
        CHECK(has_no_children());
    }
}

TEST_CASE("once there is enough no further part is handed out, and those under way are taken in") {
    WorkList list;
    const auto ten = [](const WorkList& so_far) { return so_far.totals().complete >= 10; };
    CHECK(run_jobs(list, explore_all, {2, ten}) == std::nullopt);
    CHECK_FALSE(list.finished());
    CHECK(list.totals().complete >= 10);
    CHECK(run_jobs(list, explore_all, {2, to_the_end}) == std::nullopt);  // what is left can be gone on with
    CHECK(list.totals().complete == executions_of_writers);
}

TEST_CASE("a process that dies ends the search in one line") {
    const Explore explorers[] = {
        [](WorkSource& source) {
            static_cast<void>(source.take());
            ::raise(SIGKILL);
        },
        [](WorkSource& source) {
            static_cast<void>(source.take());
            ::_exit(0);
        },
        [](WorkSource&) { ::_exit(0); },  // before it has a part
    };
    for (const auto& explore : explorers) {
        WorkList list;
        CHECK(run_jobs(list, explore, {2, to_the_end}) == "a search process has died");
        CHECK_FALSE(list.finished());
        CHECK(has_no_children());
    }
}

}  // namespace
}  // namespace revenant::harness
