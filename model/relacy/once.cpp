#include "model/relacy/once.hpp"

#include "model/relacy/waitables.hpp"

namespace revenant::model::relacy::detail {

OnceFlag::OnceFlag(cell_name name) : Waitable(name) {}
OnceFlag::~OnceFlag() {
    end_life(id_, life_, [] {});
}

bool OnceFlag::begin(source where) {
    auto operation = operation_on(OperationKind::call_once, id_, where);
    when_able(operation, free_of(id_), [&](const rl::debug_info& info) {
        static_cast<void>(as<Life>(life_)(info).load());
        acquire(released_);
        operation.failed = is_done_;
    });
    if (!operation.failed) recorder().locked(id_);
    return !operation.failed;
}

void OnceFlag::end(source where) {
    auto operation = operation_on(OperationKind::unlock, id_, where);
    atomically(operation, [&](const rl::debug_info& info) {
        static_cast<void>(as<Life>(life_)(info).load());
        is_done_ = true;
        release(released_);
    });
    recorder().unlocked(id_);
}

// No step of its own: while an exception passes, nobody else goes on.
void OnceFlag::undo() {
    release(released_);
    recorder().unlocked(id_);
}

}  // namespace revenant::model::relacy::detail
