#include "model/outcome.hpp"

namespace revenant::model {

const char* to_text(FindingKind kind) {
    switch (kind) {
        case FindingKind::resurrection: return "resurrection";
        case FindingKind::use_after_free: return "use-after-free";
        case FindingKind::double_free: return "double-free";
        case FindingKind::double_destroy: return "double-destroy";
        case FindingKind::leak: return "leak";
        case FindingKind::data_race: return "data-race";
        case FindingKind::deadlock: return "deadlock";
        case FindingKind::livelock: return "livelock";
        case FindingKind::uninitialised_read: return "uninitialised-read";
        case FindingKind::counter_overflow: return "counter-overflow";
        case FindingKind::counter_underflow: return "counter-underflow";
        case FindingKind::invariant: return "invariant";
        case FindingKind::assertion: return "assertion";
    }
    return "?";
}

const char* to_text(Verdict verdict) {
    switch (verdict) {
        case Verdict::correct: return "correct";
        case Verdict::broken: return "broken";
        case Verdict::undecided: return "undecided";
    }
    return "?";
}

}  // namespace revenant::model
