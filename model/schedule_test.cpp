#include "model/schedule.hpp"

#include <doctest/doctest.h>

#include <random>

namespace revenant::model {
namespace {

using namespace std::string_literals;

using Generator = std::mt19937;  // its numbers are the same with every library; a distribution's are not

unsigned below(Generator& generator, unsigned count) { return static_cast<unsigned>(generator() % count); }

Choice some_choice(Generator& generator) {
    return {static_cast<ChoiceKind>(below(generator, 5)), static_cast<std::uint8_t>(below(generator, 10))};
}

Schedule some_schedule(Generator& generator) {
    static const char* const names[] = {"a", "registry/two_keys", "refcount/x+lost", "shared_ptr"};
    Schedule schedule{names[below(generator, 4)],
                      names[below(generator, 4)],
                      below(generator, 65),
                      below(generator, 2) == 1,
                      below(generator, 2) == 1,
                      below(generator, 2) == 1,
                      {}};
    schedule.leaks_pass = below(generator, 2) == 0;
    schedule.mismatched_frees_pass = below(generator, 2) == 0;
    schedule.additions_in_order = below(generator, 2) == 0;
    schedule.rounds_max = below(generator, 3) == 0 ? below(generator, rounds_limit + 1) : 0;
    std::uint64_t point = 0;
    for (unsigned points = below(generator, 4); points > 0; --points) {
        point += 1 + generator();
        schedule.plain_points.push_back(point);
    }
    for (unsigned runs = below(generator, 30); runs > 0; --runs) {
        const auto repeats = 1 + below(generator, below(generator, 4) == 0 ? 1000 : 3);
        schedule.choices.insert(schedule.choices.end(), repeats, some_choice(generator));
    }
    return schedule;
}

// One line that tells what, and says nothing twice.
void check_is_a_clear_line(const std::string& error) {
    CHECK(error.starts_with("schedule: "));
    CHECK(error.size() < 200);
    for (const char c : error) CHECK_MESSAGE((c >= ' ' && c <= '~'), error);
}

TEST_CASE("a schedule's text has the documented form") {
    const Schedule schedule{"tutorial/lost_update",
                            "load_then_store",
                            2,
                            true,
                            true,
                            true,
                            {{ChoiceKind::thread, 0},
                             {ChoiceKind::thread, 0},
                             {ChoiceKind::stale_read, 1},
                             {ChoiceKind::spurious_failure, 0},
                             {ChoiceKind::wake, 2},
                             {ChoiceKind::wake, 2},
                             {ChoiceKind::thread, 1}}};
    CHECK(to_text(schedule) == "rv1:tutorial/lost_update:load_then_store:2:duv:0*2,r1,s0,w2*2,1");
}

TEST_CASE("the instructions whose accesses are steps stand in the mode") {
    Schedule schedule{"a", "b", 2, false, false, true, {{ChoiceKind::thread, 127}, {ChoiceKind::value, 1}}};
    schedule.plain_points = {0xd, 0x11c4};
    CHECK(to_text(schedule) == "rv1:a:b:2:vpd.11c4:127,n1");
}

TEST_CASE("how often a loop is come back to stands in the mode, and nothing absurd") {
    Schedule schedule{"a", "b", 2, false, false, true, {{ChoiceKind::thread, 1}}};
    schedule.rounds_max = 2;
    schedule.plain_points = {0xb2};
    CHECK(to_text(schedule) == "rv1:a:b:2:vb2pb2:1");
    for (const std::string mode : {"vb0", "vb", "vb-1", "vb02", "vb1001", "b2v", "vb99999999999"}) {
        CAPTURE(mode);
        CHECK_FALSE(parse_schedule("rv1:a:b:2:" + mode + ":1"));
    }
}

TEST_CASE("a schedule without choices keeps its last field") {
    const Schedule schedule{"a", "b", 3, false, false, false, {}};
    CHECK(to_text(schedule) == "rv1:a:b:3:-:");
    const auto read = parse_schedule("rv1:a:b:3:-:");
    REQUIRE(read);
    CHECK(*read == schedule);
}

TEST_CASE("every schedule is read back from its text as it was") {
    Generator generator(20'240'601);
    for (int i = 0; i < 2000; ++i) {
        const auto schedule = some_schedule(generator);
        const auto text = to_text(schedule);
        CAPTURE(std::string(text));
        const auto read = parse_schedule(text);
        REQUIRE_MESSAGE(read, read.error());
        REQUIRE(*read == schedule);
        REQUIRE(to_text(*read) == text);
    }
}

TEST_CASE("a schedule in which leaks pass says so") {
    const auto read = parse_schedule("rv1:a:b:2:lv:0");
    REQUIRE(read);
    CHECK(read->leaks_pass);
    CHECK(to_text(*read) == "rv1:a:b:2:lv:0");
    CHECK_FALSE(parse_schedule("rv1:a:b:2:vl:0"));
}

TEST_CASE("equal choices that stand apart are read as if they were one run") {
    const auto apart = parse_schedule("rv1:a:b:2:-:0,0*2,0,r01");
    REQUIRE(apart);
    CHECK(to_text(*apart) == "rv1:a:b:2:-:0*4,r1");
}

struct Damage {
    const char* text;
    const char* complaint;  // a part of the error
};

constexpr Damage damages[] = {
    {"", "version '' is unknown"},
    {"hello", "version 'hello' is unknown"},
    {"rv2:a:b:2:-:0", "version 'rv2' is unknown; this build reads rv1:"},
    {"RV1:a:b:2:-:0", "version 'RV1'"},
    {"aversionthatislongerthananyoughttobe:a:b:2:-:0", "version 'aversionthatislonger' is"},
    {"rv1", "a field is missing"},
    {"rv1:", "a field is missing"},
    {"rv1:a", "a field is missing"},
    {"rv1:a:b", "a field is missing"},
    {"rv1:a:b:2", "a field is missing"},
    {"rv1:a:b:2:-", "a field is missing; it is rv1:SCENARIO:IMPLEMENTATION"},
    {"rv1::b:2:-:0", "a field is missing"},
    {"rv1:a::2:-:0", "a field is missing"},
    {"rv1:a:b::-:0", "the thread count is ''"},
    {"rv1:a:b:two:-:0", "the thread count is 'two'"},
    {"rv1:a:b:-2:-:0", "the thread count is '-2'"},
    {"rv1:a:b:2x:-:0", "the thread count is '2x'"},
    {"rv1:a:b:129:-:0", "the thread count is '129'"},
    {"rv1:a:b:99999999999999999999:-:0", "the thread count is '99999999999999999999'"},
    {"rv1:a:b:2::0", "the mode is ''"},
    {"rv1:a:b:2:x:0", "the mode is 'x'; it should be - or some of d, l, m, r, u, v and b2, in that order"},
    {"rv1:a:b:2:dd:0", "the mode is 'dd'"},
    {"rv1:a:b:2:ud:0", "the mode is 'ud'"},
    {"rv1:a:b:2:-d:0", "the mode is '-d'"},
    {"rv1:a:b:2:vu:0", "the mode is 'vu'"},
    {"rv1:a:b:2:p:0", "the mode is 'p'"},
    {"rv1:a:b:2:vp1g:0", "the mode is 'vp1g'"},
    {"rv1:a:b:2:vp1.:0", "the mode is 'vp1.'"},
    {"rv1:a:b:2:vp2.1:0", "the mode is 'vp2.1'"},
    {"rv1:a:b:2:vp1.1:0", "the mode is 'vp1.1'"},
    {"rv1:a:b:2:vp01:0", "the mode is 'vp01'"},
    {"rv1:a:b:2:vp10000000000000000:0", "the mode is 'vp10000000000000000'"},
    {"rv1:a:b:2:-:q", "choice 1 is 'q'; it should look like 0, 1*4 or r1"},
    {"rv1:a:b:2:-:0,q1", "choice 2 is 'q1'"},
    {"rv1:a:b:2:-:0*3,x", "choice 4 is 'x'"},
    {"rv1:a:b:2:-:0,r", "choice 2 is 'r'"},
    {"rv1:a:b:2:-:0,,1", "choice 2 is ''"},
    {"rv1:a:b:2:-:,0", "choice 1 is ''"},
    {"rv1:a:b:2:-:0,", "choice 2 is ''"},
    {"rv1:a:b:2:-:128", "choice 1 is '128'"},
    {"rv1:a:b:2:-:r10", "choice 1 is 'r10'"},
    {"rv1:a:b:2:-:-1", "choice 1 is '-1'"},
    {"rv1:a:b:2:-:0*", "choice 1 is '0*'"},
    {"rv1:a:b:2:-:*3", "choice 1 is '*3'"},
    {"rv1:a:b:2:-:0*0", "choice 1 is '0*0'"},
    {"rv1:a:b:2:-:0*-1", "choice 1 is '0*-1'"},
    {"rv1:a:b:2:-:0**2", "choice 1 is '0**2'"},
    {"rv1:a:b:2:-:0*1000001", "choice 1 is '0*1000001'"},
    {"rv1:a:b:2:-:0*99999999999999999999", "choice 1 is '0*999999999999999999'"},
    {"rv1:a:b:2:-:0*1000000,0", "more than 1000000 choices"},
    {"rv1:a:b:2:-:0:1", "choice 1 is '0:1'"},
    {"rv1:a:b:2:-:0\n", "character 14 is a space or cannot be printed"},
    {" rv1:a:b:2:-:0", "character 1 is a space"},
    {"rv1:a\x1b[31m:b:2:-:0", "character 6 "},
    {"rv1:ä:b:2:-:0", "character 5 "},
};

TEST_CASE("each kind of damage has one line that names it") {
    for (const auto& [text, complaint] : damages) {
        CAPTURE(std::string(text));
        const auto read = parse_schedule(text);
        REQUIRE_FALSE(read);
        CHECK_MESSAGE(read.error().find(complaint) != std::string::npos, read.error());
        check_is_a_clear_line(read.error());
    }
}

TEST_CASE("no mutation of a good text is read as anything but a schedule or a clear error") {
    Generator generator(7);
    const std::string letters = "019*,:-durswx \n\t\x7f\x00\xc3"s;
    int good = 0;
    int bad = 0;
    for (int i = 0; i < 6000; ++i) {
        auto text = to_text(some_schedule(generator));
        for (unsigned edits = 1 + below(generator, 3); edits > 0 && !text.empty(); --edits) {
            const auto at = below(generator, static_cast<unsigned>(text.size()));
            const char letter = letters[below(generator, static_cast<unsigned>(letters.size()))];
            switch (below(generator, 4)) {
                case 0: text[at] = letter; break;
                case 1: text.insert(at, 1, letter); break;
                case 2: text.erase(at, 1 + below(generator, 4)); break;
                default: text.resize(at); break;
            }
        }
        const auto read = parse_schedule(text);
        if (read) {
            ++good;
            const auto again = parse_schedule(to_text(*read));
            REQUIRE(again);
            REQUIRE(*again == *read);
        } else {
            ++bad;
            check_is_a_clear_line(read.error());
        }
    }
    CHECK(good > 100);  // else the mutations try one of the two only
    CHECK(bad > 100);
}

TEST_CASE("a repeat count cannot fill the memory") {
    std::string text = "rv1:a:b:2:-:0*1000000";
    CHECK(parse_schedule(text));
    for (int i = 0; i < 2000; ++i) text += ",1*1000000";
    const auto read = parse_schedule(text);
    REQUIRE_FALSE(read);
    CHECK(read.error() == "schedule: more than 1000000 choices");
}

}  // namespace
}  // namespace revenant::model
