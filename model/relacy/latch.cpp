#include "model/relacy/latch.hpp"

#include "model/relacy/waitables.hpp"

namespace revenant::model::relacy::detail {

Latch::Latch(std::ptrdiff_t expected, cell_name name) : Waitable(name) {
    if (expected < 0 || expected > expected_max) {
        fail({FindingKind::invariant, "a latch is made with a count from 0 to its max()"});
    }
    recorder().blocking().make_latch(id_, static_cast<unsigned>(expected));
}

Latch::~Latch() {
    // Who waits goes on, into what has ended.
    end_life(id_, life_, [&] { recorder().blocking().make_latch(id_, 0); });
}

void Latch::count_down(std::ptrdiff_t by, source where) {
    auto operation = operation_on(OperationKind::count_down, id_, where);
    operation.failed = by == 0;  // whoever waits may have gone on before
    atomically(operation, [&](const rl::debug_info& info) {
        static_cast<void>(as<Life>(life_)(info).load());
        operation.before = recorder().blocking().count(id_);
        if (by < 0 || static_cast<std::uint64_t>(by) > operation.before) {
            fail({FindingKind::invariant, "a latch is counted down to 0 and no further"});
        }
        operation.after = operation.before - static_cast<std::uint64_t>(by);
        if (by != 0) release(released_);
        recorder().blocking().count_down(id_, static_cast<unsigned>(by));
    });
}

void Latch::wait(source where) const {
    auto operation = operation_on(OperationKind::wait_for_latch, id_, where);
    when_able(operation, free_of(id_), [&](const rl::debug_info& info) {
        static_cast<void>(as<Life>(life_)(info).load());
        acquire(released_);
    });
}

}  // namespace revenant::model::relacy::detail
