// `revenant stress` as a black box, sanitizers and all.
#include <doctest/doctest.h>

#include <regex>

#include "harness/commands/exit_status.hpp"
#include "harness/commands/test_impostors.hpp"
#include "harness/process/test_text.hpp"

namespace revenant::harness {
namespace {

TEST_CASE("a stress whose program is killed or missing says so, and convicts nobody") {
    for (const auto* const body : {"exit 127\n", "kill -9 $$\n",
                                   "[ -e $FOLDER/ran ] && exit 2; touch $FOLDER/ran; exec $REAL \"$@\"\n"}) {
        const auto result =
            beside_impostors(body, {"stress", "registry/intern_vs_last_release", "--implementation",
                                    "legacy_registry", "--noise", "random", "--executions", "1000"});
        CAPTURE(result.out);
        CHECK(result.status == exit_internal);
        CHECK(is_one_line(result.err));
        CHECK(contains(result.err, "not for a reason of the code's"));
    }
}

TEST_CASE("a leak is counted in the execution that leaks") {
    const auto result = run({"stress", "registry/release_vs_release", "--implementation",
                             "shared_registry+upgrade_adds_weak", "--executions", "5", "--seconds", "60"});
    CHECK(count_of(result.out, " 5 +5 +1000 .* memory leak, seed 1\n") == 1);
}

// The columns of the one row of a stress: executions, caught and the first seed.
struct Stressed {
    unsigned long executions = 0, caught = 0;
    std::string first;
    int status = 0;
};
Stressed stressed(const Words& more) {
    Words words{"stress", "registry/intern_vs_last_release", "--noise", "random", "--seconds", "60"};
    words.insert(words.end(), more.begin(), more.end());
    const auto result = run(words);
    CAPTURE(result.out);
    CAPTURE(result.err);
    std::smatch found;
    const std::regex row(
        "random +(?:[AT]San|no sanitizer) +([0-9]+) +([0-9]+) +[0-9.e-]+ +[0-9.e-]+ to [0-9.e-]+ +(.*)\n");
    REQUIRE(std::regex_search(result.out, found, row));
    return {std::stoul(found[1]), std::stoul(found[2]), found[3], result.status};
}

TEST_CASE("the seed that a stress prints catches the bug again, alone") {
    const auto first =
        stressed({"--implementation", "legacy_registry", "--seed", "40", "--executions", "30"});
    CHECK(first.executions == 30);
    CHECK(first.caught >= 1);
    CHECK(first.status == exit_as_expected);
    const auto seed = first.first.substr(first.first.find("seed ") + 5);
    for (int i = 0; i < 3; ++i) {
        const auto again =
            stressed({"--implementation", "legacy_registry", "--seed", seed, "--executions", "1"});
        CHECK(again.executions == 1);
        CHECK(again.caught == 1);
        CHECK(again.first == first.first);
    }
}

TEST_CASE("the correct registries are never caught, whatever the noise and the build") {
    for (const auto* const sanitizer : {"none", "address", "thread"}) {
        const auto result = run({"stress", "registry/*", "--implementation", "*d_registry", "--noise", "all",
                                 "--sanitizer", sanitizer, "--executions", "20", "--seconds", "20"});
        CAPTURE(result.out);
        CHECK(result.status == exit_as_expected);
        CHECK(count_of(result.out, " shared_registry .* 20 +0 +0 ") == 42);
        const auto weak = run({"stress", "registry/*", "--implementation", "weak_registry", "--noise", "all",
                               "--sanitizer", sanitizer, "--executions", "20", "--seconds", "20"});
        CHECK(weak.status == exit_as_expected);
        CHECK(count_of(weak.out, " weak_registry .* 20 +0 +0 ") == 42);
    }
}

TEST_CASE("a mistake in the words of stress is one line, with status 2") {
    struct Row {
        Words words;
        const char* err;
    };
    const Row rows[] = {
        {{"nothing/*"}, "no scenario matches 'nothing/*'"},
        {{"--noise", "loud"}, "'loud' is not one of"},
        {{"--seconds", "0"}, "--seconds: '0s' is not a duration"},
        {{"--seconds", "-1"}, "--seconds"},
        {{"--executions", "0"}, "--executions"},
        {{"--threads", "13"}, "13"},
        {{"--depth", "0"}, "--depth"},
        {{"--seed", "x"}, "--seed"},
    };
    for (const auto& row : rows) {
        Words words{"stress"};
        words.insert(words.end(), row.words.begin(), row.words.end());
        const auto result = run(words);
        CAPTURE(result.err);
        CHECK(result.status == exit_usage);
        CHECK(is_one_line(result.err));
        CHECK(contains(result.err, row.err));
        CHECK(result.out.empty());
    }
}

}  // namespace
}  // namespace revenant::harness
