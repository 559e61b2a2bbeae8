// `revenant replay --on threads` as a black box, sanitizers and all; and what it has in common with stress.
#include <doctest/doctest.h>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "harness/commands/exit_status.hpp"
#include "harness/commands/test_impostors.hpp"
#include "harness/process/test_text.hpp"

namespace revenant::harness {
namespace {

const std::string legacy = "rv1:registry/intern_vs_last_release:legacy_registry:2:v:0,1,0,1*2";
const std::string strong = "rv1:registry/intern_vs_last_release:strong_registry:2:uv:0,1,0,1*20,0";

Finished on_threads(const std::string& schedule, const Words& more = {"--no-reports"}) {
    Words words{"replay", schedule, "--on", "threads"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
}

TEST_CASE(
    "both broken registries of the seed are reported by both sanitizers in every run, and the fix in none") {
    for (const auto& [schedule, steps] : {std::pair(legacy, "18"), std::pair(strong, "36")}) {
        const auto result = on_threads(schedule, {"--no-reports", "--runs", "25"});
        CAPTURE(result.out);
        CHECK(result.status == exit_as_expected);
        CHECK(result.err.empty());
        const auto followed = std::string(" all ") + steps + " steps +heap-use-after-free, 25 of 25\n";
        CHECK(count_of(result.out, "ASan +" + followed.substr(1)) == 1);
        CHECK(count_of(result.out, "TSan +" + followed.substr(1)) == 1);
        CHECK(count_of(result.out,
                       "weak_registry \\(the fix\\) +[AT]San +all 44 steps +ended well, 25 of 25\n") == 2);
    }
}

TEST_CASE("the wrong certificate is served in every run where the cache only borrows, and never by the fix") {
    const auto result = on_threads("rv1:cache/address_reuse:context_cache+borrowed_key:2:v:0*6,1*6",
                                   {"--no-reports", "--runs", "25"});
    CAPTURE(result.out);
    CHECK(result.status == exit_as_expected);
    CHECK(count_of(result.out, "borrowed_key +[AT]San +all 47 steps +assertion failed, 25 of 25\n") == 2);
    CHECK(count_of(result.out, "context_cache \\(the fix\\) +[AT]San .* ended well, 25 of 25\n") == 2);
}

TEST_CASE("no option that somebody has set hides a report, or makes a crash of it") {
    const std::pair<const char*, const char*> settings[] = {
        {"TSAN_OPTIONS", "exitcode=0"},      {"TSAN_OPTIONS", "report_bugs=0"},
        {"TSAN_OPTIONS", "halt_on_error=0"}, {"TSAN_OPTIONS", "log_path=/dev/null"},
        {"ASAN_OPTIONS", "exitcode=0"},      {"ASAN_OPTIONS", "abort_on_error=1:exitcode=1"},
        {"ASAN_OPTIONS", "halt_on_error=0"}, {"ASAN_OPTIONS", "log_path=/dev/null"},
        {"LSAN_OPTIONS", "exitcode=0"},
    };
    for (const auto& setting : settings) {
        auto options = in_folder("/");
        options.environment.emplace_back(setting.first, setting.second);
        const auto result =
            ChildProcess(REVENANT_COMMAND, {"replay", legacy, "--on", "threads", "--no-reports"}, options)
                .finish(300);
        CAPTURE(std::string(setting.second));
        CAPTURE(result.out);
        CHECK(result.status == exit_as_expected);
        CHECK(result.err.empty());
        CHECK(count_of(result.out, "heap-use-after-free, 1 of 1\n") == 2);
    }
}

TEST_CASE("with a stack on which no sanitizer can run, nothing is said of the code") {
    auto options = in_folder("/");
    options.environment.emplace_back("R", REVENANT_COMMAND);
    for (const auto* const words :
         {"replay \"$S\" --on threads --no-reports", "stress tutorial/* --seconds 1"}) {
        options.environment.emplace_back("S", legacy);
        const auto line = std::string("ulimit -s 64; \"$R\" ") + words;
        const auto result = ChildProcess("/bin/sh", {"-c", line}, options).finish(300);
        CAPTURE(result.out);
        CHECK(result.status == exit_internal);
        CHECK(contains(result.err, "a stack may have 64 KiB here"));
        CHECK(is_one_line(result.err));
    }
}

TEST_CASE("the reports are the sanitizers' own, with the stacks of the free and of the use") {
    const auto result = on_threads(legacy, {"--no-fix"});
    CHECK(contains(result.out, "ERROR: AddressSanitizer: heap-use-after-free"));
    CHECK(contains(result.out, "WARNING: ThreadSanitizer: heap-use-after-free"));
    const auto asan = result.out.substr(0, result.out.find("ThreadSanitizer"));
    const auto freed = asan.find("freed by thread");
    REQUIRE(freed != asan.npos);
    CHECK(contains(asan.substr(0, freed), "::key() const"));  // T2 reads the configuration
    CHECK(contains(asan.substr(freed), "LegacyConfig"));      // … that T1's deref has destroyed
    CHECK(contains(asan.substr(freed), "::destroy()"));
    const auto tsan = result.out.substr(result.out.find("ThreadSanitizer"));
    const auto previous = tsan.find("Previous write");
    REQUIRE(previous != tsan.npos);
    CHECK(contains(tsan.substr(0, previous), "::key() const"));
    CHECK(contains(tsan.substr(previous), "operator delete"));
}

TEST_CASE("an order bug is TSan's to see alone, as a data race") {
    const auto result = on_threads("rv1:refcount/release_vs_release:shared_ptr+relaxed_drop:2:v:0,1,0,1");
    CAPTURE(result.out);
    CHECK(result.status == exit_as_expected);
    CHECK(count_of(result.out, "ASan +all 7 steps +ended well, 1 of 1 \\(it sees no data-race\\)\n") == 1);
    CHECK(count_of(result.out, "TSan +all 7 steps +data race, 1 of 1\n") == 1);
    CHECK(count_of(result.out, "shared_ptr \\(the fix\\) +[AT]San .* ended well, 1 of 1\n") == 2);
}

TEST_CASE(
    "every finding of the catalogue happens on real threads as it was recorded, and its fix ends well") {
    const ScratchFolder folder;
    const auto report = folder.file("two.json");
    REQUIRE(run({"check", "--threads", "2", "--interleavings", "none", "--json", report}).status == 0);
    int schedules = 0;
    int refused = 0;
    const auto results = nlohmann::json::parse(folder.text("two.json"));
    for (const auto& row : results.at("rows")) {
        if (row["finding"].is_null()) continue;
        const auto result = on_threads(row["schedule"]);
        CAPTURE(result.out);
        CAPTURE(result.err);
        if (contains(row["finding"]["sentence"], "It takes a ")) {  // as the catalogue claims, and says
            CHECK(result.status == exit_bad_schedule);
            CHECK(is_one_line(result.err));
            ++refused;
            continue;
        }
        CHECK(result.status == exit_as_expected);
        // ThreadSanitizer sees no fences, and is left out.
        const bool fenced = contains(row["implementation"], "fence_ref_count");
        CHECK(count_of(result.out, "\\(the fix\\) .* ended well, 1 of 1\n") == (fenced ? 1 : 2));
        ++schedules;
    }
    CHECK(schedules >= 80);
    CHECK(refused == 2);
}

TEST_CASE("what cannot be forced, followed or found is one line, with its status") {
    struct Row {
        Words words;
        int status;
        const char* err;
    };
    const std::string stale =
        "rv1:refcount/upgrade_vs_last_release:shared_ptr+relaxed_drop:3:d:1,2*3,1,r1,2*2,0*2";
    const Row rows[] = {
        {{stale, "--on", "threads"},
         exit_bad_schedule,
         "step 9 of the schedule needs a stale read (T2 object#1.strong"},
        {{"rv1:nonsense", "--on", "threads"}, exit_bad_schedule, "schedule: "},
        {{legacy + ",1", "--on", "threads"}, exit_bad_schedule, "differs from it at choice 6"},
        {{legacy, "--on", "threads", "--until", "19"}, exit_usage, "--until: step 19; the schedule has 18"},
        {{legacy, "--on", "threads", "--until", "0"}, exit_usage, "--until"},
        {{legacy, "--on", "threads", "--runs", "0"}, exit_usage, "--runs"},
        {{legacy, "--on", "threads", "--step-timeout", "5"},
         exit_usage,
         "--step-timeout: '5' is not a duration"},
        {{legacy, "--on", "mars"}, exit_usage, "'mars' is not one of model|threads"},
        {{legacy, "--gdb"}, exit_usage, "--gdb needs --on threads"},
    };
    for (const auto& row : rows) {
        Words words{"replay"};
        words.insert(words.end(), row.words.begin(), row.words.end());
        const auto result = run(words);
        CAPTURE(result.err);
        CHECK(result.status == row.status);
        CHECK(is_one_line(result.err));
        CHECK(contains(result.err, row.err));
    }
}

TEST_CASE("a command without its programs says what to build") {
    const ScratchFolder folder;
    std::filesystem::copy_file(REVENANT_COMMAND, folder.file("revenant"));
    for (const auto& words : {Words{"replay", legacy, "--on", "threads"}, Words{"stress"}}) {
        const auto result = run(words, folder.file("revenant"));
        CHECK(result.status == exit_usage);
        CHECK(is_one_line(result.err));
        CHECK(contains(result.err, "--target revenant-threads-asan"));
    }
}

TEST_CASE("a program that does something else than the schedule is told by step, with both sides in words") {
    // Step 14 is T1's instead of T2's: it would lock as well, and T2 is not where step 15 has it.
    const auto result = beside_impostors(
        "sed '15s/^1 /0 /' $2 > $FOLDER/script && exec $REAL replay $FOLDER/script $3 $4 $5\n",
        {"replay", legacy, "--on", "threads", "--no-fix"});
    CHECK(result.status == exit_bad_schedule);
    CHECK(result.err ==
          "revenant: legacy_registry under ASan: diverged at step 15: expected T2 registry#1.entries read, "
          "got T2 "
          "registry#1.mutex lock, which it cannot take: the mutex is held\n");
}

TEST_CASE("what is no report and no end of a run counts as neither") {
    struct Row {
        const char* body;
        const char* err;
    };
    const Row rows[] = {
        {"exit 0", "ASan: the program ended after 0 of 18 steps, and not for a reason of the code's: exit 0"},
        {"exit 66", "0 of 18 steps, and not for a reason of the code's: exit 66"},
        {"echo 'ThreadSanitizer: CHECK failed' >&2; exit 66", "0 of 18 steps"},
        {"kill -9 $$", "0 of 18 steps, and not for a reason of the code's: signal 9"},
        {"kill -11 $$", "0 of 18 steps"},
        // The first run is real; the second is killed before it begins.
        {"[ -e $FOLDER/ran ] && kill -9 $$; touch $FOLDER/ran; exec $REAL $1 $2 $3 $4 $5", "0 of 18 steps"},
    };
    for (const auto& row : rows) {
        const auto result =
            beside_impostors(std::string(row.body) + "\n",
                             {"replay", legacy, "--on", "threads", "--no-reports", "--runs", "2"});
        CAPTURE(result.out);
        CHECK(result.status == exit_internal);
        CHECK(is_one_line(result.err));
        CHECK_MESSAGE(contains(result.err, row.err), result.err);
    }
    const auto other = beside_impostors(
        "$REAL $1 $2 $3 $4 $5 2>/dev/null; echo 'ERROR: AddressSanitizer: stack-overflow on address 0x1' "
        ">&2; exit 66\n",
        {"replay", legacy, "--on", "threads", "--no-fix", "--sanitizer", "address"});
    CHECK(other.status == exit_not_as_expected);
    CHECK(contains(other.out, "stack-overflow, 1 of 1  NOT AS EXPECTED"));
}

TEST_CASE("a closed or a full stdout is an error, and a closed stdin or stderr is not") {
    for (const auto* const words :
         {"replay LEGACY --on threads --no-reports --no-fix", "stress tutorial/* --seconds 0.1"}) {
        auto text = std::string(words);
        if (const auto at = text.find("LEGACY"); at != text.npos) text.replace(at, 6, legacy);
        const auto with = [&](const char* redirection) {
            return ChildProcess("/bin/sh",
                                {"-c", std::string(REVENANT_COMMAND) + " " + text + " " + redirection},
                                in_folder("/"))
                .finish(60)
                .status;
        };
        CHECK(with("<&-") == exit_as_expected);
        CHECK(with("2>&-") == exit_as_expected);
        CHECK(with(">&-") == exit_usage);
        CHECK(with(">/dev/full") == exit_usage);
    }
}

TEST_CASE("--until stops before the step until somebody lets it go on") {
    ChildProcess child(REVENANT_COMMAND,
                       {"replay", legacy, "--on", "threads", "--sanitizer", "none", "--until", "18"},
                       in_folder("/"));
    std::string seen;
    const auto result = child.finish(60, {}, [&](std::string_view text) {
        seen += text;
        std::smatch found;
        if (!std::regex_search(seen, found, std::regex("process ([0-9]+) waits"))) return;
        const int process = std::stoi(found[1]);
        for (int i = 0; i < 200; ++i) {  // it says so just before it stops
            std::ifstream file("/proc/" + found[1].str() + "/stat");
            const std::string stat{std::istreambuf_iterator<char>(file), {}};
            if (contains(stat, ") T ") || contains(stat, ") t ")) break;
            ::usleep(10'000);
        }
        ::kill(process, SIGCONT);
        seen.clear();
    });
    CAPTURE(result.out);
    CHECK(contains(result.out, "stops before step 18: T2 config#1.strong fetch_add"));
    CHECK(contains(result.out, "it ended: "));
    CHECK(result.status == exit_as_expected);
}

TEST_CASE("Ctrl-C ends a long replay and a long stress at once, with status 4 and nothing left running") {
    for (const auto& words : {Words{"replay", legacy, "--on", "threads", "--runs", "100000", "--no-reports"},
                              Words{"stress", "registry/*", "--seconds", "100"}}) {
        ChildProcess child(REVENANT_COMMAND, words, in_folder("/"));
        auto start = std::chrono::steady_clock::now();
        bool sent = false;
        const auto result = child.finish(100, {}, [&](std::string_view) {  // it has begun
            if (!sent) child.send(SIGINT);
            if (!sent) start = std::chrono::steady_clock::now();
            sent = true;
        });
        REQUIRE(sent);
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(30));
        CHECK(result.status == exit_undecided);
        CHECK(result.out.ends_with("interrupted\n"));
        CHECK(result.err.empty());
    }
}

}  // namespace
}  // namespace revenant::harness
