// What functions of libc read and write, byte by byte.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "harness/native/test_rows.hpp"

namespace revenant::harness {
namespace {

TEST_CASE("what libc reads or writes races with who writes it, and the byte behind does not") {
    const auto rows = native_rows("native_libc", {"--stop-at-first", "--strategy", "dpor"});
    const auto races = std::count_if(rows.begin(), rows.end(),
                                     [](const auto& row) { return verdict_of(row.second) == "data-race"; });
    CHECK(races == 109);
    for (const auto& [name, row] : rows) {
        CAPTURE(name);
        if (verdict_of(row) == "assertion") continue;  // what libc ends the program for: see below
        CHECK(verdict_of(row) == (name.ends_with("right") ? "correct" : "data-race"));
    }
}

TEST_CASE("what libc ends the program for is a finding") {
    const auto row = native_rows("native_libc", {"strcpy_into_a_room_that_is_too_small"})
                         .at("strcpy_into_a_room_that_is_too_small");
    CHECK(verdict_of(row) == "assertion");
    const auto words = row["finding"]["sentence"].get<std::string>();
    CHECK_MESSAGE(words.find("SIGABRT") != std::string::npos, words);
    CHECK_MESSAGE(words.find("buffer overflow detected") != std::string::npos, words);
    // … also where it holds a lock, which the end of the search would wait for.
    constexpr auto locked = "printf_of_a_format_that_it_may_not_write_to,_with_the_lock_of_stdout";
    CHECK(verdict_of(native_rows("native_libc", {"printf_of_a_format*"}).at(locked)) == "assertion");
}

}  // namespace
}  // namespace revenant::harness
