#include "model/relacy/foreign_calls.hpp"

#include <utility>

#include "model/relacy/steps.hpp"
#include "model/relacy/watchdog.hpp"

namespace revenant::model::relacy {
namespace {

const char* foreign_call = nullptr;

}  // namespace

void refuse_in_modelled_code(const char* call) {
    if (in_modelled_code == 0) return;
    in_modelled_code = 0;
    foreign_call = call;
    fail({FindingKind::assertion, call});
}

const char* take_foreign_call() { return std::exchange(foreign_call, nullptr); }

}  // namespace revenant::model::relacy
