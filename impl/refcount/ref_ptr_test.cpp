// The contract of ref_ptr, and of the ledger behind it on a platform that tracks references.
#include <revenant/refcount/ref_ptr.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <revenant/debug_platform.hpp>
#include <revenant/refcount/thread_safe_ref_count.hpp>
#include <revenant/refcount/weakable_ref_count.hpp>
#include <revenant/std_platform.hpp>

namespace revenant {
namespace {

template <class P>
struct counted : thread_safe_ref_count<counted<P>, P> {
    static constexpr const char* log_name = "Counted";
    explicit counted(int& count) : ended(count) {}
    void destroy() {
        ++ended;
        P::destroy(this);
    }
    [[nodiscard]] std::uint32_t strong_count() const { return this->count(); }
    int& ended;
};

template <class P>
struct weakable : weakable_ref_count<weakable<P>, P> {
    static constexpr const char* log_name = "Weakable";
    explicit weakable(int& count) : ended(count) {}
    void drop_contents() { ++ended; }
    void free_memory() { P::destroy(this); }
    int& ended;
};

#define REVENANT_EVERY_OBJECT \
    counted<std_platform>, counted<debug_platform>, weakable<std_platform>, weakable<debug_platform>

TEST_CASE_TEMPLATE("ref_ptr is null by default, and all that null gives is null", T, REVENANT_EVERY_OBJECT) {
    ref_ptr<T> null;
    const ref_ptr<T> from_nullptr = nullptr;
    CHECK_FALSE(null);
    CHECK(null == from_nullptr);
    CHECK(null.get() == nullptr);
    CHECK_FALSE(null.clone());
    CHECK_FALSE(ref_ptr<T>::share(nullptr));
    CHECK_FALSE(ref_ptr<T>::adopt(nullptr));
    CHECK(null.leak() == nullptr);
    null.reset();
}

TEST_CASE_TEMPLATE("ref_ptr.adopt counts nothing, share and clone count one, the last drop ends", T,
                   REVENANT_EVERY_OBJECT) {
    int ended = 0;
    auto held = ref_ptr<T>::adopt(new T(ended));
    CHECK(held->strong_count() == 1);
    CHECK(&*held == held.get());
    auto clone = held.clone();
    CHECK(clone == held);
    {
        const auto shared = ref_ptr<T>::share(held.get());
        CHECK(held->strong_count() == 3);
    }
    CHECK(held->strong_count() == 2);
    held.reset();
    CHECK_FALSE(held);
    CHECK(clone->strong_count() == 1);
    CHECK(ended == 0);
    clone.reset();
    CHECK(ended == 1);
}

TEST_CASE_TEMPLATE("ref_ptr.leak hands the reference over without counting", T, REVENANT_EVERY_OBJECT) {
    int ended = 0;
    auto held = ref_ptr<T>::adopt(new T(ended));
    T* const by_hand = held.leak();
    CHECK_FALSE(held);
    CHECK(by_hand->strong_count() == 1);
    by_hand->deref();
    CHECK(ended == 1);
}

TEST_CASE_TEMPLATE("ref_ptr moves count nothing, and an assignment drops what was held", T,
                   REVENANT_EVERY_OBJECT) {
    CHECK_FALSE(std::is_copy_constructible_v<ref_ptr<T>>);
    int first_ended = 0;
    int second_ended = 0;
    auto held = ref_ptr<T>::adopt(new T(first_ended));
    auto moved = std::move(held);
    CHECK_FALSE(held);
    CHECK(moved->strong_count() == 1);
    auto& same = moved;
    moved = std::move(same);
    REQUIRE(moved);
    CHECK(moved->strong_count() == 1);
    moved = ref_ptr<T>::adopt(new T(second_ended));
    CHECK(first_ended == 1);
    moved = nullptr;
    CHECK(second_ended == 1);
}

TEST_CASE("ref_ptr is one pointer where references are not tracked") {
    CHECK(sizeof(ref_ptr<counted<std_platform>>) == sizeof(void*));
}

using tracked = counted<debug_platform>;

auto holders() { return reference_ledger::instance().outstanding(); }

TEST_CASE("the ledger names the object, the type, the file and the line of each holder") {
    REQUIRE(holders().empty());
    int ended = 0;
    const auto adopted_at = std::source_location::current().line() + 1;
    auto held = ref_ptr<tracked>::adopt(new tracked(ended));
    const auto cloned_at = std::source_location::current().line() + 1;
    auto clone = held.clone();
    const auto shared_at = std::source_location::current().line() + 1;
    auto shared = ref_ptr<tracked>::share(held.get());
    const auto now = holders();
    REQUIRE(now.size() == 3);
    CHECK(now[0].where.line() == adopted_at);
    CHECK(now[1].where.line() == cloned_at);
    CHECK(now[2].where.line() == shared_at);
    for (const auto& holder : now) {
        CHECK(holder.object == held.get());
        CHECK(std::string(holder.type) == "Counted");
        CHECK(std::string(holder.where.file_name()) == std::source_location::current().file_name());
    }
}

TEST_CASE("the ledger forgets a holder that lets go, by its end, reset or leak") {
    REQUIRE(holders().empty());
    int ended = 0;
    auto held = ref_ptr<tracked>::adopt(new tracked(ended));
    { const auto scoped = held.clone(); }
    CHECK(holders().size() == 1);
    auto clone = held.clone();
    const auto clone_line = holders().back().where.line();
    held.reset();
    REQUIRE(holders().size() == 1);
    CHECK(holders()[0].where.line() == clone_line);
    tracked* const by_hand = clone.leak();
    CHECK(holders().empty());
    by_hand->deref();
    CHECK(ended == 1);
}

TEST_CASE("the ledger enters nobody for null") {
    const auto null = ref_ptr<tracked>::adopt(nullptr);
    const auto clone = null.clone();
    CHECK(holders().empty());
}

TEST_CASE("a move keeps the ticket: the ledger names who acquired, not who holds") {
    REQUIRE(holders().empty());
    int ended = 0;
    auto held = ref_ptr<tracked>::adopt(new tracked(ended));
    const auto acquired_at = holders().at(0).where.line();
    auto moved = std::move(held);
    ref_ptr<tracked> assigned;
    assigned = std::move(moved);
    held.reset();   // NOLINT(bugprone-use-after-move): what a move leaves is empty, and may be reset
    moved.reset();  // NOLINT(bugprone-use-after-move)
    REQUIRE(holders().size() == 1);
    CHECK(holders()[0].where.line() == acquired_at);
    assigned.reset();
    CHECK(holders().empty());
}

TEST_CASE("a forgotten holder is named in the ledger's report") {
    CHECK(reference_ledger::instance().report() == "");
    int ended = 0;
    const auto line = std::source_location::current().line() + 1;
    auto held = ref_ptr<tracked>::adopt(new tracked(ended));
    auto forgotten = std::make_unique<ref_ptr<tracked>>(std::move(held));
    const std::string report = reference_ledger::instance().report();
    const std::string expected = std::string("Counted is still held, acquired at ") +
                                 std::source_location::current().file_name() + ":" + std::to_string(line) +
                                 " (";
    CHECK(report.substr(0, expected.size()) == expected);
    CHECK(report.back() == '\n');
    CHECK(report.find('\n') == report.size() - 1);
    forgotten.reset();
    CHECK(reference_ledger::instance().report() == "");
}

}  // namespace
}  // namespace revenant
