// What must hold after every step: said in the setup, looked at between the steps.
#include "model/relacy/steps.hpp"

namespace revenant::model::relacy {

void detail::at_every_step(const revenant::detail::small_function<bool>& holds, const char* rule) {
    refuse_while_looking();
    // An execution that watches does so from its first step: the order of steps before would not be known.
    if (recorder().thread != setup_thread) fail({FindingKind::invariant, every_step_rules::too_late});
    if (!recorder().every_step.add(holds, rule)) {
        fail({FindingKind::invariant, every_step_rules::too_many});
    }
    recorder().watch();
}

void look_at_rules() {
    const char* broken = nullptr;
    recorder().looks = true;
    try {
        broken = recorder().every_step.broken();
    } catch (...) {
        broken = "no exception leaves what is looked at after every step";
    }
    recorder().looks = false;
    if (broken != nullptr) fail({FindingKind::invariant, broken});
}

}  // namespace revenant::model::relacy
