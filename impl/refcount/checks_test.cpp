// The checks of the counters: a count out of its range, or a `ref` of the dead, ends in one line on
// stderr and an abort, in every build. Each runs in a child process.
//
// To be near an end of the range, they run on a platform whose counts start where a test says.
#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>

#include <revenant/debug_platform.hpp>
#include <revenant/refcount/shared_ptr.hpp>
#include <revenant/refcount/thread_safe_ref_count.hpp>
#include <revenant/refcount/weakable_ref_count.hpp>
#include <revenant/registry/strong_registry.hpp>
#include <revenant/std_platform.hpp>
#include "impl/test_child.hpp"

namespace revenant {
namespace {

constexpr auto max = std::numeric_limits<std::uint32_t>::max();

template <std::uint32_t Strong, std::uint32_t Weak = 1, class Base = std_platform>
struct counts_from : Base {
    template <class T>
    struct atomic : Base::template atomic<T> {
        explicit atomic(T initial, cell_name name = {})
            : Base::template atomic<T>(name.role == cell_role::strong_count ? T{Strong}
                                       : name.role == cell_role::weak_count ? T{Weak}
                                                                            : initial) {}
    };
};
static_assert(Platform<counts_from<0>>);

template <class P, class Check = assert_check>
struct counted : thread_safe_ref_count<counted<P, Check>, P, Check> {
    void destroy() {}
};
template <class P, class Check = assert_check>
struct weakable : weakable_ref_count<weakable<P, Check>, P, Check> {
    void drop_contents() {}
    void free_memory() {}
};
template <class P>
struct evicted : registry_owned_ref_count<evicted<P>, P> {
    struct {
        void evict_if_idle(evicted&) {}
    } none;
    auto& registry() { return none; }
    void destroy() {}
};

/// The object stays in its storage: what is on trial is the check, not the memory.
template <class T, class Body>
test_child with(Body body) {
    return test_child::run([&] {
        T object;
        body(object);
    });
}
template <class P, class Body>
test_child with_shared(Body body) {
    return test_child::run([&] {
        using pointer = shared_ptr<int, P>;
        static auto* const held = new pointer(pointer::make("int", 1));  // never dropped
        body(*held);
    });
}

void check_aborts_with(const test_child& end, const std::string& what) {
    CAPTURE(end.stderr_text);
    CHECK(end.aborted);
    const std::string start = "revenant: check failed: " + what + ", at ";
    CHECK(end.stderr_text.substr(0, start.size()) == start);
    CHECK(end.stderr_text.find('\n') == end.stderr_text.size() - 1);
}
void check_silent(const test_child& end) {
    CHECK(end.returned);
    CHECK(end.stderr_text == "");
}

constexpr auto ref = [](auto& object) { object.ref(); };
constexpr auto deref = [](auto& object) { object.deref(); };
constexpr auto weak_ref = [](auto& object) { object.weak_ref(); };
constexpr auto weak_deref = [](auto& object) { object.weak_deref(); };
constexpr auto upgrade = [](auto& object) { static_cast<void>(object.upgrade()); };

TEST_CASE("a failed check names what failed and the caller's file and line, and aborts") {
    const auto here = std::source_location::current();
    const auto end = with<counted<counts_from<0>>>([](auto& object) { object.deref(); });
    check_aborts_with(end, "deref() of an object whose count was 0");
    CHECK(end.stderr_text == std::string("revenant: check failed: deref() of an object whose count "
                                         "was 0, at ") +
                                 here.file_name() + ":" + std::to_string(here.line() + 1) + "\n");
}

TEST_CASE("a failed check aborts on debug_platform as well") {
    using P = counts_from<0, 1, debug_platform>;
    check_aborts_with(with<counted<P>>(deref), "deref() of an object whose count was 0");
}

TEST_CASE("a scenario's rule that does not hold aborts as a check does") {
    check_aborts_with(test_child::run([] { std_platform::require(false, "nothing is lost"); }),
                      "nothing is lost");
    check_aborts_with(test_child::run([] { debug_platform::require(false, "nothing is lost"); }),
                      "nothing is lost");
}

TEST_CASE("deref of a count of 0 is an underflow under both check policies") {
    using P = counts_from<0>;
    check_aborts_with(with<counted<P>>(deref), "deref() of an object whose count was 0");
    check_aborts_with(with<counted<P, no_check>>(deref), "deref() of an object whose count was 0");
    check_aborts_with(with<evicted<P>>(deref), "deref() of an object whose count was 0");
    const auto* const what = "deref() of an object whose strong count was 0";
    check_aborts_with(with<weakable<P>>(deref), what);
    check_aborts_with(with<weakable<P, no_check>>(deref), what);
}

TEST_CASE("weak_deref of a count of 0 is an underflow under both check policies") {
    using P = counts_from<1, 0>;
    const auto* const what = "weak_deref() of an object whose weak count was 0";
    check_aborts_with(with<weakable<P>>(weak_deref), what);
    check_aborts_with(with<weakable<P, no_check>>(weak_deref), what);
}

TEST_CASE("ref of a full count is an overflow under both check policies") {
    using P = counts_from<max>;
    check_aborts_with(with<counted<P>>(ref), "ref() overflowed the count");
    check_aborts_with(with<counted<P, no_check>>(ref), "ref() overflowed the count");
    check_aborts_with(with<evicted<P>>(ref), "ref() overflowed the count");
    check_aborts_with(with<weakable<P>>(ref), "a reference count overflowed");
    check_aborts_with(with<weakable<P, no_check>>(ref), "a reference count overflowed");
    check_aborts_with(with<weakable<P>>(upgrade), "a reference count overflowed");
    using full_weak = counts_from<1, max>;
    check_aborts_with(with<weakable<full_weak>>(weak_ref), "a reference count overflowed");
}

TEST_CASE("the last number of the range is still a count") {
    using P = counts_from<max - 1, max - 1>;
    check_silent(with<counted<P>>(ref));
    check_silent(with<evicted<P>>(ref));
    check_silent(with<weakable<P>>(ref));
    check_silent(with<weakable<P>>(upgrade));
    check_silent(with<weakable<P>>(weak_ref));
}

TEST_CASE("ref of a dead object fires the assertion under assert_check") {
    using P = counts_from<0>;
    check_aborts_with(with<counted<P>>(ref), "ref() of an object whose count was 0");
    check_aborts_with(with<weakable<P>>(ref), "ref() of an object whose strong count was 0");
    check_aborts_with(with<evicted<P>>(ref), "ref() of an object whose count was 0");
}

TEST_CASE("ref of a dead object goes unnoticed under no_check") {
    using P = counts_from<0>;
    check_silent(with<counted<P, no_check>>(ref));
    check_silent(with<weakable<P, no_check>>(ref));
}

TEST_CASE("shared_ptr checks the range of both its counts") {
    constexpr auto clone = [](auto& held) { static_cast<void>(held.clone().leak()); };
    constexpr auto downgrade = [](auto& held) { new auto(held.downgrade()); };
    constexpr auto drop = [](auto& held) { held.reset(); };
    constexpr auto drop_weak = [](auto& held) { held.leak()->weak_deref(std::source_location::current()); };
    const auto* const overflow = "a reference count overflowed";
    check_aborts_with(with_shared<counts_from<max>>(clone), overflow);
    check_aborts_with(with_shared<counts_from<1, max>>(downgrade), overflow);
    check_aborts_with(with_shared<counts_from<0>>(drop), "a shared_ptr dropped a count of 0");
    check_aborts_with(with_shared<counts_from<1, 0>>(drop_weak), "a weak_ptr dropped a count of 0");
    check_silent(with_shared<counts_from<max - 1>>(clone));
    check_silent(with_shared<counts_from<1, max - 1>>(downgrade));
}

TEST_CASE("weak_ptr.upgrade checks the range of the strong count") {
    constexpr auto upgrade_once = [](auto& held) {
        const auto weak = held.downgrade();
        static_cast<void>(weak.upgrade().leak());
    };
    check_aborts_with(with_shared<counts_from<max>>(upgrade_once), "a reference count overflowed");
    check_silent(with_shared<counts_from<max - 1>>(upgrade_once));
}

}  // namespace
}  // namespace revenant
