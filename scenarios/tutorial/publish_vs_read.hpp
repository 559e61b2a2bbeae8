// tutorial/publish_vs_read: T1 writes a value and raises a flag; the others look at the flag and at the
// value.
//
// Two mistakes that end alike and are not: a reader that looks at the value first is wrong whatever the
// memory orders are, and a switch of threads shows it; a reader whose look at the flag is relaxed is wrong
// only where its second load is stale.
#pragma once

#include <utility>

#include <revenant/platform.hpp>
#include "model/program.hpp"
#include "scenarios/calls.hpp"

namespace revenant::scenarios {

/// Flag and value, in the order in which they are loaded.
struct FlagThenValue {
    /// acquire: with the release of `raise`. What crosses is the value; relaxed, a reader that sees the flag
    /// may see the value as it was before (tutorial/publish_vs_read).
    static constexpr order_site look{"publication.look", std::memory_order::acquire};
    /// release: see `look`.
    static constexpr order_site raise{"publication.raise", std::memory_order::release};

    template <class P, class Cell>
    static void publish(Cell& value, Cell& flag) {
        value.store(7, std::memory_order::relaxed);  // the flag carries it
        flag.store(1, raise);
    }
    template <class P, class Cell>
    static std::pair<int, int> read(const Cell& value, const Cell& flag) {
        const int raised = flag.load(look);
        return {raised, value.load(std::memory_order::relaxed)};  // after the flag
    }
};

/// The same by fences: the flag itself carries nothing.
struct Fences {
    template <class P, class Cell>
    static void publish(Cell& value, Cell& flag) {
        value.store(7, std::memory_order::relaxed);
        P::fence(std::memory_order::release);
        flag.store(1, std::memory_order::relaxed);
    }
    template <class P, class Cell>
    static std::pair<int, int> read(const Cell& value, const Cell& flag) {
        const int raised = flag.load(std::memory_order::relaxed);
        P::fence(std::memory_order::acquire);
        return {raised, value.load(std::memory_order::relaxed)};
    }
};

/// WRONG ON PURPOSE: the value may be from before the publication, and the flag from after it. Convicted by
/// tutorial/publish_vs_read.
struct ValueThenFlag : FlagThenValue {
    template <class P, class Cell>
    static std::pair<int, int> read(const Cell& value, const Cell& flag) {
        const int seen = value.load(look);
        return {flag.load(look), seen};
    }
};

template <class P, class Publication>
class PublishVsRead final : public model::Program {
    using Cell = typename P::template atomic<int>;

public:
    explicit PublishVsRead(unsigned) {}

    void setup() override {
        value_ = P::template make<Cell>("value", 0);
        flag_ = P::template make<Cell>("flag", 0);
    }
    void thread(unsigned index) override {
        if (index == 0) {
            calls<P>("publish");
            return Publication::template publish<P>(*value_, *flag_);
        }
        calls<P>("read");
        const auto [raised, value] = Publication::template read<P>(*value_, *flag_);
        P::check(raised == 0 || value == 7, check_kind::assertion, "who sees the flag sees the value");
    }
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override { return thread == 0 ? 0 : 1; }
    void teardown() override {
        P::destroy(value_);
        P::destroy(flag_);
    }

private:
    Cell* value_ = nullptr;
    Cell* flag_ = nullptr;
};

}  // namespace revenant::scenarios
