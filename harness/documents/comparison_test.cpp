#include "harness/documents/comparison.hpp"

#include <doctest/doctest.h>

namespace revenant::harness {
namespace {

using Lines = std::vector<std::string>;

TEST_CASE("a line is compared without its times and its columns' width") {
    struct Row {
        const char* line;
        const char* compared;
    };
    const Row rows[] = {
        {"in 18.8 s", "in T s"},
        {"in 5 s.", "in T s."},
        {"registry/two_keys  weak_registry    3  exhaustive    0.006",
         "registry/two_keys weak_registry 3 exhaustive T"},
        {"at the end  ", "at the end"},
        {"", ""},
        // What is no time stays.
        {"all 18 steps", "all 18 steps"},
        {"7 switches", "7 switches"},
        {"version 0.1.0", "version 0.1.0"},
        {"0.006 of it", "0.006 of it"},
        {"weak_registry  91", "weak_registry 91"},
    };
    for (const auto& [line, compared] : rows) CHECK(as_compared(line) == compared);
}

TEST_CASE("lines that are shown are printed, each and in order") {
    CHECK(!difference({}, {}));
    CHECK(!difference({"a", "b"}, {"a", "b"}));
    CHECK(!difference({"a", ""}, {"a"}));
    CHECK(!difference({"in 1 s"}, {"in 2.25 s"}));
    CHECK(difference({"a", "b"}, {"a", "c"}) == "shown 'b', printed 'c'");
    CHECK(difference({"7 rows"}, {"8 rows"}) == "shown '7 rows', printed '8 rows'");
    CHECK(difference({"a", "b"}, {"a"}) == "shown, and the output is at its end: 'b'");
    CHECK(difference({"a"}, {"a", "b"}) == "printed, and not shown: 'b'");
    CHECK(difference({}, {"a"}) == "printed, and not shown: 'a'");
    CHECK(difference({"b", "a"}, {"a", "b"}));
    CHECK(difference({"a", "c"}, {"a", "", "c"}));
}

TEST_CASE("… at the end of a line stands for its rest") {
    const Lines printed{"a b c", "d", "e …"};
    for (const Lines& shown : {Lines{"a b …", "d", "e …"}, Lines{"a …", "…"}, Lines{"…", "d", "…"},
                               Lines{"…", "a b …", "d", "…"}}) {
        CAPTURE(shown.size());
        CHECK(!difference(shown, printed));
    }
    for (const Lines& shown : {Lines{"b …", "…"}, Lines{"a b c …", "…"}, Lines{"a b…", "…"},
                               Lines{"…", "x …", "…"}, Lines{"a b c", "d …", "e …"}}) {
        CAPTURE(shown.size());
        CHECK(difference(shown, printed));
    }
}

TEST_CASE("… stands for any number of lines, and for nothing else") {
    const Lines printed{"a", "b", "c", "b", "d"};
    for (const Lines& shown :
         {Lines{"…"}, Lines{"a", "…"}, Lines{"…", "d"}, Lines{"a", "…", "d"}, Lines{"…", "c", "…"},
          Lines{"a", "b", "c", "b", "d", "…"}, Lines{"a", "…", "b", "c", "b", "d"},
          Lines{"…", "b", "…", "b", "d"}, Lines{"…", "b", "…", "b", "…"}, Lines{"…", "…"}}) {
        CAPTURE(shown.size());
        CHECK(!difference(shown, printed));
    }
    for (const Lines& shown :
         {Lines{"b", "…"}, Lines{"…", "c"}, Lines{"a", "…", "x", "…", "d"}, Lines{"a", "…", "a"},
          Lines{"…", "c", "d", "…"}, Lines{"…", "d", "…", "a", "…"}, Lines{"a", "c", "…"},
          Lines{"a", "b", "c", "b", "d", "…", "d"}}) {
        CAPTURE(shown.size());
        CHECK(difference(shown, printed));
    }
    CHECK(difference({"…", "x", "…"}, printed) == "shown, and not printed: 'x'");
    CHECK(!difference({"…"}, {}));
}

}  // namespace
}  // namespace revenant::harness
