#include "harness/search/order_matters.hpp"

namespace revenant::harness {

bool order_matters(const model::Trace& trace, const model::Operation& a, const model::Operation& b) {
    using Kind = model::OperationKind;
    const auto ends_a_life = [](const model::Operation& one) {
        return one.kind == Kind::free || one.kind == Kind::retire;
    };
    const auto block = trace.block_of(a);
    if (ends_a_life(a) || ends_a_life(b)) return block != model::no_id && block == trace.block_of(b);
    if (a.kind == Kind::fence && b.kind == Kind::fence) return true;
    if (a.on_block || b.on_block || a.target == model::no_id || a.target != b.target) return false;
    const auto only_reads = [](const model::Operation& one) {
        const bool takes = one.kind == Kind::lock || one.kind == Kind::unlock;
        return !takes && !stores_value(one);
    };
    return !only_reads(a) || !only_reads(b);
}

}  // namespace revenant::harness
