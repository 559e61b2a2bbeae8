#include "reports/case.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "model/checksum.hpp"
#include "reports/made_row.hpp"

namespace revenant::reports {
namespace {

Case some_case() {
    return case_of("bun-27838", broken_row(),
                   {{"legacy_registry", "broken: resurrection"}, {"weak_registry", "correct"}});
}

// With a checksum that fits, whatever has been done to the lines above it.
std::string sealed(const std::string& text) {
    const auto above = text.substr(0, text.rfind("checksum: "));
    return above + "checksum: " + model::checksum(above) + "\n";
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const auto at = text.find(what);
    REQUIRE(at != text.npos);
    return text.replace(at, what.size(), with);
}

TEST_CASE("a case survives its text") {
    const auto text = to_text(some_case());
    const auto again = parse_case(text);
    REQUIRE_MESSAGE(again, again.error());
    CHECK(*again == some_case());
    CHECK(to_text(*again) == text);
}

TEST_CASE("a case keeps what the bug report said that led to it") {
    auto made = some_case();
    made.from = {"AddressSanitizer: heap-use-after-free", "T2: read of 8 bytes < Entry::key", "same class"};
    const auto text = to_text(made);
    CHECK(text.find("\nfrom: T2: read of 8 bytes < Entry::key\nfrom: same class\nverdict: ") != text.npos);
    const auto again = parse_case(text);
    REQUIRE_MESSAGE(again, again.error());
    CHECK(*again == made);
    made.from.assign(21, "too many");
    CHECK_FALSE(parse_case(to_text(made)));
}

TEST_CASE("the text of a case is the one that its format promises") {
    const auto text = to_text(some_case());
    CHECK(text.starts_with("revenant.case/1\nid: bun-27838\nscenario: registry/intern_vs_last_release\n"));
    CHECK(text.find("\nplace: step 10, with step 7\n") != text.npos);
    CHECK(text.find("\nverdict: weak_registry = correct\nstep:    setup make registry#1\n") != text.npos);
    CHECK(text.find("\nstep: >* T1 config#1.strong fetch_sub 1→0\n") != text.npos);
    CHECK(text.find("\nstep:  x T2 config#1.strong fetch_add 0→1\n") != text.npos);
}

TEST_CASE("a case that has lost, gained or changed a byte anywhere is refused in one line") {
    const auto text = to_text(some_case());
    for (std::size_t i = 0; i < text.size(); ++i) {
        CAPTURE(i);
        for (const auto& damaged :
             {text.substr(0, i), text.substr(0, i) + text.substr(i + 1),
              text.substr(0, i) + "#" + text.substr(i), text.substr(0, i) + "\n" + text.substr(i)}) {
            if (damaged == text) continue;
            const auto result = parse_case(damaged);
            REQUIRE_FALSE(result);
            CHECK(!result.error().empty());
            CHECK(result.error().find('\n') == std::string::npos);
        }
    }
}

TEST_CASE("each thing that can be wrong has a line of its own") {
    struct Row {
        const char* what;
        const char* with;
        const char* error;
    };
    const Row rows[] = {
        {"case/1", "case/2", "version 'revenant.case/2' is unknown; this build reads revenant.case/1"},
        {"revenant.case", "relevant.case", "this is no case: one begins with revenant.case/1"},
        {"id: bun-27838", "id: ../evil", "line 2: an id is of letters, digits and dashes"},
        {"threads: 2", "threads: 3",
         "the schedule is of another scenario, implementation or number of threads"},
        {"finding: ", "found: ", "line 6: here should be `finding: …`"},
        {"place: step 10", "place: eleven", "line 8: a place is `step 18`"},
        {"place: step 10", "place: step 99", "the place is no step of the case"},
        {"place: step 10", "place: step 0", "the place is no step of the case"},
        {"schedule: rv1", "schedule: rv9", "line 9: schedule: version 'rv9' is unknown"},
        {"legacy_registry = broken", "legacy_registry: broken", "line 10: a verdict is"},
        {"= broken: resurrection", "= broken: rumour", "line 10: a verdict is"},
        {"= broken: resurrection", "= \x1b]0;owned\x07",
         "line 10: it has a character that cannot be printed"},
        {"weak_registry = correct", "weak_registry = correct or not", "line 11: a verdict is"},
        {"invariant: no", "invariant: \xe2\x80\xae no", "line 7: it has a character that cannot be printed"},
        {"setup make registry#1",
         "setup \xc2\x9b"
         "2J",
         "line 12: it has a character that cannot be printed"},
        {"step:    setup make registry#1", "step: make", "line 12: a step is two marks"},
        {"digest: ", "digest ", "here should be `digest: …`"},
    };
    for (const auto& row : rows) {
        const auto result = parse_case(sealed(replaced(to_text(some_case()), row.what, row.with)));
        CAPTURE(row.with);
        REQUIRE_FALSE(result);
        CHECK_MESSAGE(result.error().find(row.error) != std::string::npos, result.error());
    }
    CHECK(parse_case("").error().starts_with("this is no case"));
    CHECK(parse_case("revenant.case/1\n").error().starts_with("damaged"));
    CHECK(parse_case(replaced(to_text(some_case()), "T1 ", "T2 "))
              .error()
              .starts_with("damaged, or edited by hand"));
}

TEST_CASE("a case that Windows has saved is told from one of another version") {
    std::string text = to_text(some_case());
    for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 2))
        text.insert(at, 1, '\r');
    CHECK(parse_case(text).error().starts_with("its lines end in CR LF"));
}

TEST_CASE("a step that goes on for ever is quoted by its beginning") {
    auto a_case = some_case();
    a_case.steps.front() = std::string(1'000'000, 'x');
    const auto line = *first_difference(a_case, steps_in_words(broken_row().outcome.trace));
    CHECK(line.starts_with("the program has changed: step 1 was 'xxx"));
    CHECK(line.size() < 500);
}

TEST_CASE("the first step that differs is told, with both sides in words") {
    const auto a_case = some_case();
    auto steps = steps_in_words(broken_row().outcome.trace);
    CHECK_FALSE(first_difference(a_case, steps));
    auto shorter = steps;
    shorter.pop_back();
    CHECK(*first_difference(a_case, shorter) ==
          "the program has changed: step 10 was 'T2 config#1.strong fetch_add 0→1', and is now the end");
    steps[5] = "T2 another#1.mutex lock";
    CHECK(*first_difference(a_case, steps) ==
          "the program has changed: step 6 was 'T2 registry#1.mutex lock', and is now 'T2 another#1.mutex "
          "lock'");
}

TEST_CASE("another end of the same steps is told") {
    const auto a_case = some_case();
    auto row = broken_row();
    CHECK_FALSE(other_end(a_case, row));
    row.outcome.trace.steps.back().operation.after = 2;
    CHECK(*other_end(a_case, row) == "the values at the end are others than they were");
    row.outcome.finding->kind = model::FindingKind::leak;
    CHECK(other_end(a_case, row)
              ->starts_with("the finding was resurrection (no strong count goes 0→1), and is now leak"));
    row.outcome.finding.reset();
    CHECK(*other_end(a_case, row) == "the execution ends well now; it was resurrection");
}

TEST_CASE("no text of the fuzzer's corpus crashes the parser, sealed or not") {
    int texts = 0;
    for (const auto& entry : std::filesystem::directory_iterator(REVENANT_CASE_CORPUS)) {
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        for (const auto& variant : {text, sealed(text + "\nchecksum: ")}) {
            const auto result = parse_case(variant);
            if (result) CHECK(parse_case(to_text(*result)));
        }
        ++texts;
    }
    CHECK(texts >= 5);
}

}  // namespace
}  // namespace revenant::reports
