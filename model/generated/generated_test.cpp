// The exhaustive searches against the full one. See planted_test.cpp for what this would notice.
#include <doctest/doctest.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <set>

#include "model/generated/batch.hpp"
#include "model/generated/edit.hpp"
#include "model/generated/generate.hpp"
#include "model/generated/shrink.hpp"

namespace revenant::model::generated {
namespace {

constexpr std::uint32_t seed = 1;
constexpr std::uint64_t programs = 900;

std::vector<Code> regressions() {
    std::ifstream file(REVENANT_REGRESSIONS);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto codes = parse_codes(text);
    REQUIRE_MESSAGE(codes, codes.error());
    return *codes;
}

TEST_CASE("on generated programs every exhaustive search agrees with the full one") {
    std::string report;
    const auto tally = run_batch(seed, programs, report);
    std::cout << to_text(tally) << "\n";
    CHECK_MESSAGE(tally.mismatches == 0, report);
    CHECK(tally.skipped * 20 < tally.programs);
    CHECK(tally.broken * 40 > tally.programs);  // else nobody's verdict was at stake
    CHECK(tally.states > tally.programs * 3);   // nor their outcomes
    CHECK(tally.executions_others * 20 < tally.executions_full);
}

TEST_CASE("on programs that are watched every exhaustive search sees the same values after its steps") {
    std::string report;
    const auto tally = run_batch(seed, programs / 3, report, true);
    std::cout << "watched: " << to_text(tally) << "\n";
    CHECK_MESSAGE(tally.mismatches == 0, report);
    CHECK(tally.skipped * 20 < tally.programs);
    CHECK(tally.broken * 40 > tally.programs);
    CHECK(tally.executions_others * 2 < tally.executions_full);
}

TEST_CASE("on the programs kept as regressions every exhaustive search agrees with the full one") {
    const auto codes = regressions();
    REQUIRE(codes.size() > 15);
    for (const auto& code : codes) {
        CAPTURE(to_text(code));
        const auto comparison = compare(code, baseline_of(code, 500'000));
        CHECK_FALSE(comparison.skipped);
        CHECK_MESSAGE(!comparison.mismatch, comparison.mismatch.value_or(Mismatch{}).text);
    }
}

TEST_CASE("a generated program is well formed, and survives being printed and parsed") {
    Generator generator(5);
    std::set<std::string_view> classes;
    std::set<std::string> texts;
    for (int i = 0; i < 1000; ++i) {
        auto code = generator.next();
        code.is_watched = i % 2 == 1;
        classes.insert(generator.class_name());
        const auto text = to_text(code);
        texts.insert(text);
        REQUIRE_MESSAGE(is_well_formed(code), text);
        const auto again = parse_code(text);
        REQUIRE_MESSAGE(again, again.error());
        REQUIRE(*again == code);
    }
    CHECK(classes.size() == class_count());
    CHECK(texts.size() > 700);
}

TEST_CASE("one seed gives one sequence of programs") {
    Generator one(9);
    Generator same(9);
    Generator other(10);
    bool differs = false;
    for (int i = 0; i < 100; ++i) {
        const auto code = one.next();
        CHECK(code == same.next());
        differs = differs || code != other.next();
    }
    CHECK(differs);
}

TEST_CASE("what is not in the notation is refused with the piece that is wrong") {
    CHECK(parse_code("load x acq\nload q acq\n").error() == "generated: 'load q acq' is not a statement");
    CHECK(parse_code("load x acq\nload x acq acq\n").error() ==
          "generated: 'load x acq acq' is not a statement");
    CHECK(parse_code("load x acq\ncas_weak x 0 1 ar\n").error() ==
          "generated: 'cas_weak x 0 1 ar' is not a statement");
    for (const char* const text :
         {"load x acq\n", "lock m\nload x acq\n", "lock m; lock n; unlock m; unlock n\nfree\n",
          "cas_weak x 0 1 rlx/rel\nload x acq\n"}) {
        CHECK(parse_code(text).error() == "generated: not a program:\n" + std::string(text));
    }
}

TEST_CASE("a lock goes with its unlock, and a thread with its last statement") {
    const auto code =
        parse_code("lock m; lock n; read d; unlock n; unlock m\nlock m; unlock m\nload x acq\nfree\n");
    REQUIRE(code);
    CHECK(to_text(without(*code, 0, 0)) == "lock n; read d; unlock n\nlock m; unlock m\nload x acq\nfree\n");
    CHECK(to_text(without(*code, 0, 3)) == "lock m; read d; unlock m\nlock m; unlock m\nload x acq\nfree\n");
    CHECK(to_text(without(*code, 1, 1)) == "lock m; lock n; read d; unlock n; unlock m\nload x acq\nfree\n");
    CHECK(to_text(without(*code, 2, 0)) ==
          "lock m; lock n; read d; unlock n; unlock m\nlock m; unlock m\nfree\n");
}

TEST_CASE("states are equal up to twins if only the twins' results are swapped") {
    FinalState state;
    state.results[0][0] = 2;
    state.results[1][0] = 1;
    state.results[2][0] = 0;
    auto swapped = state;
    std::swap(swapped.results[0], swapped.results[2]);
    CHECK(up_to_twins(state, {0, 1, 0}) == up_to_twins(swapped, {0, 1, 0}));
    CHECK(up_to_twins(state, {0, 1, 2}) != up_to_twins(swapped, {0, 1, 2}));
    CHECK(up_to_twins(state, {0, 0, 2}) != up_to_twins(swapped, {0, 0, 2}));
}

}  // namespace
}  // namespace revenant::model::generated
