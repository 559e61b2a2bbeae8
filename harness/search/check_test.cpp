#include "harness/search/check.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <stdexcept>

namespace revenant {
namespace {

using P = world;

/// A count of references, as somebody writes it who has not met the race: what is dead is looked up again.
template <class Platform>
class Counted {
public:
    explicit Counted(bool revives) : revives_(revives) {}
    bool find() {
        if (revives_) return users_.fetch_add(1, std::memory_order::acq_rel) >= 0;
        int seen = users_.load(std::memory_order::acquire);
        while (seen != 0) {
            if (users_.compare_exchange_weak(seen, seen + 1, std::memory_order::acq_rel,
                                             std::memory_order::acquire)) {
                return true;
            }
        }
        return false;
    }
    void drop() { users_.fetch_sub(1, std::memory_order::acq_rel); }
    [[nodiscard]] int users() const { return users_.load(std::memory_order::acquire); }

private:
    bool revives_;
    typename Platform::template atomic<int> users_{1, {"users", cell_role::strong_count}};
};

check_result find_against_drop(bool revives, unsigned threads, const check_options& options = {}) {
    return check<P>(
        threads,
        [revives](auto& s) {
            auto& counted = s.template make<Counted<P>>("counted", revives);
            s.thread("drop", [&] { counted.drop(); });
            s.threads(s.count() - 1, "find", [&] {
                if (counted.find()) counted.drop();
            });
            s.at_end([&] { s.require(counted.users() == 0, "every reference is dropped"); });
        },
        options);
}

TEST_CASE("a body that is right passes, and says what was searched") {
    const auto result = find_against_drop(false, 3);
    CHECK(result);
    CHECK(result.verdict() == model::Verdict::correct);
    CHECK_FALSE(result.found());
    CHECK(result.executions() > 3);
    CHECK(result.text().find("exhaustive") != std::string::npos);
}

TEST_CASE("threads of one function are interchangeable") {
    const auto alike = find_against_drop(false, 4).executions();
    const auto each = check<P>(4, [](auto& s) {
                          auto& counted = s.template make<Counted<P>>("counted", false);
                          s.thread("drop", [&] { counted.drop(); });
                          for (int i = 0; i < 3; ++i) {
                              s.thread("find", [&] {
                                  if (counted.find()) counted.drop();
                              });
                          }
                      }).executions();
    CHECK(alike < each);
}

TEST_CASE("one that is wrong is printed as an interleaving in columns") {
    const auto result = find_against_drop(true, 2, {.name = "find against drop"});
    CHECK_FALSE(result);
    REQUIRE(result.found());
    CHECK(*result.found() == resurrection);
    std::ostringstream printed;
    printed << result;
    for (const auto* const text : {"find against drop", "counted#1.users fetch_add 0→1",
                                   "drop:", "find:", "no strong count goes 0→1"}) {
        CAPTURE(printed.str());
        CHECK(printed.str().find(text) != std::string::npos);
    }
}

TEST_CASE("a rule of the body's own is found broken, with the text that it was given") {
    const auto result = check<P>(2, [](auto& s) {
        auto& value = s.template make<typename P::template atomic<int>>("value", 0);
        s.threads(2, "add", [&] {
            value.store(value.load(std::memory_order::relaxed) + 1, std::memory_order::relaxed);
        });
        s.at_end([&] { s.require(value.load(std::memory_order::relaxed) == 2, "both count"); });
    });
    REQUIRE(result.found());
    CHECK(*result.found() == invariant);
    CHECK(result.text().find("both count") != std::string::npos);
}

TEST_CASE("a search that is too large is undecided, and has not passed") {
    const auto result = find_against_drop(false, 4, {.executions = 3});
    CHECK_FALSE(result);
    CHECK(result.verdict() == model::Verdict::undecided);
    CHECK(result.text().find("not all") != std::string::npos);
}

TEST_CASE("a body that starts too few threads, or too many, is told so") {
    for (const unsigned started : {1u, 3u}) {
        const auto result = check<P>(2, [started](auto& s) { s.threads(started, "nothing", [] {}); });
        REQUIRE(result.found());
        CHECK(result.text().find("starts as many threads") != std::string::npos);
    }
}

check_result count_to(unsigned threads, bool in_one_step) {
    return check<P>(threads, [in_one_step](auto& s) {
        auto& count = s.template make<typename P::template atomic<unsigned>>("count", 0u);
        const auto all = s.count();
        s.threads(all, "count", [&count, in_one_step] {
            if (in_one_step) {
                count.fetch_add(1, std::memory_order::relaxed);
            } else {
                count.store(count.load(std::memory_order::relaxed) + 1, std::memory_order::relaxed);
            }
        });
        s.at_end([&, all] { s.require(count.load(std::memory_order::relaxed) == all, "all are counted"); });
    });
}

TEST_CASE("one thread has one execution") {
    const auto result = count_to(1, false);
    CHECK(result);
    CHECK(result.executions() == 1);
}

TEST_CASE("twelve threads alike are searched in full, and lose a count where there is one to be lost") {
    CHECK(count_to(12, true));
    const auto lost = count_to(12, false);
    CHECK(lost.found() == model::FindingKind::invariant);
    CHECK(lost.text().find("T12") != std::string::npos);
}

TEST_CASE("what no model runs is an error") {
    for (const unsigned threads : {0u, 13u, 99u}) {
        CHECK_THROWS_AS(static_cast<void>(check<P>(threads, [](auto&) {})), std::invalid_argument);
    }
}

}  // namespace
}  // namespace revenant
