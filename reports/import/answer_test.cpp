// What is said and kept of a report, besides the interleaving.
#include "reports/import/answer.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

namespace revenant::reports {
namespace {

BugReport buried() {
    const auto report = parse_bug_report(
        "==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x1\n"
        "READ of size 4 at 0x1 thread T1\n"
        "    #0 0x2 in Corpse::look() const corpse.cpp:1:7\n"
        "    #1 0x3 in start_thread (/lib/libc.so+0x1)\n"
        "freed by thread T2 here:\n"
        "    #0 0x4 in free (/usr/lib/libasan.so+0x1)\n"
        "    #1 0x5 in Corpse::unref() corpse.cpp:2\n"
        "    #2 0x6 in Cemetery::dig(std::vector<int> const&) cemetery.cpp:40\n");
    REQUIRE(report);
    return *report;
}

Answer same_class() {
    Answer answer;
    answer.kind = AnswerKind::same_class;
    return answer;
}

TEST_CASE("the answer as JSON has the functions of each side that a person wrote, with their lines") {
    const auto report = buried();
    const auto all = nlohmann::json::parse(to_json(report, question_of(report), same_class(), 0));
    const auto& sides = all.at("report").at("sides");
    REQUIRE(sides.size() == 2);
    const nlohmann::json looks = {{{"function", "Corpse::look"}, {"file", "corpse.cpp"}, {"line", 1}}};
    const nlohmann::json buries = {{{"function", "Corpse::unref"}, {"file", "corpse.cpp"}, {"line", 2}},
                                   {{"function", "Cemetery::dig"}, {"file", "cemetery.cpp"}, {"line", 40}}};
    CHECK(sides.at(0).at("frames") == looks);
    CHECK(sides.at(1).at("frames") == buries);
    CHECK(sides.at(1).at("act") == "free");
}

TEST_CASE("the text has each side's functions, from the innermost to the operation") {
    const auto report = buried();
    const auto text = to_text(report, question_of(report), same_class());
    CHECK_MESSAGE(text.find("    T1: read of 4 bytes\n"
                            "        Corpse::look at corpse.cpp:1\n"
                            "    T2: free, in release\n"
                            "        Corpse::unref at corpse.cpp:2\n"
                            "looks like: ") != std::string::npos,
                  text);
}

TEST_CASE("a case keeps the title, what each side did in which functions, and the answer") {
    CHECK(lines_for_case(buried(), same_class()) ==
          std::vector<std::string>{"AddressSanitizer: heap-use-after-free",
                                   "T1: read of 4 bytes < Corpse::look",
                                   "T2: free, in release < Corpse::unref < Cemetery::dig", "same class"});
}

}  // namespace
}  // namespace revenant::reports
