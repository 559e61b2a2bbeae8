#include "model/diagnosis.hpp"

#include <doctest/doctest.h>

#include "model/trace_builder.hpp"

namespace revenant::model {
namespace {

using K = OperationKind;

/// An object with a strong count and contents, made in setup (step 1).
struct Object : TraceBuilder {
    BlockId block = make(setup_thread, "config");
    CellId strong = cell(block, "strong", cell_role::strong_count);
    CellId data = cell(block, "data");

    Finding diagnosed(FindingKind kind, const char* text = "", int step = -1) const {
        return diagnose(trace, {kind, text, step, {}});
    }
};

void check_finding(const Finding& finding, const char* invariant, const std::string& sentence, int step,
                   int partner) {
    CHECK(finding.invariant == invariant);
    CHECK(finding.sentence == sentence);
    CHECK(finding.step == step);
    CHECK(finding.partner == partner);
}

TEST_CASE("where is the failing step's place and then its partner's") {
    Object made;
    made.add(0, K::fetch_sub, made.strong, 1, 0);
    const auto first = std::to_string(__LINE__ - 1);
    made.add(1, K::fetch_add, made.strong, 0, 1);
    const auto second = std::to_string(__LINE__ - 1);
    CHECK(made.diagnosed(FindingKind::resurrection).where ==
          "T2 config#1.strong at model/diagnosis_test.cpp:" + second +
              ", after T1 config#1.strong at model/diagnosis_test.cpp:" + first);
}

TEST_CASE("a resurrection names who dropped the last reference and who took it again") {
    Object made;
    made.add(0, K::fetch_sub, made.strong, 2, 1);
    made.add(0, K::fetch_sub, made.strong, 1, 0);
    made.add(1, K::read, made.data);
    made.add(1, K::fetch_add, made.strong, 0, 1);
    check_finding(made.diagnosed(FindingKind::resurrection), "no strong count goes 0→1",
                  "T2 took config#1.strong from 0 to 1 after T1 had dropped the last reference (step 3): "
                  "the object is being destroyed, and T2 holds a pointer to it.",
                  4, 2);
}

TEST_CASE("a resurrection of a count that began at 0 has no partner") {
    Object made;
    made.add(1, K::fetch_add, made.strong, 0, 1);
    const auto finding = made.diagnosed(FindingKind::resurrection);
    CHECK(finding.sentence.find("after its last reference was gone") != std::string::npos);
    CHECK(finding.partner == -1);
}

TEST_CASE("a use after free names the free") {
    Object made;
    made.add(0, K::fetch_sub, made.strong, 1, 0);
    const int freed = made.free(0, made.block);
    made.add(1, K::read, made.data);
    check_finding(made.diagnosed(FindingKind::use_after_free),
                  "nobody touches an object after it is destroyed",
                  "T2 uses config#1.data after T1 freed config#1 (step 3).", 3, freed);
}

TEST_CASE("a use after the user's own free says so") {
    Object made;
    made.add(0, K::fetch_sub, made.strong, 1, 0);
    const int freed = made.free(0, made.block);
    made.add(0, K::read, made.data);
    check_finding(made.diagnosed(FindingKind::use_after_free),
                  "nobody touches an object after it is destroyed",
                  "T1 uses config#1.data after it freed config#1 (step 3).", 3, freed);
}

TEST_CASE("a use after a free with strong references left is a premature free") {
    Object made;
    made.add(0, K::fetch_sub, made.strong, 2, 1);
    const int freed = made.free(0, made.block);
    made.add(1, K::read, made.data);
    check_finding(made.diagnosed(FindingKind::use_after_free),
                  "no memory is freed while strong references live",
                  "T2 uses config#1.data after T1 freed config#1 (step 3): a premature free, its strong "
                  "count was still 1.",
                  3, freed);
}

TEST_CASE("a use after the user's own decrement is the user's fault") {
    Object made;
    made.add(1, K::fetch_sub, made.strong, 2, 1);
    made.add(0, K::fetch_sub, made.strong, 1, 0);
    const int freed = made.free(0, made.block);
    made.add(1, K::read, made.data);
    check_finding(made.diagnosed(FindingKind::use_after_free),
                  "a releasing thread does not touch the object after its own decrement",
                  "T2 uses config#1.data after T1 freed config#1 (step 4). T2 had given up its own "
                  "reference at step 2, and nothing kept the object alive for it.",
                  4, freed);
}

TEST_CASE("a use of something that no block's free explains is told without a partner") {
    Object made;
    made.add(1, K::read, made.cell(no_id, "local"));
    check_finding(made.diagnosed(FindingKind::use_after_free),
                  "nobody touches an object after it is destroyed", "T2 uses local after it was destroyed.",
                  1, -1);
}

TEST_CASE("a double free names the other thread's free") {
    Object made;
    const int freed = made.free(0, made.block);
    made.free(1, made.block);
    check_finding(made.diagnosed(FindingKind::double_free), "memory is freed once",
                  "T2 frees config#1, which T1 has freed already (step 2).", 2, freed);
    made.free(1, made.block);
    CHECK(made.diagnosed(FindingKind::double_free).sentence ==
          "T2 frees config#1, which it has freed already (step 3).");
}

TEST_CASE("a free of what is no block has no partner that freed it") {
    Object made;
    made.free(0, made.block);
    made.add(1, K::retire, made.cell(no_id, "text"));
    CHECK(made.diagnosed(FindingKind::double_free).sentence == "T2 frees an object that is not allocated.");
}

TEST_CASE("memory that is freed in another way than it was made is told in the rule's words") {
    Object made;
    made.free(0, made.block);
    Failure failure;
    failure.kind = FindingKind::double_free;
    failure.text = "what new has made, delete frees";
    const auto finding = diagnose(made.trace, failure);
    CHECK(finding.invariant == failure.text);
    CHECK(finding.sentence.find(
              "The rule that what new has made, delete frees is found broken after T1's free") !=
          std::string::npos);
}

TEST_CASE("a data race names the other thread's access of the same cell") {
    Object made;
    made.add(0, K::write, made.data, 0, 5);
    made.add(1, K::load, made.strong, 1);
    made.add(1, K::read, made.data, 5);
    check_finding(made.diagnosed(FindingKind::data_race),
                  "two accesses to plain data, one a write, are ordered",
                  "T2's config#1.data read = 5 is not ordered after T1's config#1.data write = 5 (step "
                  "2): nothing synchronises the two, a data race.",
                  3, 1);
}

TEST_CASE("a read is in a race with another thread's write, and with no read of it") {
    Object made;
    made.add(0, K::write, made.data, 0, 5);
    made.add(0, K::read, made.data, 5);
    made.add(1, K::read, made.data, 5);
    CHECK(made.diagnosed(FindingKind::data_race).partner == 1);
}

TEST_CASE("a write is in a race with another thread's last access of any kind") {
    Object made;
    made.add(0, K::write, made.data, 0, 5);
    made.add(0, K::read, made.data, 5);
    made.add(1, K::write, made.data, 5, 6);
    CHECK(made.diagnosed(FindingKind::data_race).partner == 2);
}

TEST_CASE("where nobody has written it, a read is in a race with the making of the object") {
    TraceBuilder made;
    const auto block = made.make(0, "config");
    const auto data = made.cell(block, "data");
    made.add(0, K::read, data);
    made.add(1, K::read, data);
    check_finding(diagnose(made.trace, {FindingKind::data_race, "", -1, {}}),
                  "two accesses to plain data, one a write, are ordered",
                  "T2's config#1.data read = 0 is not ordered after T1's make config#1 (step 1): nothing "
                  "synchronises the two, a data race.",
                  2, 0);
}

TEST_CASE("what setup has made is in a race with nothing") {
    Object made;
    made.add(0, K::read, made.data, 5);
    made.add(1, K::read, made.data, 5);
    CHECK(made.diagnosed(FindingKind::data_race).partner == -1);
}

TEST_CASE("a free that races names any use of the object") {
    Object made;
    made.add(0, K::read, made.data, 5);
    made.free(1, made.block);
    check_finding(made.diagnosed(FindingKind::data_race),
                  "the destructor sees every earlier use of the object",
                  "T2's free config#1 is not ordered after T1's config#1.data read = 5 (step 2): nothing "
                  "synchronises the two, a data race.",
                  2, 1);
}

TEST_CASE("the destruction of a cell outside every object races with uses of that cell only") {
    Object made;
    const auto mine = made.cell(no_id, "mine");
    const auto other = made.cell(no_id, "other");
    made.add(0, K::read, mine);
    made.add(0, K::read, other);
    made.add(0, K::fence, no_id);
    made.add(1, K::retire, mine);
    CHECK(made.diagnosed(FindingKind::data_race).partner == 1);
}

TEST_CASE("a leak names the object, who made it, and who changed it last") {
    Object made;
    const auto lost = made.make(0, "config");
    const auto strong = made.cell(lost, "strong", cell_role::strong_count);
    made.add(1, K::fetch_add, strong, 1, 2);
    made.add(1, K::load, strong, 2);
    made.free(0, made.block);
    check_finding(made.diagnosed(FindingKind::leak), "at quiescence nothing leaks",
                  "config#2, made by T1, is never freed; the last to change it was T2: config#2.strong "
                  "fetch_add 1→2 (step 3).",
                  2, 1);
}

TEST_CASE("a leak of an object that nobody changed is told by its making alone") {
    Object made;
    made.add(1, K::load, made.strong, 1);
    const auto finding = made.diagnosed(FindingKind::leak);
    CHECK(finding.step == 0);
    CHECK(finding.partner == -1);
    CHECK(finding.where.find("after") == std::string::npos);
}

TEST_CASE("a leak without an object in the trace is still a leak") {
    Object made;
    made.free(0, made.block);
    const auto finding = made.diagnosed(FindingKind::leak);
    CHECK(finding.invariant == "at quiescence nothing leaks");
    CHECK(finding.sentence == "Memory that the trace does not name is never freed.");
}

TEST_CASE("a deadlock tells for each waiting thread who holds what it waits for") {
    Object made;
    const auto a = made.cell(no_id, "a");
    const auto b = made.cell(no_id, "b");
    made.add(0, K::lock, a);
    made.add(1, K::lock, b);
    Operation wants_b;
    wants_b.kind = K::lock;
    wants_b.target = b;
    auto wants_a = wants_b;
    wants_a.target = a;
    const auto finding =
        diagnose(made.trace, {FindingKind::deadlock, "", -1, {{0, true, wants_b}, {1, true, wants_a}}});
    check_finding(finding, "every thread makes progress",
                  "T1 waits for b, which T2 holds since step 3. T2 waits for a, which T1 holds since step "
                  "2. A deadlock.",
                  2, 1);

    const auto alone = diagnose(made.trace, {FindingKind::deadlock, "", -1, {{1, true, wants_b}}});
    CHECK(alone.sentence == "T2 waits for b, which it holds itself since step 3. A deadlock.");
    CHECK(made.diagnosed(FindingKind::deadlock).sentence == "No thread can take a step.");
}

TEST_CASE("a deadlock names who waits to be notified, and one of those that share what another wants") {
    Object made;
    const auto mutex = made.cell(no_id, "mutex");
    const auto filled = made.cell(no_id, "filled");
    made.add(0, K::lock_shared, mutex);
    made.add(1, K::lock_shared, mutex);
    made.add(1, K::unlock_shared, mutex);
    made.add(1, K::try_lock, mutex).failed = true;
    Operation wants_it;
    wants_it.kind = K::lock;
    wants_it.target = mutex;
    auto waits = wants_it;
    waits.kind = K::wait;
    waits.target = filled;
    const auto finding =
        diagnose(made.trace, {FindingKind::deadlock, "", -1, {{0, true, waits}, {1, true, wants_it}}});
    CHECK(finding.sentence ==
          "T1 waits for filled, which nobody will notify. T2 waits for mutex, which T1 holds since step 2. A "
          "deadlock.");
}

TEST_CASE("a counter that leaves its range names the counter and the other thread's change") {
    Object made;
    made.add(0, K::fetch_sub, made.strong, 1, 0);
    made.add(0, K::load, made.strong, 0);
    made.add(1, K::fetch_sub, made.strong, 0, 4294967295);
    check_finding(made.diagnosed(FindingKind::counter_underflow), "no counter underflows",
                  "T2 drops config#1.strong, which is 0 already.", 3, 1);
    check_finding(made.diagnosed(FindingKind::counter_overflow), "no counter overflows",
                  "T2 takes config#1.strong past its maximum.", 3, 1);
}

TEST_CASE("an uninitialised read and a livelock name the step they end in") {
    Object made;
    made.add(1, K::read, made.data);
    check_finding(made.diagnosed(FindingKind::uninitialised_read),
                  "nobody reads what has not been published to it",
                  "T2 reads config#1.data before its initial value is visible to it.", 1, -1);
    check_finding(made.diagnosed(FindingKind::livelock), "every thread makes progress",
                  "The threads take steps without end; the last one is T2's. A livelock.", 1, -1);
}

TEST_CASE("a violation of the code's own speaks in its own words, at the step that it names") {
    Object made;
    made.add(0, K::write, made.data, 0, 1);
    made.add(1, K::write, made.data, 1, 1);
    made.add(1, K::load, made.strong, 1);
    const char* const rule = "both increments count";
    for (const auto kind : {FindingKind::invariant, FindingKind::double_destroy}) {
        check_finding(
            made.diagnosed(kind, rule, 2), rule,
            "The rule that both increments count is found broken after T2's config#1.data write = 1 "
            "(step 3); before it came T1's config#1.data write = 1 (step 2).",
            2, 1);
    }
    check_finding(made.diagnosed(FindingKind::assertion, rule), rule,
                  "An assertion of the code's own fails after T2's config#1.strong load = 1 (step 4): both "
                  "increments count.",
                  3, -1);
}

TEST_CASE("a program that ends itself is no assertion that fails") {
    Object made;
    made.add(1, K::load, made.strong, 1);
    Failure failure;
    failure.kind = FindingKind::assertion;
    failure.text = "main returns 1";
    failure.is_an_end = true;
    const auto finding = diagnose(made.trace, failure);
    CHECK(finding.sentence == "After T2's config#1.strong load = 1 (step 2), main returns 1.");
    CHECK(finding.invariant == "main returns 1");
}

TEST_CASE("every kind of finding has an invariant, a sentence and a place, also before the first step") {
    for (int k = 0; k <= static_cast<int>(FindingKind::assertion); ++k) {
        const auto kind = static_cast<FindingKind>(k);
        CAPTURE(std::string(to_text(kind)));
        CHECK(to_text(kind) != std::string("?"));
        Object made;
        const auto finding = made.diagnosed(kind, "it holds");
        CHECK(finding.kind == kind);
        CHECK_FALSE(finding.invariant.empty());
        CHECK(finding.sentence.ends_with('.'));
        CHECK(finding.where.find(" at model/diagnosis_test.cpp:") != std::string::npos);

        const auto at_once = diagnose({}, {kind, "it holds", -1, {}});
        CHECK(at_once.sentence == "it holds, before the first step.");
        CHECK(at_once.where == "before the first step");
        CHECK(at_once.step == -1);
    }
}

}  // namespace
}  // namespace revenant::model
