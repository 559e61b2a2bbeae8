#include "harness/process/sanitizer_options.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

namespace revenant::harness {
namespace {

TEST_CASE("what a user has set wins over an option of ours, but not over those by which a run is judged") {
    ::setenv("TSAN_OPTIONS", "exitcode=0:history_size=7", 1);
    ::unsetenv("ASAN_OPTIONS");
    for (const auto& [name, value] : sanitizer_options("symbolize=0")) {
        CAPTURE(name);
        CHECK(value.rfind("exitcode=66") != value.npos);
        CHECK(value.rfind("exitcode=66") > value.rfind("symbolize=0"));
        CHECK(value.find("log_path=stderr") != value.npos);
        if (name == "TSAN_OPTIONS")
            CHECK(value.starts_with("symbolize=0:exitcode=0:history_size=7:exitcode=66"));
        if (name == "ASAN_OPTIONS") CHECK(value.starts_with("symbolize=0:exitcode=66"));
    }
    ::unsetenv("TSAN_OPTIONS");
}

}  // namespace
}  // namespace revenant::harness
