// A search in parts comes to the totals of the search in one piece: in processes, in shares, and stopped
// and gone on with.
#include "harness/search/dpor_search.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <memory>
#include <utility>
#include <vector>

#include "harness/process/test_folder.hpp"
#include "harness/search/checkpoint.hpp"
#include "harness/search/search_row.hpp"
#include "model/relacy/platform.hpp"

namespace revenant::harness {
namespace {

const scenarios::Entry& entry_of(std::string_view scenario, std::string_view implementation) {
    const auto* const entry = scenarios::find_entry(scenario, implementation);
    REQUIRE(entry != nullptr);
    return *entry;
}
const scenarios::Entry& seed() { return entry_of("registry/intern_vs_last_release", "shared_registry"); }
constexpr unsigned threads = 4;

SearchSettings without_symmetry() {
    SearchSettings settings;
    settings.symmetry = false;
    return settings;
}

std::uint64_t all_executions() {
    static const auto all = search_row({&seed(), threads}, without_symmetry()).outcome.executions_complete;
    return all;
}

TEST_CASE("several processes explore the executions of one, and prove the same") {
    for (const unsigned jobs : {2u, 3u}) {
        auto settings = without_symmetry();
        settings.jobs = jobs;
        const auto row = search_row({&seed(), threads}, settings);
        CHECK(row.outcome.executions_complete == all_executions());
        CHECK(row.outcome.exhaustive);
        CHECK(row.as_expected);
    }
}

TEST_CASE("how far a search was by then is the same however many processes there are") {
    const auto milestones_with = [](unsigned jobs) {
        auto settings = without_symmetry();
        settings.jobs = jobs;
        std::vector<std::pair<std::uint64_t, double>> points;
        for (const auto& milestone : search_row({&seed(), threads}, settings).outcome.milestones) {
            points.emplace_back(milestone.executions, milestone.share);
        }
        return points;
    };
    const auto alone = milestones_with(1);
    REQUIRE(alone.size() > 2);
    const auto whole = search_row({&seed(), threads}, without_symmetry()).outcome;
    CHECK(alone.back().first == whole.executions_complete + whole.executions_blocked);
    CHECK(alone.back().second == doctest::Approx(1.0));  // a sum of shares
    CHECK(milestones_with(2) == alone);
    CHECK(milestones_with(3) == alone);
}

TEST_CASE("what is left of a tree is never told to be nothing, however little it is") {
    CHECK(share_in_words(0.07) == "7 %");
    CHECK(share_in_words(0.00012) == "0.012 %");
    CHECK(share_in_words(0.9999) == "99 %");
}

TEST_CASE("several processes look at the newest values only if one is to") {
    for (const unsigned jobs : {1u, 2u}) {
        SearchSettings settings;
        settings.newest_only = true;
        settings.jobs = jobs;
        const auto& stale = entry_of("tutorial/publish_vs_read", "flag_then_value+relaxed_look");
        const auto row = search_row({&stale, 3}, settings);
        CHECK_FALSE(row.outcome.finding);
        CHECK(row.outcome.exhaustive_of_newest);
        CHECK_FALSE(row.outcome.exhaustive);
    }
}

TEST_CASE("several processes find what one finds, however many there are") {
    const auto& broken = entry_of("registry/reintern_while_alive", "strong_registry");
    const auto one = search_row({&broken, 3}, {});
    REQUIRE(one.outcome.finding);
    for (const unsigned jobs : {2u, 3u}) {
        SearchSettings settings;
        settings.jobs = jobs;
        const auto row = search_row({&broken, 3}, settings);
        REQUIRE(row.outcome.finding);
        CHECK(row.outcome.schedule == one.outcome.schedule);
        CHECK(row.outcome.executions_complete == one.outcome.executions_complete);
        CHECK(row.as_expected);
    }
}

TEST_CASE("a process that has found something goes on with the parts before it") {
    const auto& broken = entry_of("registry/two_keys", "weak_registry+remove_by_content");
    auto settings = without_symmetry();
    settings.shard = Shard{2, 3};
    const auto one = search_row({&broken, 5}, settings);
    REQUIRE(one.outcome.finding);
    settings.jobs = 2;
    for (int i = 0; i < 20; ++i) {  // it takes one process to be behind the other
        const auto row = search_row({&broken, 5}, settings);
        REQUIRE(row.outcome.finding);
        CHECK(row.outcome.schedule == one.outcome.schedule);
    }
}

TEST_CASE("the shares of a search add up to it, execution for execution") {
    for (const unsigned count : {1u, 2u, 5u}) {
        std::uint64_t sum = 0;
        for (unsigned index = 1; index <= count; ++index) {
            auto settings = without_symmetry();
            settings.shard = Shard{index, count};
            const auto row = search_row({&seed(), threads}, settings);
            CHECK(row.outcome.ending == model::Ending::share);
            CHECK(row.outcome.verdict == model::Verdict::undecided);
            CHECK(row.as_expected);
            sum += row.outcome.executions_complete;
        }
        CHECK(sum == all_executions());
    }
}

/// Threads that run the same, in a program that watches. A class, whose threads are known to be alike before
/// its first setup.
template <class P>
class WatchedAdditions final : public model::Program {
public:
    void setup() override {
        sum_ = P::template make<Sum>("sum", 0);
        P::at_every_step([this] { return sum_->load() <= 8; }, "at most eight");
    }
    void thread(unsigned) override {
        for (int i = 0; i < 2; ++i) sum_->fetch_add(1, std::memory_order::relaxed);
    }
    void teardown() override { P::destroy(sum_); }
    [[nodiscard]] unsigned symmetry_class(unsigned) const override { return 0; }

private:
    using Sum = typename P::template atomic<int>;
    Sum* sum_ = nullptr;
};

TEST_CASE("no two threads of a program that watches are alike, whole or in shares") {
    const scenarios::Entry watched{
        "a/watched", "right", {}, [](unsigned) -> std::unique_ptr<model::Program> {
            return std::make_unique<WatchedAdditions<model::relacy::relacy_platform>>();
        }};
    CHECK(search_row({&watched, 4}, {}).outcome.executions_complete == 2520);  // 8! / 2!⁴
    std::uint64_t sum = 0;
    for (unsigned index = 1; index <= 2; ++index) {
        SearchSettings settings;
        settings.shard = Shard{index, 2};
        sum += search_row({&watched, 4}, settings).outcome.executions_complete;
    }
    CHECK(sum == 2520);
}

TEST_CASE("a search that is stopped goes on from its checkpoint to the same totals") {
    const ScratchFolder folder;
    auto settings = without_symmetry();
    settings.checkpoint = folder.path() + "/search";
    int stops = 0;
    while (true) {
        settings.budget_executions = 3000;
        settings.jobs = 1 + static_cast<unsigned>(stops) % 2;
        const auto row = search_row({&seed(), threads}, settings);
        if (row.outcome.exhaustive) {
            CHECK(row.outcome.executions_complete == all_executions());
            break;
        }
        CHECK(row.outcome.ending == model::Ending::execution_budget);
        REQUIRE(++stops < 100);
    }
    CHECK(stops > 3);
    CHECK(folder.names().empty());  // there is nothing left to go on with
}

TEST_CASE("a share that is interrupted while it is dealt out leaves no checkpoint of the whole search") {
    static volatile std::sig_atomic_t wish = 1;
    const ScratchFolder folder;
    auto settings = without_symmetry();
    settings.checkpoint = folder.path() + "/search";
    settings.shard = Shard{2, 10'000};
    settings.stop = model::StopToken(wish);
    CHECK(search_row({&seed(), threads}, settings).outcome.ending == model::Ending::interrupted);
    CHECK(folder.names().empty());
}

TEST_CASE("a checkpoint that is damaged, of another search or of nothing is refused in one line") {
    const ScratchFolder folder;
    auto settings = without_symmetry();
    settings.checkpoint = folder.path() + "/search";
    settings.budget_executions = 3000;
    REQUIRE_FALSE(search_row({&seed(), threads}, settings).outcome.exhaustive);
    const auto whole = folder.text("search");

    const auto refused = [&](const std::string& text, unsigned with_threads = threads) {
        std::ofstream(settings.checkpoint) << text;
        try {
            static_cast<void>(search_row({&seed(), with_threads}, settings));
        } catch (const SearchError& error) {
            CHECK(error.cause == SearchError::Cause::checkpoint_not_read);
            CHECK(error.line.find('\n') == std::string::npos);
            return error.line.substr(error.line.find("search ") + 7);
        }
        return std::string("was not refused");
    };
    CHECK(refused("").starts_with("is not a checkpoint"));
    CHECK(refused("no JSON").starts_with("is not a checkpoint"));
    CHECK(refused(whole.substr(0, whole.size() / 2)).starts_with("is not a checkpoint"));
    std::string deep = R"({"schema":"revenant.checkpoint/1","search":)";
    for (int i = 0; i < 300'000; ++i) deep += R"({"a":)";
    CHECK(refused(deep + "1" + std::string(300'000, '}') + "}") ==
          "is not a checkpoint: it is nested too deep");
    auto other_version = whole;
    other_version.replace(other_version.find("checkpoint/1"), 12, "checkpoint/7");
    CHECK(refused(other_version).starts_with("is of version"));
    auto damaged = whole;
    damaged.replace(damaged.find("subtree"), 7, "subtrxe");
    CHECK(refused(damaged).starts_with("is damaged: its checksum"));
    CHECK(refused(whole, 3).starts_with("is of another search: registry/intern_vs_last_release"));
    settings.newest_only = true;
    CHECK(refused(whole).find("newest_only") != std::string::npos);
    settings.newest_only = false;
    CHECK(refused(whole) == "was not refused");
}

TEST_CASE("a checkpoint with the work of another program is not held against the test, and stays as it was") {
    const ScratchFolder folder;
    auto settings = without_symmetry();
    settings.checkpoint = folder.path() + "/search";
    settings.budget_executions = 3000;
    const auto& other = entry_of("registry/two_keys", "shared_registry");
    REQUIRE_FALSE(search_row({&other, threads}, settings).outcome.exhaustive);
    const auto saved = folder.text("search");
    const std::string name = "\"work\": \"";
    const auto begin = saved.find(name) + name.size();
    const auto work = saved.substr(begin, saved.find('"', begin) - begin);
    const auto forged = checkpoint_text(
        {std::string(seed().scenario), std::string(seed().implementation), threads, false, "", false}, work);
    for (const unsigned jobs : {1u, 2u}) {
        settings.jobs = jobs;
        folder.write("search", forged);
        std::string line;
        try {
            static_cast<void>(search_row({&seed(), threads}, settings));
        } catch (const SearchError& error) {
            CHECK(error.cause == SearchError::Cause::checkpoint_not_read);
            line = error.line;
        }
        CHECK(line == settings.checkpoint +
                          " does not fit: the program has other choices than it. It is damaged, or the test "
                          "is not deterministic");
        CHECK(folder.text("search") == forged);
    }
}

}  // namespace
}  // namespace revenant::harness
