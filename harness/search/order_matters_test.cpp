#include "harness/search/order_matters.hpp"

#include <doctest/doctest.h>

#include "model/trace_builder.hpp"

namespace revenant::harness {
namespace {

using K = model::OperationKind;

/// Two objects, the first with two cells.
struct Objects {
    model::TraceBuilder made;
    model::BlockId object = made.make(model::setup_thread, "object");
    model::CellId count = made.cell(object, "count");
    model::CellId value = made.cell(object, "value");
    model::BlockId other = made.make(model::setup_thread, "other");
    model::CellId others = made.cell(other, "count");

    model::Operation on(K kind, model::CellId cell) {
        made.add(0, kind, cell, 0, 0);
        return made.trace.steps.back().operation;
    }
    bool matters(const model::Operation& a, const model::Operation& b) {
        const bool one_way = order_matters(made.trace, a, b);
        CHECK(one_way == order_matters(made.trace, b, a));
        return one_way;
    }
};

TEST_CASE("the order of two reads of one cell does not matter, whatever reads it") {
    Objects all;
    for (const auto a : {K::read, K::load}) {
        for (const auto b : {K::read, K::load})
            CHECK_FALSE(all.matters(all.on(a, all.value), all.on(b, all.value)));
    }
}

TEST_CASE("the order of a change of a cell and anything else on it matters") {
    Objects all;
    for (const auto changes : {K::write, K::store, K::fetch_add, K::fetch_sub, K::exchange}) {
        for (const auto any : {K::read, K::load, K::write, K::store, K::fetch_sub})
            CHECK(all.matters(all.on(changes, all.count), all.on(any, all.count)));
    }
    CHECK(all.matters(all.on(K::lock, all.count), all.on(K::lock, all.count)));
}

TEST_CASE("the order of steps on two cells does not matter, of one object or of two") {
    Objects all;
    CHECK_FALSE(all.matters(all.on(K::store, all.count), all.on(K::store, all.value)));
    CHECK_FALSE(all.matters(all.on(K::store, all.count), all.on(K::store, all.others)));
}

TEST_CASE("the order of a free and of what works on the same object matters") {
    Objects all;
    all.made.free(0, all.object);
    const auto freed = all.made.trace.steps.back().operation;
    CHECK(all.matters(freed, all.on(K::read, all.value)));
    CHECK(all.matters(freed, freed));
    CHECK_FALSE(all.matters(freed, all.on(K::read, all.others)));
}

TEST_CASE("the order of two fences matters, and that of a fence and an access to a cell does not") {
    Objects all;
    model::Operation fence;
    fence.kind = K::fence;
    fence.target = model::no_id;
    CHECK(all.matters(fence, fence));
    CHECK_FALSE(all.matters(fence, all.on(K::store, all.count)));
}

}  // namespace
}  // namespace revenant::harness
