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
    [[nodiscard]] bool has(std::uintptr_t address) const { return released_.count(address) != 0; }
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

/// A step that comes after all others of this kind on the address that were before, and before those that
/// follow: as of who gives up a reference by a count that this library does not see. On a thread of the
/// program. `words`: for a person.
void happens_in_turn(const volatile void* address, const char* words, std::uintptr_t place);

}  // namespace revenant::model::native
