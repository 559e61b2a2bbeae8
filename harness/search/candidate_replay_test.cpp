#include "harness/search/candidate_replay.hpp"

#include <doctest/doctest.h>

namespace revenant::harness {
namespace {

using model::ChoiceKind;

model::Schedule of_two_turns() {
    model::Schedule schedule;
    schedule.threads = 2;
    schedule.choices = {{ChoiceKind::thread, 0}, {ChoiceKind::thread, 1}};
    return schedule;
}

TEST_CASE("a candidate asks for an end once the program goes on behind its schedule") {
    CandidateReplay candidate(of_two_turns());
    candidate.begin();
    CHECK(candidate.next_thread(0b11, -1) == 0);
    CHECK(candidate.next_thread(0b11, 0) == 1);
    CHECK_FALSE(candidate.stop().stop_requested());
    static_cast<void>(candidate.next_thread(0b11, 1));
    CHECK(candidate.stop().stop_requested());
    CHECK(candidate.diverged_at() == 2);
}

TEST_CASE("a candidate asks for an end where the program does not follow it") {
    CandidateReplay candidate(of_two_turns());
    candidate.begin();
    CHECK(candidate.next_thread(0b10, -1) == 1);
    CHECK(candidate.stop().stop_requested());
    CandidateReplay other(of_two_turns());
    other.begin();
    static_cast<void>(other.choose(ChoiceKind::stale_read, 2));
    CHECK(other.stop().stop_requested());
}

}  // namespace
}  // namespace revenant::harness
