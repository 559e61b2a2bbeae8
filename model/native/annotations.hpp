// Annotations: what a program tells a race detector of what comes before what, by an address that both sides
// name.
//
// Each word is a step: which of two comes first decides whether they order anything.
#pragma once

#include <cstdint>
#include <map>

#include "model/native/clocks.hpp"

namespace revenant::model::native {

class Annotations {
public:
    void begin() { released_.clear(); }
    /// What has happened by now comes before what follows an `acquire` of the same address.
    void release(std::uintptr_t address, const VectorClock& happened) { released_[address].join(happened); }
    void acquire(std::uintptr_t address, VectorClock& happened) const {
        const auto found = released_.find(address);
        if (found != released_.end()) happened.join(found->second);
    }

private:
    std::map<std::uintptr_t, VectorClock> released_;
};

[[nodiscard]] inline Annotations& annotations() {
    static Annotations& instance = *new Annotations;
    return instance;
}

}  // namespace revenant::model::native
