#include "harness/commands/duration.hpp"

#include <doctest/doctest.h>

namespace revenant::harness {
namespace {

TEST_CASE("a duration is a positive number and a unit") {
    struct Row {
        const char* text;
        double seconds;
    };
    const Row rows[] = {{"500ms", 0.5}, {"60s", 60},    {"2m", 120},
                        {"1h", 3600},   {"0.5s", 0.5},  {"1.5m", 90},
                        {"1e2s", 100},  {"1ms", 0.001}, {"8760h", 365.0 * 24 * 3600}};
    for (const auto& [text, seconds] : rows) {
        CAPTURE(std::string(text));
        const auto read = parse_duration_seconds(text);
        REQUIRE(read);
        CHECK(*read == doctest::Approx(seconds));
    }
}

TEST_CASE("what is not a duration gets one line that shows how to write one") {
    for (const std::string text :
         {"",   "60",   "s",  "abc",   "-1s",  "0s",   "0ms",    "+1s",   "1 s",     " 1s",   "1s ",
          "1S", "1sec", "1d", "1m30s", "infs", "nans", "1e999s", "8761h", "1e-400s", "0x10s", "1,5s"}) {
        CAPTURE(text);
        const auto read = parse_duration_seconds(text);
        REQUIRE_FALSE(read);
        CHECK(read.error() == "'" + text + "' is not a duration: write 500ms, 60s, 2m or 1h");
    }
}

}  // namespace
}  // namespace revenant::harness
