// For tests: a body that is searched in the model.
#pragma once

#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/search/dpor.hpp"
#include "scenarios/body.hpp"

namespace revenant::scenarios {

template <class Body>
model::Outcome searched(unsigned threads) {
    const auto program = program_of<model::relacy::relacy_platform, Body>(threads);
    model::search::Dpor dpor;
    return model::relacy::explore(*program, threads, dpor, {});
}

}  // namespace revenant::scenarios
